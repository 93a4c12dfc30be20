namespace Septim.Hooks.EndToEnd.Support;

/// <summary>
/// What the scripted model answers. A script is a list of turns; which script speaks is the last marker found in the
/// text of a user message, which turn is the number of answers already given since. A script that ran out says "done.".
/// </summary>
internal sealed record Scenario
{
    private readonly Dictionary<string, IReadOnlyList<Turn>> _scripts = [];

    public string Model { get; init; } = "claude-sonnet-5-5";

    /// <summary>What a compaction request costs; it leaves no line in the transcript.</summary>
    public TokenUse Compaction { get; init; } = TokenUse.Little;

    /// <summary>A scenario with a main script.</summary>
    public static Scenario Of(params IEnumerable<Turn> turns) => new Scenario().With("main", turns);

    public static string Marker(string script) => $"[[S:{script}]]";

    public Scenario With(string script, params IEnumerable<Turn> turns)
    {
        _scripts[script] = [.. turns];
        return this;
    }

    /// <returns>Null when there is no such script.</returns>
    public Turn? Pick(string script, int turn) =>
        !_scripts.TryGetValue(script, out var turns) ? null : turn < turns.Count ? turns[turn] : new Turn(Block.Say("done."));
}
