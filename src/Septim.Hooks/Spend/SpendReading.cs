namespace Septim.Hooks.Spend;

/// <summary>
/// The exact spend of a scope, a pure function of the transcript bytes read and the price table: with or without state, the same.
/// A lower bound of the bill, because compaction, titles and permission checks leave no line.
/// </summary>
internal sealed record SpendReading
{
    private List<FileReading>? _files;

    /// <summary><see cref="LinesTotal"/> plus what the client's own cost records prove beyond it.</summary>
    public Usd Total { get; init; }

    /// <summary>The sum over responses, each counted once.</summary>
    public Usd LinesTotal { get; init; }

    /// <summary>What the client's own cost records prove beyond the lines.</summary>
    public Usd Beyond => Total - LinesTotal;

    /// <summary>Last cost-state figure of each session plus what follows it; equals <see cref="Total"/> where it is above the lines, else zero.</summary>
    public Usd CostStateFloor { get; init; }

    public TokenCounts Tokens { get; init; }

    public List<ModelReading> Models { get; init; } = [];

    /// <summary>Model ids that the table does not hold, priced at the dearest row. Each once, as the transcript says them.</summary>
    public List<string> UnknownModels { get; init; } = [];

    /// <summary>Kinds of <c>usage.iterations[]</c> that are not known; they were added as extra.</summary>
    public List<string> UnknownIterations { get; init; } = [];

    public DateTimeOffset? FirstTimestamp { get; init; }

    public DateTimeOffset? LastTimestamp { get; init; }

    /// <summary>Distinct responses over all files.</summary>
    public long Responses { get; init; }

    /// <summary>Tool calls asked for by the model, each <c>tool_use</c> id once over all files.</summary>
    public long ToolCalls { get; init; }

    /// <summary>Lines that looked as if they held usage and could not be read as JSON.</summary>
    public long GarbageLines { get; init; }

    /// <summary>Bytes read from transcripts by this call.</summary>
    public long BytesRead { get; init; }

    /// <summary>True when the (first) main transcript of a session does not exist. The gate decides what that means.</summary>
    public bool MainMissing { get; init; }

    /// <summary>The first is the main transcript of a session scope, when it exists; then by path.</summary>
    public List<FileReading> Files
    {
        get => _files ??= FilesLater("");
        init => _files = value;
    }

    /// <summary>Those in folders whose path starts so. A day's ceiling asks for the few files of another session, seldom for its thousand.</summary>
    public List<FileReading> FilesBelow(string folder) =>
        _files is { } known ? known.FindAll(file => Path.GetDirectoryName(file.Path.AsSpan()).StartsWith(folder, StringComparison.Ordinal)) : FilesLater(folder);

    /// <summary>Is this call, as <see cref="Transcripts.TranscriptLineReader.Hash"/> says it, anywhere on disk? Of a session or run alone.</summary>
    public Func<UInt128, bool> HoldsToolUse { get; init; } = _ => false;

    /// <summary>Makes <see cref="FilesBelow"/> and, of the empty text, <see cref="Files"/>.</summary>
    public Func<string, List<FileReading>> FilesLater { private get; init; } = _ => [];

    /// <summary>Ten-minute buckets: index (minutes since 1970 / 10) to cost, ascending. <see cref="long.MaxValue"/> holds what has no time.</summary>
    public List<KeyValuePair<long, Usd>> Buckets { get; init; } = [];

    /// <summary>
    /// Spend of the 24 hours before <paramref name="now"/>. A bucket counts as soon as any part of it lies in the window; what is
    /// stamped in the future, or not at all, counts as inside.
    /// </summary>
    public Usd WindowTotal(DateTimeOffset now)
    {
        var firstBucket = (now.ToUnixTimeSeconds() - 86_400) / 600;
        var total = Usd.Zero;
        foreach (var (bucket, cost) in Buckets)
        {
            if (bucket >= firstBucket) total += cost;
        }
        return total;
    }
}
