using System.Text.Json.Nodes;

namespace Septim.Hooks.EndToEnd.Support;

/// <summary>What one scripted answer says it used, in tokens, and what that costs.</summary>
internal sealed record TokenUse(long Input, long Output, long CacheRead = 0, long Write5m = 0, long Write1h = 0, int WebSearches = 0)
{
    /// <summary>
    /// USD per million tokens (input, output, 5 min write, 1 h write, read) of the models that these tests use; a second,
    /// independent table on purpose: it checks the product's. Source: the client's own rules, measured 2026-11 with 2.1.330.
    /// </summary>
    private static readonly Dictionary<string, (decimal In, decimal Out, decimal Write5m, decimal Write1h, decimal Read)> Rates = new()
    {
        ["claude-sonnet-5-5"] = (2m, 10m, 2.5m, 4m, 0.10m),
        ["claude-opus-5-5"] = (4m, 20m, 5m, 8m, 0.20m),
        ["claude-sonnet-4-5"] = (3m, 15m, 3.75m, 6m, 0.30m),
        ["claude-haiku-4-5"] = (1m, 5m, 1.25m, 2m, 0.10m),
    };

    /// <summary>Ten input and seven output tokens: next to nothing.</summary>
    public static TokenUse Little { get; } = new(10, 7);

    /// <summary>100,000 in and 1,000 out: 0.21 USD on claude-sonnet-5-5.</summary>
    public static TokenUse Expensive { get; } = new(100_000, 1_000);

    public decimal Usd(string model)
    {
        var rate = Rates[model];
        return ((Input * rate.In) + (Output * rate.Out) + (CacheRead * rate.Read) + (Write5m * rate.Write5m) + (Write1h * rate.Write1h)) / 1_000_000m
            + (WebSearches * 0.01m);
    }

    /// <summary>The usage object of the Messages API.</summary>
    /// <param name="started">As in message_start: one output token so far, server tools not yet counted.</param>
    public JsonObject ToJson(bool started = false)
    {
        var usage = new JsonObject
        {
            ["input_tokens"] = Input,
            ["cache_creation_input_tokens"] = Write5m + Write1h,
            ["cache_read_input_tokens"] = CacheRead,
            ["cache_creation"] = new JsonObject { ["ephemeral_5m_input_tokens"] = Write5m, ["ephemeral_1h_input_tokens"] = Write1h },
            ["output_tokens"] = started ? 1 : Output,
            ["service_tier"] = "standard",
            ["inference_geo"] = "not_available",
        };
        if (WebSearches > 0 && !started)
            usage["server_tool_use"] = new JsonObject { ["web_search_requests"] = WebSearches, ["web_fetch_requests"] = 0 };
        return usage;
    }
}
