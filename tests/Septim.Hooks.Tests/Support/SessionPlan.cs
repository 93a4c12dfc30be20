namespace Septim.Hooks.Tests.Support;

/// <summary>What to generate. The same plan gives the same bytes.</summary>
internal sealed record SessionPlan(long Bytes)
{
    public int Seed { get; init; } = 1;

    /// <summary>Folder below <c>projects/</c>.</summary>
    public string Project { get; init; } = "-srv-dev-project";

    /// <summary>Share of the bytes in subagent files, in percent.</summary>
    public int SubagentPercent { get; init; } = 15;

    public int Subagents { get; init; } = 3;

    public DateTimeOffset Start { get; init; } = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);
}
