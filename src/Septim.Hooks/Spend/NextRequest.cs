namespace Septim.Hooks.Spend;

/// <summary>
/// What the next request of a thread may cost. Typical is the dearest of its last responses, or what the known prompt costs when it is
/// read from the cache and the new text is written to it, whichever is more; worst assumes that the whole prompt is written anew and
/// the answer is as long as the client allows.
/// </summary>
internal static class NextRequest
{
    /// <summary>Bytes of text a token: prose and code in English lie between 3.5 and 4.5; the dearer end is taken.</summary>
    private const int BytesPerToken = 3;

    /// <summary>The longest answer that current models give in the client (docs of Claude Code, read 2026-11: 64,000 tokens).</summary>
    private const long WorstOutputTokens = 64_000;

    /// <summary>The dearest that one message can be while nothing is known of its thread: the longest answer on the dearest model, 4.80 USD, rounded up.</summary>
    public static readonly Usd WorstUnknown = Usd.Cents(500);

    /// <param name="thread">Null while the thread has no file.</param>
    /// <param name="appendedBytes">Text known to be added to the prompt: tool results, or what the person typed.</param>
    /// <param name="prices">The table.</param>
    public static Usd Typical(FileReading? thread, long appendedBytes, PriceTable prices)
    {
        if (thread?.Last is not { } last) return Usd.Zero;
        var known = Price(prices, last.Model, new TokenCounts(0, last.OutputTokens, last.PromptTokens, last.OutputTokens + appendedBytes / BytesPerToken, 0, 0));
        foreach (var cost in thread.RecentCosts) known = Usd.Max(known, cost);
        return known;
    }

    /// <inheritdoc cref="Typical"/>
    public static Usd Worst(FileReading? thread, long appendedBytes, PriceTable prices)
    {
        if (thread?.Last is not { } last) return Usd.Zero;
        var prompt = last.PromptTokens + last.OutputTokens + appendedBytes / BytesPerToken;
        return Usd.Max(
            Typical(thread, appendedBytes, prices),
            Price(prices, last.Model, new TokenCounts(0, WorstOutputTokens, 0, 0, prompt, 0)));
    }

    private static Usd Price(PriceTable prices, string model, TokenCounts tokens) =>
        prices.Price(prices.Resolve(model), tokens, default, null);
}
