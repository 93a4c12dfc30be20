namespace Septim.Hooks.Spend;

/// <summary>Tokens by kind; cache writes already split, a remainder without breakdown counted as a five-minute write.</summary>
internal readonly record struct TokenCounts(long Input, long Output, long CacheRead, long CacheWrite5m, long CacheWrite1h, long WebSearches)
{
    public long Prompt => Input + CacheRead + CacheWrite5m + CacheWrite1h;

    public static TokenCounts operator +(TokenCounts a, TokenCounts b) => new(
        a.Input + b.Input, a.Output + b.Output, a.CacheRead + b.CacheRead,
        a.CacheWrite5m + b.CacheWrite5m, a.CacheWrite1h + b.CacheWrite1h, a.WebSearches + b.WebSearches);

    public static TokenCounts operator -(TokenCounts a, TokenCounts b) => new(
        a.Input - b.Input, a.Output - b.Output, a.CacheRead - b.CacheRead,
        a.CacheWrite5m - b.CacheWrite5m, a.CacheWrite1h - b.CacheWrite1h, a.WebSearches - b.WebSearches);
}
