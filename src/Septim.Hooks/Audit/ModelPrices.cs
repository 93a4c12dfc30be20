using Septim.Hooks.Audit.Surroundings;
using Septim.Hooks.Spend;

namespace Septim.Hooks.Audit;

/// <summary>What the price table knows of a model, for the audit's own questions.</summary>
internal static class ModelPrices
{
    private static readonly string[] Aliases = ["default", "opus", "sonnet", "haiku", "fable", "mythos", "best", "opusplan", "inherit"];

    /// <summary>Aliases of the client are known; they are resolved by it.</summary>
    public static bool IsKnown(string model) => Aliases.Contains(Bare(model)) || PriceTable.Embedded.Resolve(model).Known;

    /// <summary>Retired, or silently sent as another one; null for a current model. Source: contract §10 and prices.json, 2026-11.</summary>
    public static string? Retired(string model) => Bare(model) switch
    {
        var id when id.Has("opus-4-1") || id.Has("opus-4-0") || id.Has("opus-4-2025") => "the client silently sends claude-opus-5-5 instead",
        var id when id.Has("claude-3-") || id.Has("claude-2") || id.Has("claude-instant") || id.Has("sonnet-3-") || id.Has("haiku-3-") || id.Has("opus-3") => "it is retired",
        _ => null,
    };

    /// <summary>1 cheap (haiku), 2 middle (sonnet), 3 dear (opus), 4 dearest (fable, mythos); 0 when it cannot be told.</summary>
    public static int Tier(string model)
    {
        var id = Bare(model);
        return id.Has("haiku") ? 1 : id.Has("sonnet") ? 2 : id.Has("opus") ? 3 : id.Has("fable") || id.Has("mythos") || id == "best" ? 4 : 0;
    }

    public static decimal Usd(TranscriptMessage message)
    {
        var tokens = new TokenCounts(message.Input, message.Output, message.CacheRead, message.CacheWrite5m, message.CacheWrite1h, 0);
        var table = PriceTable.Embedded;
        return table.Price(table.Resolve(message.Model), tokens, default, message.Time?.ToUnixTimeMilliseconds()).Pico / 1_000_000_000_000m;
    }

    private static string Bare(string model)
    {
        var id = model.Trim().ToLowerInvariant();
        return id.IndexOf('[') is var bracket and > 0 ? id[..bracket] : id;
    }
}
