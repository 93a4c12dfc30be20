using Septim.Hooks.EndToEnd.Support;

namespace Septim.Hooks.EndToEnd;

/// <summary>Sessions that go on later, are copied, or compacted: each response counts once, and what leaves no line counts too.</summary>
public sealed class SessionLifeTests
{
    [Fact]
    public async Task Resumed_session_goes_on_with_what_it_spent_before()
    {
        using var place = await ClientPlace.Guarded();
        var options = new RunOptions().Env("SEPTIM_SESSION_USD", "1.00");
        var first = await place.Run(Scenario.Rounds(1, TokenUse.Expensive), options);
        var second = await place.Run(Scenario.Rounds(8, TokenUse.Expensive), options.Resume(first.SessionId));

        Assert.Equal("completed", first.TerminalReason);
        Assert.Equal("hook_stopped", second.TerminalReason);
        Assert.Equal(first.SessionId, second.SessionId);
        Assert.Equal(0.84m, first.ApiUsd + second.ApiUsd);
        Assert.Equal(0.84m, second.TotalCostUsd);
    }

    /// <summary>The client puts a newline behind what a crash or a full disk left, before it goes on: nothing that follows is lost.</summary>
    [Fact]
    public async Task Line_that_a_crash_left_unfinished_costs_a_resumed_session_nothing()
    {
        const string half = """{"type":"assistant","message":{"id":"msg_cut","model":"claude-sonnet-5-5","usage":{"input_tokens":9""";
        using var place = await ClientPlace.Guarded();
        var options = new RunOptions().Env("SEPTIM_SESSION_USD", "1.00");
        var first = await place.Run(Scenario.Rounds(1, TokenUse.Expensive), options);
        var transcript = place.TranscriptPath(Assert.Single(place.Transcripts));
        File.AppendAllText(transcript, half);
        var second = await place.Run(Scenario.Rounds(1, TokenUse.Expensive), options.Resume(first.SessionId));

        Assert.Equal("completed", second.TerminalReason);
        Assert.Contains(half + "\n", File.ReadAllText(transcript), StringComparison.Ordinal);
        Assert.Equal(0.84m, first.ApiUsd + second.ApiUsd);
        Assert.Equal(0.84m, await CostCommand.TotalUsd(place, "--session", first.SessionId));
    }

    [Fact]
    public async Task Lines_copied_by_a_fork_count_once()
    {
        using var place = await ClientPlace.Guarded();
        var options = new RunOptions().Env("SEPTIM_DAY_USD", "1.20");
        var first = await place.Run(Scenario.Rounds(1, TokenUse.Expensive), options);
        var fork = await place.Run(Scenario.Rounds(1, TokenUse.Expensive), options.Resume(first.SessionId, fork: true));

        Assert.NotEqual(first.SessionId, fork.SessionId);
        Assert.Equal("completed", fork.TerminalReason);
        Assert.Equal(0.84m, first.ApiUsd + fork.ApiUsd);
        Assert.Equal(0.84m, await CostCommand.TotalUsd(place, "--day"));
        Assert.Equal(0.84m, await CostCommand.TotalUsd(place, "--session", fork.SessionId));
        Assert.Equal(0.42m, await CostCommand.TotalUsd(place, "--session", first.SessionId));
    }

    [Fact]
    public async Task Compaction_that_leaves_no_line_counts_from_the_clients_own_books()
    {
        using var place = await ClientPlace.Guarded();
        var options = new RunOptions().Env("SEPTIM_SESSION_USD", "1.00");
        var first = await place.Run(Scenario.Rounds(1, TokenUse.Expensive), options);
        var compact = await place.Run(
            Scenario.Rounds(1, TokenUse.Expensive) with { Compaction = TokenUse.Expensive },
            options.Resume(first.SessionId) with { Prompt = "/compact" });

        Assert.Contains(compact.Calls, call => call.Kind == "compact");
        Assert.Equal(0.63m, compact.TotalCostUsd);
        Assert.Equal(0.63m, await CostCommand.TotalUsd(place, "--session", compact.SessionId));

        var third = await place.Run(Scenario.Rounds(8, TokenUse.Expensive), options.Resume(first.SessionId));
        Assert.Equal("hook_stopped", third.TerminalReason);
        Assert.True(third.TotalCostUsd <= 1.00m, $"{third.TotalCostUsd} was spent");
    }
}
