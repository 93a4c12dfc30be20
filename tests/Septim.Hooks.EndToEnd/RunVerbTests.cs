using System.Text.Json.Nodes;
using Septim.Hooks.EndToEnd.Support;

namespace Septim.Hooks.EndToEnd;

/// <summary><c>septim run</c> with the real client: nothing is wired but by it.</summary>
public sealed class RunVerbTests
{
    private static readonly TokenUse Dear = new(1000, 2000);

    [Fact]
    public async Task Below_the_ceiling_the_client_runs_as_ever()
    {
        using var place = await ClientPlace.WithSeptim();
        var run = await place.Run(Scenario.Rounds(2, Dear), Through(place, "--session", "5"));
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("completed", run.TerminalReason);
        Assert.Contains("septim run: spent at least $0.0", run.Process.Stderr, StringComparison.Ordinal);
        Assert.Contains(" in 1 session (run-", run.Process.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_the_ceiling_the_exit_code_says_so()
    {
        using var place = await ClientPlace.WithSeptim();
        var run = await place.Run(Scenario.Rounds(12, Dear), Through(place, "--session", "0.10"));
        Assert.Equal(90, run.ExitCode);
        Assert.Equal("hook_stopped", run.TerminalReason);
        Assert.True(run.TotalCostUsd <= 0.10m, run.ToString());
        Assert.Contains("septim run: ended by cost-gate: ", run.Process.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Project_files_cannot_switch_it_off()
    {
        using var place = await ClientPlace.WithSeptim();
        var off = new JsonObject { ["disableAllHooks"] = true };
        place.WriteSettings(off);
        ClientPlace.WriteFile(Path.Combine(place.Project, ".claude", "settings.local.json"), off.ToJsonString());
        var run = await place.Run(Scenario.Rounds(12, Dear), Through(place, "--session", "0.10"));
        Assert.Equal(90, run.ExitCode);
    }

    [Fact]
    public async Task Settings_of_the_person_are_kept_beside_ours()
    {
        using var place = await ClientPlace.WithSeptim();
        var mine = Path.Combine(place.Home, "mine.json");
        ClientPlace.WriteFile(mine, Wiring.On("PreToolUse", Wiring.Deny("not today"), "Bash").ToJsonString());
        var run = await place.Run(Scenario.Rounds(2, Dear), Through(place, "--session", "5") with { More = ["--settings", mine] });
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("not today", run.ToolResults.First().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_runs_with_one_id_share_the_ceiling_of_the_run()
    {
        using var place = await ClientPlace.WithSeptim();
        var options = Through(place, "--run", "0.20", "--run-id", "nightly");
        var first = await place.Run(Scenario.Rounds(4, Dear), options);
        Assert.Equal(0, first.ExitCode);
        var second = await place.Run(Scenario.Rounds(12, Dear), options);
        Assert.Equal(90, second.ExitCode);
        Assert.True(first.TotalCostUsd + second.TotalCostUsd <= 0.20m, $"{first}; {second}");
    }

    [Fact]
    public async Task A_termination_reaches_the_client()
    {
        using var place = await ClientPlace.WithSeptim();
        var run = await place.Run(
            Scenario.Of(new Turn(Block.Bash("tail -f /etc/hostname")) { Usage = Dear }, Turn.Last(Dear)),
            Through(place, "--session", "5") with
            {
                WhileRunning = id => _ = Task.Delay(TimeSpan.FromSeconds(5)).ContinueWith(_ => Posix.Kill(id, Posix.SigTerm), TaskScheduler.Default),
                Timeout = TimeSpan.FromSeconds(25),
            });
        Assert.False(run.Process.TimedOut);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("septim run: spent at least", run.Process.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loop_and_what_cannot_be_judged_have_codes_of_their_own()
    {
        using var place = await ClientPlace.WithSeptim();
        var loop = new Turn(Block.Bash("echo try >> tries; false")) { DelayBefore = TimeSpan.FromMilliseconds(300), Usage = Dear };
        var looped = await place.Run(Scenario.Of([.. loop.Times(30), Turn.Last(Dear)]), Through(place));
        Assert.Equal(91, looped.ExitCode);
        Assert.Contains("septim run: ended by loop-gate: ", looped.Process.Stderr, StringComparison.Ordinal);

        ClientPlace.WriteFile(Path.Combine(place.Project, ".septim", "septim.json"), "{ not json");
        var broken = await place.Run(Scenario.Rounds(2, Dear), Through(place));
        Assert.Equal(94, broken.ExitCode);
        Assert.Empty(broken.Calls);
        Assert.Contains("could not judge: ", broken.Process.Stderr, StringComparison.Ordinal);
    }

    /// <summary>The notes that hooks leave, left by a stand-in for the client, which ends with 0 as the client does, or fails by itself.</summary>
    [Theory]
    [InlineData("stop-1", "cost-gate", 0, 90)]
    [InlineData("stop-1", "loop-gate", 0, 91)]
    [InlineData("stop-1", "subagent-gate", 0, 92)]
    [InlineData("stop-1", "bash-gate", 0, 93)]
    [InlineData("stop-1", "cost-gate", 143, 90)]
    [InlineData("fault-1", "hook", 0, 94)]
    [InlineData("fault-1", "hook", 7, 7)]
    [InlineData("session-1", "/nowhere/x.jsonl", 0, 0)]
    [InlineData("session-1", "/nowhere/x.jsonl", 7, 7)]
    public async Task Every_ending_has_its_code(string note, string subject, int clientCode, int code)
    {
        if (OperatingSystem.IsWindows()) return;
        using var place = await ClientPlace.WithSeptim();
        var run = await place.RunSeptim("run", "--", StandIn(place, $"printf '%s\\nwhy' {subject} >\"$SEPTIM_RUN_NOTES/{note}\"; exit {clientCode}"));
        Assert.True(run.ExitCode == code, run.All);
    }

    [Fact]
    public async Task A_client_that_is_not_there_is_127()
    {
        using var place = await ClientPlace.WithSeptim();
        var run = await place.RunSeptim("run", "--", "/nowhere/claude", "-p", "x");
        Assert.Equal((127, ""), (run.ExitCode, run.Stdout));
        Assert.Contains("/nowhere/claude cannot be started", run.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Streams_go_through_untouched()
    {
        if (OperatingSystem.IsWindows()) return;
        using var place = await ClientPlace.WithSeptim();
        var client = StandIn(place, "cat; printf 'no end of line' ; printf 'own error\\n' >&2; exit 3");
        const string Said = "{\"a\":1}\r\n\u00e4 \u4e2d\0end\n\n";
        var run = await ChildProcess.Run(place.Septim, ["run", "--drain", "0", "--", client, "-p", "x"], place.Project, new Dictionary<string, string> { ["HOME"] = place.Home, ["PATH"] = "/usr/bin:/bin" }, stdin: Said);
        Assert.Equal((3, Said + "no end of line"), (run.ExitCode, run.Stdout));
        Assert.StartsWith("own error\nseptim run: no session started (", run.Stderr, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT", 2)]
    [InlineData("TERM", 15)]
    [InlineData("HUP", 1)]
    [InlineData("QUIT", 3)]
    public async Task A_signal_reaches_the_client_which_decides_what_it_means(string name, int number)
    {
        if (OperatingSystem.IsWindows()) return;
        using var place = await ClientPlace.WithSeptim();
        var ready = Path.Combine(place.Project, "ready");
        var client = StandIn(place, $"trap 'echo got {name}; exit 5' {name}; touch {ready}; i=0; while [ $i -lt 200 ]; do sleep 0.1; i=$((i+1)); done");
        // Why env: whoever runs these tests under nohup ignores a hang-up, and so would all that they start.
        var run = await ChildProcess.Run(
            "/usr/bin/env", [.. OperatingSystem.IsLinux() ? (string[])["--default-signal=" + name] : [], place.Septim, "run", "--", client], place.Project, new Dictionary<string, string> { ["HOME"] = place.Home, ["PATH"] = "/usr/bin:/bin" },
            whileRunning: id => _ = Task.Run(async () =>
            {
                while (!File.Exists(ready)) await Task.Delay(50);
                _ = Posix.Kill(id, number);
            }));
        Assert.Equal((5, $"got {name}\n"), (run.ExitCode, run.Stdout));
        Assert.Contains("septim run: no session started (", run.Stderr, StringComparison.Ordinal);
    }

    /// <summary>Hooks that are told to leave delivery to others leave it to the run, which drains the spool before it ends.</summary>
    [Theory]
    [InlineData("10s", true)]
    [InlineData("0", false)]
    public async Task The_log_is_delivered_before_it_ends(string drain, bool delivered)
    {
        using var place = await ClientPlace.WithSeptim();
        var run = await place.Run(Scenario.Rounds(2, Dear), Through(place, "--drain", drain));
        Assert.Equal(0, run.ExitCode);
        var log = Path.Combine(place.Home, ".local", "state", "septim", "log");
        Assert.Equal(delivered, Directory.Exists(log) && Directory.GetFiles(log).SelectMany(File.ReadAllLines).Any(line => line.Contains("\"event\":\"session_end\"", StringComparison.Ordinal)));
    }

    /// <summary>A program that is started in the client's place and does what a shell script says.</summary>
    private static string StandIn(ClientPlace place, string script)
    {
        var path = Path.Combine(place.Home, "client");
        ClientPlace.WriteFile(path, "#!/bin/bash\n" + script + "\n");
        Posix.MakeExecutable(path);
        return path;
    }

    private static RunOptions Through(ClientPlace place, params string[] ceilings) => new() { Through = [place.Septim, "run", .. ceilings, "--"] };
}
