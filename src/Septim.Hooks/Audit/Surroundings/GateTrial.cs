namespace Septim.Hooks.Audit.Surroundings;

/// <summary>One trial of a gate: what was asked, what should happen, what did.</summary>
internal sealed record GateTrial(string Name, bool ExpectsBlock, bool Blocked)
{
    public bool Right => ExpectsBlock == Blocked;
    public string Shown => $"{Name}: expected {(ExpectsBlock ? "blocked" : "runs")}, {(Blocked ? "blocked" : "runs")}";
}
