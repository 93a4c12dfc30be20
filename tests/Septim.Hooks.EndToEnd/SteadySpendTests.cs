using System.Globalization;
using Septim.Hooks.EndToEnd.Support;

namespace Septim.Hooks.EndToEnd;

/// <summary>Steady spend never passes the ceiling as the client totals it; one message dearer than any before passes it by at most that message.</summary>
public sealed class SteadySpendTests
{
    [Theory]
    [InlineData("0.10", 12_000, 400, 0, 0)]
    [InlineData("0.25", 3, 300, 40_000, 5_000)]
    [InlineData("0.75", 5, 1_500, 120_000, 20_000)]
    [InlineData("1.00", 100_000, 1_000, 0, 0)]
    [InlineData("0.21", 100_000, 1_000, 0, 0)]
    [InlineData("0.05", 100, 4_000, 0, 0)]
    public async Task Steady_spend_never_passes_the_ceiling(string ceiling, long input, long output, long cacheRead, long write1h)
    {
        var limit = decimal.Parse(ceiling, CultureInfo.InvariantCulture);
        var each = new TokenUse(input, output, CacheRead: cacheRead, Write1h: write1h);
        using var place = await ClientPlace.Guarded();
        var run = await place.Run(Scenario.Rounds(20, each), new RunOptions().Env("SEPTIM_SESSION_USD", ceiling));

        var one = each.Usd("claude-sonnet-5-5");
        Assert.True(run.TotalCostUsd <= limit, $"{run.TotalCostUsd} of {limit} was spent");
        Assert.True(run.TotalCostUsd > limit - (2 * one) || run.TerminalReason == "completed", $"stopped at {run.TotalCostUsd} of {limit}, far below the ceiling");
    }

    [Fact]
    public async Task Growing_context_never_passes_the_ceiling()
    {
        using var place = await ClientPlace.Guarded();
        var turns = Enumerable.Range(0, 25).Select(i => new Turn(Block.Bash("touch round-{{i}}"))
        {
            Index = i,
            Usage = new TokenUse(4, 600, CacheRead: 20_000 + (i * 6_000), Write1h: 6_000),
        });
        var run = await place.Run(Scenario.Of([.. turns, Turn.Last()]), new RunOptions().Env("SEPTIM_SESSION_USD", "0.50"));

        Assert.Equal("hook_stopped", run.TerminalReason);
        Assert.InRange(run.TotalCostUsd, 0.38m, 0.50m);
    }

    [Fact]
    public async Task Message_ten_times_dearer_passes_the_ceiling_by_at_most_itself()
    {
        var small = new TokenUse(10_000, 100);
        var big = TokenUse.Expensive;
        using var place = await ClientPlace.Guarded();
        Turn Round(int i, TokenUse use) => new(Block.Bash("touch round-{{i}}")) { Index = i, Usage = use };
        var turns = Enumerable.Range(0, 4).Select(i => Round(i, small)).Append(Round(4, big)).Concat(Enumerable.Range(5, 5).Select(i => Round(i, small)));
        var run = await place.Run(Scenario.Of([.. turns, Turn.Last(small)]), new RunOptions().Env("SEPTIM_SESSION_USD", "0.15"));

        Assert.Equal("hook_stopped", run.TerminalReason);
        Assert.True(run.TotalCostUsd <= 0.15m + big.Usd("claude-sonnet-5-5"), $"{run.TotalCostUsd} was spent");
        Assert.Equal(5, run.Calls.Count);
    }
}
