namespace Septim.Hooks.EndToEnd.Support;

/// <summary>One answer of the scripted model: its blocks, what it used, and how it arrives.</summary>
internal sealed record Turn(params Block[] Blocks)
{
    public TokenUse Usage { get; init; } = TokenUse.Little;

    /// <summary>The model named in the answer; null repeats the request's.</summary>
    public string? Model { get; init; }

    /// <summary>Before the first byte of the answer.</summary>
    public TimeSpan DelayBefore { get; init; }

    /// <summary>After each block.</summary>
    public TimeSpan DelayAfterBlock { get; init; }

    /// <summary>Between the last block and the end of the message, where the usage is.</summary>
    public TimeSpan DelayBeforeEnd { get; init; }

    /// <summary>The connection breaks before the usage is sent.</summary>
    public bool CutStream { get; init; }

    /// <summary>So many times the connection breaks behind the answer's first event; then it comes whole.</summary>
    public int BreaksOff { get; init; }

    /// <summary>Answer with this HTTP status instead of a message.</summary>
    public int? HttpError { get; init; }

    /// <summary>Index in a repetition; replaces <c>{{i}}</c>.</summary>
    public int Index { get; init; }

    public static Turn Last(TokenUse? usage = null) => new(Block.Say("Finished.")) { Usage = usage ?? TokenUse.Little };

    public IEnumerable<Turn> Times(int count) => Enumerable.Range(0, count).Select(i => this with { Index = i });
}
