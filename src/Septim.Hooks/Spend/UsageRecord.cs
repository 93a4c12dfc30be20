using System.Runtime.InteropServices;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>
/// Everything that is remembered about one message id, so that a later copy of it adds exactly the difference. Merging is commutative and
/// associative: totals do not depend on the order in which files are read.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 8, Size = Bytes)]
internal struct UsageRecord
{
    public const int Bytes = 112;
    public const ushort NoModel = ushort.MaxValue;

    /// <summary>No line of the response states a time.</summary>
    public const long NoTime = long.MaxValue;

    public ulong KeyHigh;
    public ulong KeyLow;
    public TokenUsage Usage;

    /// <summary>Unix milliseconds, the earliest over the lines.</summary>
    public long Time;

    /// <summary>Largest input + output + cache read + flat write of one line: that line's model and factors count.</summary>
    public long WinnerSum;

    /// <summary>Index of the file that held it first.</summary>
    public int Owner;

    /// <summary>Index into the list of charges when a full reading collects them.</summary>
    public int Ordinal;

    public ushort Model;
    public ushort RequestedModel;
    public UsageContext Context;
    public RecordKind Kind;

    /// <summary>More than one file holds it; each has a <see cref="RecordKind.FileCopy"/>.</summary>
    public byte Shared;

    private byte _unused;
    private uint _check;

    public readonly UInt128 Key => new(KeyHigh, KeyLow);

    public readonly bool SameContentAs(in UsageRecord other) =>
        Usage == other.Usage && Time == other.Time && WinnerSum == other.WinnerSum && Model == other.Model
        && RequestedModel == other.RequestedModel && Context == other.Context;

    public readonly TokenCounts Tokens()
    {
        var remainder = Math.Max(0, Usage.CacheWriteFlat - Usage.CacheWrite5m - Usage.CacheWrite1h);
        return new TokenCounts(Usage.Input, Usage.Output, Usage.CacheRead, Usage.CacheWrite5m + remainder, Usage.CacheWrite1h, Usage.WebSearches);
    }

    public void Seal(ulong salt)
    {
        _check = 0;
        _check = Print(salt);
    }

    public readonly bool IsSealed(ulong salt)
    {
        var copy = this;
        copy._check = 0;
        return copy.Print(salt) == _check;
    }

    private readonly uint Print(ulong salt) =>
        unchecked((uint)KeyHash.Print(MemoryMarshal.AsBytes(new ReadOnlySpan<UsageRecord>(in this)), salt));
}
