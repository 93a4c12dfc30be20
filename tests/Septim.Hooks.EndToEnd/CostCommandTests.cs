using Septim.Hooks.EndToEnd.Support;

namespace Septim.Hooks.EndToEnd;

/// <summary><c>septim cost</c> says the same as the client wherever the transcript holds all spend.</summary>
public sealed class CostCommandTests
{
    private static readonly TokenUse Mixed = new(1234, 567, CacheRead: 8901, Write5m: 234, Write1h: 567);

    internal static Dictionary<string, Scenario> Scenarios => new()
    {
        ["one answer"] = Scenario.Of(Turn.Last(Mixed)),
        ["several blocks"] = Scenario.Of(
            new Turn(Block.Think("hm"), Block.Say("so"), Block.Bash("echo a")) { Usage = Mixed },
            Turn.Last(Mixed)),
        ["parallel calls"] = Scenario.Of(
            new Turn(Block.Bash("echo a"), Block.Bash("echo b"), Block.Bash("touch c")) { Usage = Mixed },
            Turn.Last(Mixed)),
        ["web searches"] = Scenario.Of(
            new Turn(Block.Bash("echo a")) { Usage = Mixed with { WebSearches = 3 } },
            Turn.Last(Mixed)),
        ["nested agents"] = Scenario.Of(new Turn(Block.Agent("outer")) { Usage = Mixed }, Turn.Last(Mixed))
            .With("outer", new Turn(Block.Agent("inner"), Block.Agent("inner")) { Usage = Mixed }, Turn.Last(Mixed))
            .With("inner", new Turn(Block.Bash("echo deep")) { Usage = Mixed }, Turn.Last(Mixed)),
        ["background agent"] = Scenario.Of(new Turn(Block.Agent("worker", background: true)) { Usage = Mixed }, Turn.Last(Mixed))
            .With("worker", new Turn(Block.Bash("echo behind")) { Usage = Mixed }, Turn.Last(Mixed)),
        ["a dearer model"] = Scenario.Rounds(2, Mixed) with { Model = "claude-opus-5-5" },
        ["an older model"] = Scenario.Rounds(2, Mixed) with { Model = "claude-sonnet-4-5" },
        ["a small model"] = Scenario.Rounds(2, Mixed) with { Model = "claude-haiku-4-5" },
    };

    public static TheoryData<string> Names => [.. Scenarios.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Total_equals_the_clients(string name)
    {
        using var place = await ClientPlace.Guarded();
        var run = await place.Run(Scenarios[name]);

        Assert.Equal("completed", run.TerminalReason);
        Assert.Equal(run.ApiUsd, run.TotalCostUsd);
        Assert.Equal(run.TotalCostUsd, await CostCommand.TotalUsd(place, "--session", run.SessionId));
        Assert.Equal(run.TotalCostUsd, await CostCommand.TotalUsd(place, "--day"));
    }
}
