using System.Globalization;
using System.Text.Json.Nodes;
using Septim.Hooks.EndToEnd.Support;

namespace Septim.Hooks.EndToEnd;

/// <summary>One session, one ceiling, the real client.</summary>
public sealed class CeilingTests
{
    [Fact]
    public async Task Below_the_ceiling_nothing_changes()
    {
        var scenario = Scenario.Of(
            new Turn(Block.Say("One."), Block.Bash("echo one; touch ran")) { Usage = new TokenUse(1000, 50) },
            new Turn(Block.Bash("echo two; false")) { Usage = new TokenUse(1000, 50) },
            Turn.Last(new TokenUse(1200, 20)));
        using var bare = await ClientPlace.Create();
        using var guarded = await ClientPlace.Guarded();
        var without = await bare.Run(scenario);
        var with = await guarded.Run(scenario, new RunOptions().Env("SEPTIM_SESSION_USD", "5"));

        Assert.Equal(without.ExitCode, with.ExitCode);
        Assert.Equal(without.TerminalReason, with.TerminalReason);
        Assert.Equal(without.TotalCostUsd, with.TotalCostUsd);
        Assert.Equal(without.Calls.Count, with.Calls.Count);
        // Why sorted: calls of one message run side by side, and their results come in the order in which they end.
        Assert.Equal(without.ToolResults.Select(result => (result.IsError, result.Text)).Order(), with.ToolResults.Select(result => (result.IsError, result.Text)).Order());
        Assert.Equal(without.ProjectFiles, with.ProjectFiles);
        Assert.Empty(with.Warnings);
        Assert.DoesNotContain("cost-gate", with.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ordinary_work_with_files_is_left_alone()
    {
        using var place = await ClientPlace.Guarded();
        var file = Path.Combine(place.Project, "notes.txt");
        var run = await place.Run(Scenario.Of(
            new Turn(Block.Call("Write", new JsonObject { ["file_path"] = file, ["content"] = "one\ntwo\n" })),
            new Turn(Block.Call("Read", new JsonObject { ["file_path"] = file })),
            new Turn(Block.Call("Edit", new JsonObject { ["file_path"] = file, ["old_string"] = "two", ["new_string"] = "three" })),
            new Turn(Block.Bash("mkdir -p src && cp notes.txt src/ && git init -q . && git status --short && grep -rn three src | sort")),
            Turn.Last()));

        Assert.Equal("completed", run.TerminalReason);
        Assert.Equal(0, run.ToolsBlocked);
        Assert.Equal(4, run.ToolsRun);
        Assert.Equal("one\nthree\n", await File.ReadAllTextAsync(Path.Combine(place.Project, "src", "notes.txt"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Above_the_ceiling_the_session_ends_and_the_tool_does_not_run()
    {
        using var place = await ClientPlace.Guarded();
        var run = await place.Run(Scenario.Rounds(8, TokenUse.Expensive), new RunOptions().Env("SEPTIM_SESSION_USD", "1.00"));

        Assert.Equal("hook_stopped", run.TerminalReason);
        Assert.Equal(0.84m, run.TotalCostUsd);
        Assert.Equal(4, run.Calls.Count);
        Assert.Equal(["round-0", "round-1", "round-2"], run.ProjectFiles);
        Assert.Contains("cost-gate: the session ceiling of $1.00", run.Said, StringComparison.Ordinal);
        Assert.Contains("septim budget raise", run.Said, StringComparison.Ordinal);
        Assert.Empty(run.Warnings);
    }

    [Theory]
    [InlineData("default", "--allowedTools", "Bash")]
    [InlineData("dontAsk", "--allowedTools", "Bash")]
    public async Task Ceiling_holds_in_other_permission_modes(string mode, params string[] more)
    {
        using var place = await ClientPlace.Guarded();
        var options = new RunOptions { Mode = mode, More = more }.Env("SEPTIM_SESSION_USD", "0.50");
        var run = await place.Run(Scenario.Rounds(4, TokenUse.Expensive), options);

        Assert.Equal("hook_stopped", run.TerminalReason);
        Assert.Equal(0.42m, run.TotalCostUsd);
        Assert.Equal(["round-0"], run.ProjectFiles);
    }

    [Fact]
    public async Task None_of_the_parallel_calls_of_a_message_runs_above_the_ceiling()
    {
        using var place = await ClientPlace.Guarded();
        var three = new Turn(Block.Bash("echo a"), Block.Bash("touch ran-{{i}}"), Block.Bash("echo b")) { Usage = TokenUse.Expensive };
        var run = await place.Run(Scenario.Of([.. three.Times(6), Turn.Last()]), new RunOptions().Env("SEPTIM_SESSION_USD", "0.50"));

        Assert.Equal("hook_stopped", run.TerminalReason);
        Assert.Equal(0.42m, run.TotalCostUsd);
        Assert.Equal(["ran-0"], run.ProjectFiles);
    }

    [Fact]
    public async Task Deny_instead_of_stop_keeps_the_session_alive_and_the_tools_from_running()
    {
        using var place = await ClientPlace.Guarded();
        var run = await place.Run(
            Scenario.Rounds(4, TokenUse.Expensive),
            new RunOptions().Env("SEPTIM_SESSION_USD", "0.50").Env("SEPTIM_ON_CEILING", "deny"));

        Assert.Equal("completed", run.TerminalReason);
        Assert.Equal(["round-0"], run.ProjectFiles);
        Assert.Equal(3, run.ToolsBlocked);
    }

    [Theory]
    [InlineData("0.30")]
    [InlineData("0.50")]
    public async Task Message_that_ends_long_after_its_call_is_counted_before_the_next_request(string ceiling)
    {
        using var place = await ClientPlace.Guarded();
        var slow = new Turn(Block.Bash("touch ran-{{i}}")) { Usage = TokenUse.Expensive, DelayBeforeEnd = TimeSpan.FromSeconds(1.5) };
        var run = await place.Run(Scenario.Of([.. slow.Times(4), Turn.Last()]), new RunOptions().Env("SEPTIM_SESSION_USD", ceiling));

        Assert.Equal("hook_stopped", run.TerminalReason);
        Assert.True(run.TotalCostUsd <= decimal.Parse(ceiling, CultureInfo.InvariantCulture), $"{run.TotalCostUsd} was spent");
    }

    [Fact]
    public async Task First_message_above_the_ceiling_does_not_get_its_tool()
    {
        using var place = await ClientPlace.Guarded();
        var run = await place.Run(Scenario.Rounds(3, TokenUse.Expensive), new RunOptions().Env("SEPTIM_SESSION_USD", "0.10"));

        Assert.Equal("hook_stopped", run.TerminalReason);
        Assert.Single(run.Calls);
        Assert.Empty(run.ProjectFiles);
    }

    [Fact]
    public async Task Prompt_of_a_session_at_its_ceiling_is_refused_without_a_request()
    {
        using var place = await ClientPlace.Guarded();
        var first = await place.Run(Scenario.Rounds(1, TokenUse.Expensive), new RunOptions().Env("SEPTIM_SESSION_USD", "5"));
        Assert.Equal(0.42m, first.TotalCostUsd);

        var second = await place.Run(
            Scenario.Rounds(1, TokenUse.Expensive),
            new RunOptions().Resume(first.SessionId).Env("SEPTIM_SESSION_USD", "0.40"));

        Assert.Empty(second.Calls);
        Assert.Equal(0, second.ExitCode);
        Assert.Contains("session ceiling of $0.40 is reached", second.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_that_leaves_no_transcript_is_ended_at_its_first_call()
    {
        using var place = await ClientPlace.Guarded();
        var run = await place.Run(
            Scenario.Rounds(3, TokenUse.Expensive),
            new RunOptions { More = ["--no-session-persistence"] }.Env("SEPTIM_SESSION_USD", "5"));

        Assert.Equal("hook_stopped", run.TerminalReason);
        Assert.Single(run.Calls);
        Assert.Empty(run.ProjectFiles);
        Assert.Contains("--no-session-persistence", run.Said, StringComparison.Ordinal);
    }

    /// <summary>As on a full disk: the client goes on, and what it cannot write it never writes.</summary>
    [Fact]
    public async Task Session_whose_transcript_can_no_longer_be_written_stays_under_its_ceiling()
    {
        using var place = await ClientPlace.Guarded();
        var (asked, locked) = (Path.Combine(place.Project, "asked"), Path.Combine(place.Project, "locked"));
        var wait = new Turn(Block.Bash("touch asked; until [ -e locked ]; do sleep 0.1; done")) { Usage = TokenUse.Expensive };
        var options = new RunOptions
        {
            // Why not by a command of the session: config-gate refuses what changes the rights of its transcripts.
            WhileRunning = _ => Task.Run(async () =>
            {
                while (!File.Exists(asked)) await Task.Delay(50);
                foreach (var file in place.Transcripts) File.SetAttributes(place.TranscriptPath(file), FileAttributes.ReadOnly);
                await File.WriteAllTextAsync(locked, "");
            }),
        };
        var run = await place.Run(
            Scenario.Of([wait, .. new Turn(Block.Bash("touch round-{{i}}")) { Usage = TokenUse.Expensive }.Times(8), Turn.Last(TokenUse.Expensive)]),
            options.Env("SEPTIM_SESSION_USD", "1.00"));

        Assert.Equal("hook_stopped", run.TerminalReason);
        Assert.Equal(0.84m, run.ApiUsd);
        Assert.Contains("messages that the client did not write to its transcript", run.Said, StringComparison.Ordinal);
    }

    /// <summary>The client asks again, and its own figure holds what broke off; no line of the transcript does.</summary>
    [Fact]
    public async Task Responses_that_break_off_and_are_asked_for_again_stay_under_the_ceiling()
    {
        using var place = await ClientPlace.Guarded();
        var run = await place.Run(
            Scenario.Of(new Turn(Block.Bash("touch round-{{i}}")) { Usage = TokenUse.Expensive, BreaksOff = 2 }.Times(8)),
            new RunOptions().Env("SEPTIM_SESSION_USD", "2.00"));

        Assert.Equal("hook_stopped", run.TerminalReason);
        Assert.Equal(9, run.Calls.Count);
        Assert.InRange(run.TotalCostUsd, 1.80m, 2.00m);
    }

    /// <summary>The client's tool for searches asks the model itself, and nothing of that stands in the transcript.</summary>
    [Fact]
    public async Task Web_searches_that_leave_no_line_stay_under_the_ceiling()
    {
        using var place = await ClientPlace.Guarded();
        var run = await place.Run(
            Scenario.Of(new Turn(Block.Call("WebSearch", new JsonObject { ["query"] = "release notes {{i}}" })).Times(20)) with { Aside = new TokenUse(12_000, 1_200, WebSearches: 1) },
            new RunOptions().Env("SEPTIM_SESSION_USD", "0.50"));

        Assert.Equal("hook_stopped", run.TerminalReason);
        Assert.Equal(run.ApiUsd, run.TotalCostUsd);
        Assert.InRange(run.TotalCostUsd, 0.30m, 0.50m);
        Assert.Equal(run.TotalCostUsd, await CostCommand.TotalUsd(place, "--session", run.SessionId));
    }

    [Fact]
    public async Task Ceiling_that_is_not_a_number_lets_nothing_through()
    {
        using var place = await ClientPlace.Guarded();
        var run = await place.Run(Scenario.Rounds(1, TokenUse.Little), new RunOptions().Env("SEPTIM_SESSION_USD", "five"));

        Assert.Empty(run.Calls);
        Assert.Contains("SEPTIM_SESSION_USD", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_in_the_project_cannot_raise_the_ceiling()
    {
        using var place = await ClientPlace.Guarded();
        ClientPlace.WriteFile(Path.Combine(place.Project, ".septim", "septim.json"), """{"ceilings":{"sessionUsd":1000}}""");
        ClientPlace.WriteFile(Path.Combine(place.Home, ".claude", "septim", "septim.json"), """{"ceilings":{"sessionUsd":0.5}}""");
        var run = await place.Run(Scenario.Rounds(4, TokenUse.Expensive));

        Assert.True(run.TotalCostUsd <= 0.50m, $"{run.TotalCostUsd} was spent");
    }
}
