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

    private static RunOptions Through(ClientPlace place, params string[] ceilings) => new() { Through = [place.Septim, "run", .. ceilings, "--"] };
}
