using Septim.Hooks.Audit.Surroundings;

namespace Septim.Hooks.Audit;

/// <summary>What the price table knows of a model, for the audit's own questions.</summary>
internal static class ModelPrices
{
    private static readonly string[] Aliases = ["default", "opus", "sonnet", "haiku", "fable", "mythos", "best", "opusplan", "inherit"];

    /// <summary>Aliases of the client are known; they are resolved by it.</summary>
    public static bool IsKnown(string model)
    {
        var id = Bare(model);
        return Aliases.Contains(id) || Family(id) is not null;
    }

    /// <summary>Retired, or silently sent as another one. Source: prices.json and contract §10, 2026-11.</summary>
    public static string? Retired(string model) =>
        Bare(model) switch
        {
            var id when id.Starts("claude-opus-4-1") || id.Starts("claude-opus-4-0") || id.Starts("claude-opus-4-2025") => "the client silently sends claude-opus-5-5 instead",
            var id when id.Starts("claude-3-") || id.Starts("claude-2") || id.Starts("claude-instant") || id.Starts("claude-sonnet-3") || id.Starts("claude-haiku-3") || id.Starts("claude-opus-3") => "retired",
            _ => null,
        };

    /// <summary>1 cheap (haiku), 2 middle (sonnet), 3 dear (opus), 4 dearest (fable, mythos); 0 unknown.</summary>
    public static int Tier(string model)
    {
        var id = Bare(model);
        return id.Has("haiku") ? 1 : id.Has("sonnet") ? 2 : id.Has("opus") ? 3 : id.Has("fable") || id.Has("mythos") || id == "best" ? 4 : 0;
    }

    public static decimal Usd(TranscriptMessage message)
    {
        // Input, output, five-minute write, one-hour write, read: USD per million tokens.
        (decimal In, decimal Out, decimal Write5, decimal Write1, decimal Read) rates = Tier(message.Model) switch
        {
            1 => (1, 5, 1.25m, 2, 0.10m),
            2 => (2, 10, 2.5m, 4, 0.20m),
            3 => (5, 25, 6.25m, 10, 0.50m),
            _ => (10, 50, 12.5m, 20, 1),
        };
        return ((message.Input * rates.In) + (message.Output * rates.Out) + (message.CacheWrite5m * rates.Write5) + (message.CacheWrite1h * rates.Write1) + (message.CacheRead * rates.Read)) / 1_000_000;
    }

    private static string Bare(string model)
    {
        var id = model.Trim().ToLowerInvariant();
        if (id.IndexOf('[') is var bracket and > 0) id = id[..bracket];
        if (id.LastIndexOf("claude-", StringComparison.Ordinal) is var at and > 0) id = id[at..];
        return id;
    }

    private static string? Family(string id)
    {
        foreach (var family in (string[])["claude-fable-5", "claude-mythos-5", "claude-opus-5", "claude-opus-4", "claude-sonnet-5", "claude-sonnet-4", "claude-haiku-5", "claude-haiku-4", "claude-3-", "claude-sonnet-3", "claude-haiku-3"])
            if (id.Starts(family)) return family;
        return null;
    }
}
