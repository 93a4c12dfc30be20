namespace Septim.Hooks.Tests.Support;

/// <summary>What one generated response used, and its price by a table that is independent of the product's.</summary>
internal readonly record struct GeneratedUsage(string Model, long Input, long Output, long Read, long Write5m, long Write1h, long Searches)
{
    /// <summary>Pico-dollars per token: input, output, five-minute write, one-hour write, read. As of 2026-11-22.</summary>
    private static readonly Dictionary<string, (long In, long Out, long Write5m, long Write1h, long Read)> Rates = new()
    {
        ["claude-opus-5-5"] = (4_000_000, 20_000_000, 5_000_000, 8_000_000, 200_000),
        ["claude-sonnet-5-5"] = (2_000_000, 10_000_000, 2_500_000, 4_000_000, 100_000),
        ["claude-haiku-4-5-20251001"] = (1_000_000, 5_000_000, 1_250_000, 2_000_000, 100_000),
    };

    private const long PicoPerSearch = 10_000_000_000;

    public long Pico
    {
        get
        {
            var rate = Rates[Model];
            return Input * rate.In + Output * rate.Out + Write5m * rate.Write5m + Write1h * rate.Write1h + Read * rate.Read + Searches * PicoPerSearch;
        }
    }

    /// <param name="output">What the line states; earlier lines of a response may state less than the last.</param>
    public string ToJson(long output) =>
        $$$"""{"input_tokens":{{{Input}}},"cache_creation_input_tokens":{{{Write5m + Write1h}}},"cache_read_input_tokens":{{{Read}}},"output_tokens":{{{output}}},"output_tokens_details":{"thinking_tokens":0},"server_tool_use":{"web_search_requests":{{{Searches}}},"web_fetch_requests":0},"service_tier":"standard","cache_creation":{"ephemeral_1h_input_tokens":{{{Write1h}}},"ephemeral_5m_input_tokens":{{{Write5m}}}},"inference_geo":"not_available","iterations":[],"speed":"standard","fallback_credit":null}""";
}
