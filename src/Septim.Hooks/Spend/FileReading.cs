namespace Septim.Hooks.Spend;

/// <summary>What one transcript file says by itself: each of its responses once, whether or not another file repeats it.</summary>
internal sealed record FileReading
{
    public required string Path { get; init; }

    /// <summary>From the file name <c>agent-&lt;id&gt;.jsonl</c>; null for a main transcript.</summary>
    public string? AgentId { get; init; }

    /// <summary>Sum over the distinct responses of this file.</summary>
    public Usd Total { get; init; }

    /// <summary>
    /// Runs of consecutive counted lines with one message id: grows by one whenever another response starts, never shrinks while the
    /// file only grows, and is the same in every scope.
    /// </summary>
    public long Responses { get; init; }

    /// <summary>Null until the first counted response.</summary>
    public LastResponse? Last { get; init; }

    /// <summary>Costs of the last responses of this file, oldest first, at most eight; the last one is <see cref="Last"/>'s.</summary>
    public Usd[] RecentCosts { get; init; } = [];

    /// <summary>Hashes of the <c>tool_use</c> ids of <see cref="Last"/>; null when the call did not read all of that response, but knew it.</summary>
    public List<UInt128>? LastToolUses { get; init; }

    /// <summary>Bytes in the file after the last line of the last response: what the next prompt adds, in JSON.</summary>
    public long BytesAfterLastResponse { get; init; }

    public long Size { get; init; }
}
