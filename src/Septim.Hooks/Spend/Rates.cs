namespace Septim.Hooks.Spend;

/// <summary>Pico-dollars a token, by kind.</summary>
internal readonly record struct Rates(long Input, long Output, long CacheWrite5m, long CacheWrite1h, long CacheRead)
{
    /// <summary>Field by field the dearer.</summary>
    public Rates Max(Rates other) => new(
        Math.Max(Input, other.Input), Math.Max(Output, other.Output), Math.Max(CacheWrite5m, other.CacheWrite5m),
        Math.Max(CacheWrite1h, other.CacheWrite1h), Math.Max(CacheRead, other.CacheRead));

    /// <summary>The sum in pico-dollars, exact.</summary>
    public Int128 Cost(in TokenCounts t)
    {
        // Why: below 2³¹ tokens and 2²⁸ pico-dollars a token, five products fit into 63 bits; that is every real response.
        if (((t.Input | t.Output | t.CacheRead | t.CacheWrite5m | t.CacheWrite1h) >> 31) == 0
            && ((Input | Output | CacheRead | CacheWrite5m | CacheWrite1h) >> 28) == 0)
        {
            return unchecked(t.Input * Input + t.Output * Output + t.CacheRead * CacheRead
                + t.CacheWrite5m * CacheWrite5m + t.CacheWrite1h * CacheWrite1h);
        }
        return (Int128)t.Input * Input + (Int128)t.Output * Output + (Int128)t.CacheRead * CacheRead
            + (Int128)t.CacheWrite5m * CacheWrite5m + (Int128)t.CacheWrite1h * CacheWrite1h;
    }
}
