using Septim.Hooks.EndToEnd.Support;

namespace Septim.Hooks.EndToEnd;

/// <summary>Subagents spend on their session's account, and may have a ceiling of their own.</summary>
public sealed class AgentTests
{
    private static readonly Turn Round = new Turn(Block.Bash("touch round-{{i}}")) { Usage = TokenUse.Expensive };

    [Fact]
    public async Task Spend_of_nested_agents_counts_in_the_session()
    {
        using var place = await ClientPlace.Guarded();
        var run = await place.Run(
            Scenario.Of(new Turn(Block.Agent("outer")), Turn.Last())
                .With("outer", new Turn(Block.Agent("inner")), Turn.Last())
                .With("inner", [.. Round.Times(8), Turn.Last()]),
            new RunOptions().Env("SEPTIM_SESSION_USD", "1.00"));

        Assert.InRange(run.TotalCostUsd, 0.63m, 1.00m);
        Assert.Equal(run.ApiUsd, run.TotalCostUsd);
        Assert.Equal(["round-0", "round-1", "round-2"], run.ProjectFiles);
    }

    [Fact]
    public async Task Agents_side_by_side_stay_under_the_ceiling_together()
    {
        using var place = await ClientPlace.Guarded();
        var slow = Round with { DelayBefore = TimeSpan.FromMilliseconds(150) };
        var run = await place.Run(
            Scenario.Of(new Turn(Block.Agent("one"), Block.Agent("two"), Block.Agent("three")), Turn.Last())
                .With("one", [.. slow.Times(6), Turn.Last()])
                .With("two", [.. slow.Times(6), Turn.Last()])
                .With("three", [.. slow.Times(6), Turn.Last()]),
            new RunOptions().Env("SEPTIM_SESSION_USD", "2.00"));

        Assert.InRange(run.TotalCostUsd, 0.63m, 2.00m);
    }

    [Fact]
    public async Task Background_agent_is_stopped_at_the_ceiling()
    {
        using var place = await ClientPlace.Guarded();
        var run = await place.Run(
            Scenario.Of(new Turn(Block.Agent("worker", background: true)), Turn.Last())
                .With("worker", [.. Round.Times(8), Turn.Last()]),
            new RunOptions().Env("SEPTIM_SESSION_USD", "1.00"));

        Assert.InRange(run.ApiUsd, 0.63m, 1.00m);
        Assert.True(run.ProjectFiles.Count < 8, "the agent went on to its end");
    }

    [Fact]
    public async Task Ceiling_of_a_subagent_ends_that_agent_alone()
    {
        using var place = await ClientPlace.Guarded();
        var run = await place.Run(
            Scenario.Of(
                    new Turn(Block.Agent("spender")) { Usage = TokenUse.Expensive },
                    new Turn(Block.Bash("touch main-goes-on")) { Usage = TokenUse.Expensive },
                    new Turn(Block.Agent("modest")) { Usage = TokenUse.Expensive },
                    Turn.Last(TokenUse.Expensive))
                .With("spender", [.. Round.Times(8), Turn.Last()])
                .With("modest", new Turn(Block.Bash("touch modest-goes-on")), Turn.Last()),
            new RunOptions().Env("SEPTIM_SUBAGENT_USD", "0.50").Env("SEPTIM_SESSION_USD", "10"));

        Assert.Equal("completed", run.TerminalReason);
        Assert.Equal(["main-goes-on", "modest-goes-on", "round-0"], run.ProjectFiles);
        Assert.Equal(0.42m, run.Calls.Where(call => call.Script == "spender").Sum(call => call.Usd));
        Assert.Equal(4, run.Calls.Count(call => call.Script == "main"));
    }
}
