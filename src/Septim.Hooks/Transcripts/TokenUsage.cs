using System.Diagnostics.CodeAnalysis;

namespace Septim.Hooks.Transcripts;

/// <summary>
/// The counters of one <c>usage</c> object as the line states them. A negative value marks a counter that is there but is no count.
/// </summary>
internal record struct TokenUsage
{
    public const long Invalid = -1;

    public long Input;
    public long Output;
    public long CacheRead;

    /// <summary><c>cache_creation_input_tokens</c>: all writes; zero when missing, then the breakdown counts alone.</summary>
    public long CacheWriteFlat;

    public long CacheWrite5m;
    public long CacheWrite1h;
    public long WebSearches;

    public readonly bool IsValid =>
        (Input | Output | CacheRead | CacheWriteFlat | CacheWrite5m | CacheWrite1h | WebSearches) >= 0;

    /// <summary>The counter that a key names.</summary>
    [UnscopedRef]
    public ref long Counter(JsonKey key)
    {
        switch (key)
        {
            case JsonKey.InputTokens: return ref Input;
            case JsonKey.OutputTokens: return ref Output;
            case JsonKey.CacheReadInputTokens: return ref CacheRead;
            case JsonKey.CacheCreationInputTokens: return ref CacheWriteFlat;
            case JsonKey.Ephemeral5mInputTokens: return ref CacheWrite5m;
            case JsonKey.Ephemeral1hInputTokens: return ref CacheWrite1h;
            case JsonKey.WebSearchRequests: return ref WebSearches;
            default: throw new ArgumentOutOfRangeException(nameof(key));
        }
    }

    /// <summary>Field by field the larger value.</summary>
    public readonly TokenUsage Max(in TokenUsage other) => new()
    {
        Input = Math.Max(Input, other.Input),
        Output = Math.Max(Output, other.Output),
        CacheRead = Math.Max(CacheRead, other.CacheRead),
        CacheWriteFlat = Math.Max(CacheWriteFlat, other.CacheWriteFlat),
        CacheWrite5m = Math.Max(CacheWrite5m, other.CacheWrite5m),
        CacheWrite1h = Math.Max(CacheWrite1h, other.CacheWrite1h),
        WebSearches = Math.Max(WebSearches, other.WebSearches),
    };
}
