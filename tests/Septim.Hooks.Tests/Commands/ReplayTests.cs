using System.Text.Json;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Commands;

/// <summary>Recorded sessions before today's gates: ordinary work passes, the incidents that the gates are for do not.</summary>
public sealed class ReplayTests : IDisposable
{
    private const string Loops = "loop-gate,subagent-gate,config-gate";

    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    private string Projects => Path.Combine(_run.Home, ".claude", "projects");

    private RecordedWork Work(string session = "s1", int tokens = 20, string project = "-home-dev-project") =>
        new(Path.Combine(Projects, project, session + ".jsonl")) { OutputTokens = tokens };

    private CommandOutcome Replay(params string[] args) => _run.Run("replay", args);

    private List<JsonElement> Findings(params string[] args)
    {
        var outcome = Replay(["--format", "json", .. args]);
        Assert.True(outcome.ExitCode < 2, outcome.Err);
        return [.. JsonDocument.Parse(outcome.Out).RootElement.GetProperty("findings").EnumerateArray()];
    }

    private void AssertNothingIsRefused()
    {
        var outcome = Replay("--gate", Loops, "--all");
        Assert.True(outcome.ExitCode == 0, outcome.Out + outcome.Err);
    }

    [Fact]
    public void Edits_and_the_same_test_in_turn_are_no_loop()
    {
        var work = Work().Prompt("make the tests pass");
        for (var i = 0; i < 120; i++)
        {
            work.Edit("/home/dev/project/a.cs", $"x{i}", $"x{i + 1}").Bash("dotnet test", $"{120 - i} failed", failed: true);
            if (i % 3 == 0) work.Read("/home/dev/project/a.cs", $"x{i + 1}").Bash("git status --short", " M a.cs");
        }
        AssertNothingIsRefused();
    }

    [Fact]
    public void Waiting_for_a_build_is_no_loop()
    {
        var work = Work().Prompt("push, and wait for the build");
        for (var i = 0; i < 50; i++) work.Bash("sleep 5; gh run view 123 --json status", "{\"status\":\"in_progress\"}");
        work.Bash("sleep 5; gh run view 123 --json status", "{\"status\":\"completed\"}");
        for (var i = 0; i < 20; i++) work.Call("BashOutput", """{"bash_id":"bash_1"}""", "");
        AssertNothingIsRefused();
    }

    [Fact]
    public void A_call_that_brings_something_new_each_time_is_no_loop()
    {
        var work = Work().Prompt("read the page to its end");
        string[] words = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu"];
        foreach (var word in words) work.Call("mcp__browser__scroll", """{"direction":"down"}""", $"now shown: {word}");
        foreach (var word in words) work.Call("mcp__browser__scroll", """{"direction":"up"}""").Call("mcp__browser__shot", "{}", word);
        AssertNothingIsRefused();
    }

    [Fact]
    public void A_person_may_ask_for_the_same_again_and_again()
    {
        var work = Work();
        for (var i = 0; i < 20; i++) work.Prompt("run it again").Bash("npm test", "all passed").Say("All passed.");
        AssertNothingIsRefused();
    }

    [Fact]
    public void Retries_that_succeed_in_the_end_are_no_loop()
    {
        var work = Work().Prompt("install");
        for (var round = 0; round < 10; round++)
        {
            for (var i = 0; i < 4; i++) work.Bash("npm ci", "ECONNRESET", failed: true);
            work.Bash("npm ci", "added 12 packages").Bash($"git switch topic-{round}");
        }
        AssertNothingIsRefused();
    }

    [Fact]
    public void Agents_that_do_the_same_side_by_side_are_no_loop()
    {
        var work = Work().Prompt("try it eight times, side by side");
        for (var round = 0; round < 4; round++)
        {
            var ids = work.Ask([.. Enumerable.Repeat(("Agent", """{"description":"try","prompt":"solve it","subagent_type":"general-purpose"}"""), 8)]);
            var end = work.Now;
            for (var i = 0; i < ids.Count; i++)
            {
                var agent = work.Agent($"a{round}{i}", ids[i]);
                for (var step = 0; step < 5; step++) agent.Edit("/home/dev/project/b.cs", $"{i}{step}", "y").Bash("npm test", "1 failed", failed: true);
                agent.Say("done");
                end = agent.Now;
            }
            work.Now = end;
            foreach (var id in ids) work.Answer(id, "done");
        }
        AssertNothingIsRefused();
    }

    [Fact]
    public void Two_thousand_calls_of_a_long_day_pass()
    {
        var work = Work().Prompt("port the module");
        for (var i = 0; i < 400; i++)
        {
            work.Read($"/home/dev/project/f{i % 40}.cs", $"content {i / 40}").Edit($"/home/dev/project/f{i % 40}.cs", $"a{i}", $"b{i}")
                .Bash("dotnet build", "Build succeeded.").Bash("dotnet test", i % 7 == 0 ? "1 failed" : "passed", failed: i % 7 == 0).Bash("git diff --stat", $"{i} files");
            if (i % 100 == 99) work.Bash($"git commit -am 'part {i}'").Prompt("go on");
        }
        AssertNothingIsRefused();
    }

    [Fact]
    public void A_fork_and_a_resumed_session_are_judged_once_and_pass()
    {
        var work = Work().Prompt("start");
        for (var i = 0; i < 4; i++) work.Bash("npm test", "1 failed", failed: true);
        var fork = Path.Combine(Projects, "-home-dev-project", "s2.jsonl");
        File.Copy(Path.Combine(Projects, "-home-dev-project", "s1.jsonl"), fork);
        var resumed = new RecordedWork(fork, start: work.Now + TimeSpan.FromHours(1)).Prompt("go on here");
        for (var i = 0; i < 4; i++) resumed.Bash("npm test", "1 failed", failed: true);
        AssertNothingIsRefused();
        Assert.StartsWith("8 calls in 2 transcripts", Replay().Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Harmless_edits_of_settings_pass()
    {
        Work().Prompt("add a rule").Call("Write", """{"file_path":"/home/dev/project/.claude/settings.json","content":"{\"permissions\":{\"deny\":[\"Read(.env)\"]}}"}""").Bash("cat .claude/settings.json");
        AssertNothingIsRefused();
    }

    [Fact]
    public void A_generated_session_with_agents_passes()
    {
        TranscriptGenerator.Write(Path.Combine(_run.Home, ".claude"), new SessionPlan(3_000_000));
        AssertNothingIsRefused();
        Assert.Matches(@"^\d{2,} calls", Replay("--gate", Loops).Out);
    }

    /// <summary>An extra where the material of the project lies beside it: line shapes of every kind that the client writes.</summary>
    [Theory]
    [InlineData("api-error")]
    [InlineData("blocks")]
    [InlineData("compact")]
    [InlineData("cost-state")]
    [InlineData("fork")]
    [InlineData("parallel")]
    [InlineData("plain")]
    [InlineData("subagent")]
    [InlineData("truncated")]
    [InlineData("workflow")]
    public void Measured_transcripts_pass(string name)
    {
        if (Repository.Shared is not { } shared) return;
        var outcome = Replay("--gate", Loops, Path.Combine(shared, "claude-code", "transcripts", name));
        Assert.True(outcome.ExitCode == 0, outcome.Out + outcome.Err);
    }

    [Fact]
    public void A_terminal_sees_how_far_it_is()
    {
        using var err = new StringWriter();
        var time = new EagerTime();
        var progress = new Septim.Hooks.Commands.Progress(new Septim.Hooks.Commands.CommandIo
        {
            Out = TextWriter.Null,
            Err = err,
            ErrIsTerminal = true,
            Variable = _ => null,
            WorkingDirectory = "/",
            Time = time,
        });
        progress.ReportCount("judging steps", 200, 1000);
        Assert.Equal("", err.ToString());
        time.Advance(TimeSpan.FromSeconds(1));
        progress.ReportCount("judging steps", 250, 1000);
        Assert.Equal("\r[#####...............] judging steps: 250 of 1000\u001b[K", err.ToString());
        progress.Clear();
        Assert.EndsWith("\r\u001b[K", err.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_same_few_failing_calls_three_hundred_times_are_denied_then_stopped(int period)
    {
        var work = Work().Prompt("make it work");
        var ids = work.Ask(("Agent", """{"description":"fix","prompt":"fix it"}"""));
        var agent = work.Agent("a1", ids[0]);
        for (var i = 0; i < 300; i++) agent.Bash($"make step{(char)('a' + i % period)}", $"{DateTimeOffset.UnixEpoch.AddSeconds(i):O} error {i}", failed: true).Aside("Stop hook feedback: go on");
        var findings = Findings("--gate", "loop-gate");
        Assert.All(findings, finding => Assert.Equal("a1", finding.GetProperty("agent").GetString()));
        Assert.Equal("deny", findings[0].GetProperty("verdict").GetString());
        Assert.Equal("stop", findings[^1].GetProperty("verdict").GetString());
        // Why 1 more: the call that starts the agent.
        Assert.Equal(1 + Math.Min(7 * period, 13), findings[0].GetProperty("call").GetInt32());
        Assert.True(findings[^1].GetProperty("call").GetInt32() < 40);
    }

    [Fact]
    public void A_circle_that_succeeds_and_says_the_same_each_time_is_refused()
    {
        var work = Work().Prompt("look");
        for (var i = 0; i < 30; i++) work.Bash("git status", "clean").Bash("git log -1", $"commit, {i} minutes ago");
        Assert.Equal(14, Findings("--gate", "loop-gate")[0].GetProperty("call").GetInt32());
    }

    [Fact]
    public void A_fan_out_of_48_starts_eight()
    {
        var work = Work().Prompt("split it");
        var ids = work.Ask([.. Enumerable.Range(0, 48).Select(i => ("Agent", $$"""{"description":"part {{i}}","prompt":"part {{i}}"}"""))]);
        foreach (var (id, i) in ids.Select((id, i) => (id, i))) work.Agent($"a{i}", id).Bash($"make part{i}").Say("done");
        var findings = Findings("--gate", "subagent-gate");
        Assert.Equal(40, findings.Count);
        Assert.All(findings, finding => Assert.Contains("8 agents are running", finding.GetProperty("reason").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public void An_agent_that_nests_too_deep_is_refused()
    {
        var work = Work().Prompt("split it");
        var id = work.Ask(("Agent", """{"description":"one","prompt":"p"}"""))[0];
        var one = work.Agent("a1", id);
        var two = one.Agent("a2", one.Ask(("Agent", """{"description":"two","prompt":"p"}"""))[0], 2, "a1");
        two.Ask(("Agent", """{"description":"three","prompt":"p"}"""));
        var finding = Assert.Single(Findings("--gate", "subagent-gate"));
        Assert.Contains("depth 3", finding.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("a2", finding.GetProperty("agent").GetString());
    }

    [Fact]
    public void Says_at_which_call_a_ceiling_would_have_ended_the_session()
    {
        // Each response costs 10,000 tokens × 10 $ a million = 0.1004 $; the reserve for the next one is as much again.
        var work = Work(tokens: 10_000).Prompt("go");
        for (var i = 0; i < 40; i++) work.Bash($"make part{i}");
        _run.Variables["SEPTIM_SESSION_USD"] = "2.00";
        var stop = Assert.Single(Findings("--gate", "cost-gate"), finding => finding.GetProperty("verdict").GetString() == "stop");
        Assert.Equal(19, stop.GetProperty("call").GetInt32());
        Assert.Equal(40, stop.GetProperty("of_calls").GetInt32());
        Assert.Equal("session", stop.GetProperty("ceiling").GetProperty("name").GetString());

        var text = Replay("--gate", "cost").Out;
        Assert.Contains("session s1: at call 19 of 40, 2026-11-20T10:00:", text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_run.Home, ".local")));
    }

    [Fact]
    public void A_day_ceiling_counts_sessions_side_by_side_at_the_time_of_then()
    {
        var one = Work("s1", 10_000).Prompt("go");
        var two = Work("s2", 10_000, "-home-dev-other").Prompt("go");
        for (var i = 0; i < 10; i++)
        {
            one.Bash($"make a{i}");
            two.Bash($"make b{i}");
        }
        var later = new RecordedWork(Path.Combine(Projects, "-home-dev-other", "s3.jsonl"), start: one.Now.AddDays(2)) { OutputTokens = 10_000 };
        later.Prompt("go").Bash("make c").Bash("make d");
        _run.Variables["SEPTIM_SESSION_USD"] = "off";
        _run.Variables["SEPTIM_DAY_USD"] = "1.50";
        var stops = Findings("--gate", "cost-gate").Where(finding => finding.GetProperty("verdict").GetString() == "stop").ToList();
        Assert.Equal(["s1", "s2"], stops.Select(stop => stop.GetProperty("session").GetString()).Order());
        Assert.All(stops, stop => Assert.InRange(stop.GetProperty("call").GetInt32(), 5, 8));
    }

    [Fact]
    public void Transcripts_that_lie_elsewhere_are_judged_the_same()
    {
        var work = new RecordedWork(Path.Combine(_run.Root, "backup", "s1.jsonl")) { OutputTokens = 10_000 };
        work.Prompt("go");
        for (var i = 0; i < 40; i++) work.Bash($"make part{i}");
        _run.Variables["SEPTIM_SESSION_USD"] = "off";
        _run.Variables["SEPTIM_DAY_USD"] = "2.00";
        var stop = Assert.Single(Findings("--gate", "cost-gate", Path.Combine(_run.Root, "backup", "s1.jsonl")), finding => finding.GetProperty("verdict").GetString() == "stop");
        Assert.Equal(19, stop.GetProperty("call").GetInt32());
    }

    [Fact]
    public void Tells_each_refusal_as_csv_with_secrets_masked()
    {
        Work().Prompt("go").Bash("git push --force https://x:ghp_0123456789abcdef0123456789abcdef0123@example.org/r \"a, b\"");
        var lines = Replay("--format", "csv", "--gate", "bash-gate").Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("time,session,agent,call,of_calls,gate,rule,verdict,ceiling,used,limit,shown,reason,transcript", lines[0]);
        Assert.StartsWith("2026-11-20T10:00:02.000Z,s1,,1,1,bash-gate,git-force-push,deny,,,,\"git push --force", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("ghp_0123", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_gate_that_is_not_named_right_is_an_error()
    {
        var outcome = Replay("--gate", "bash,costs");
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("--gate names \"costs\"", outcome.Err, StringComparison.Ordinal);
    }

    [Fact]
    public void An_agent_that_nothing_describes_cannot_be_judged_and_that_is_said()
    {
        var work = Work().Prompt("split it");
        var agent = work.Agent("a1", work.Ask(("Agent", """{"description":"one","prompt":"p"}"""))[0]);
        agent.Ask(("Agent", """{"description":"two","prompt":"p"}"""));
        File.Delete(Path.Combine(Projects, "-home-dev-project", "s1", "subagents", "agent-a1.meta.json"));
        var outcome = Replay("--gate", "subagent-gate");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("subagent-gate: 1 not to be judged", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("the agent a1 is not described", outcome.Out, StringComparison.Ordinal);
    }
}
