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

    /// <summary>What a request of a tool's own costs, such as a web search's; it leaves no line, either.</summary>
    public TokenUse Aside { get; init; } = TokenUse.Little;

    /// <summary>A scenario with a main script.</summary>
    public static Scenario Of(params IEnumerable<Turn> turns) => new Scenario().With("main", turns);

    public static string Marker(string script) => $"[[S:{script}]]";

    /// <summary>So many messages of the same price, each with one command that leaves a file <c>round-i</c>, and a last one without.</summary>
    public static Scenario Rounds(int count, TokenUse each) => Of(
        [.. new Turn(Block.Say("round {{i}}"), Block.Bash("touch round-{{i}}")) { Usage = each }.Times(count), Turn.Last(each)]);

    public Scenario With(string script, params IEnumerable<Turn> turns)
    {
        _scripts[script] = [.. turns];
        return this;
    }

    /// <returns>Null when there is no such script.</returns>
    public Turn? Pick(string script, int turn) =>
        !_scripts.TryGetValue(script, out var turns) ? null : turn < turns.Count ? turns[turn] : new Turn(Block.Say("done."));
}
