using System.Globalization;
using System.Text;

namespace Septim.Hooks.Tests.Support;

/// <summary>Transcript lines as the client writes them, one method a kind.</summary>
internal static class Line
{
    public static string Assistant(string? id, long input = 0, long output = 0, long read = 0, long flat = 0, long w5 = 0, long w1 = 0,
        string? model = "claude-sonnet-4-6", string? requested = null, string? time = null, string? tool = null, string? requestId = null, string more = "", string top = "", long web = 0)
    {
        var line = new StringBuilder("{\"isSidechain\":false,\"message\":{");
        if (id is not null) line.Append(CultureInfo.InvariantCulture, $"\"id\":\"{id}\",");
        if (model is not null) line.Append(CultureInfo.InvariantCulture, $"\"model\":\"{model}\",");
        var content = tool is null ? "{\"type\":\"text\",\"text\":\"said \\\"usage\\\": {} and cost-state\"}" : $"{{\"type\":\"tool_use\",\"id\":\"{tool}\",\"name\":\"Bash\",\"input\":{{\"command\":\"ls\"}}}}";
        line.Append(CultureInfo.InvariantCulture, $"\"role\":\"assistant\",\"content\":[{content}],\"usage\":{{\"input_tokens\":{input},\"cache_creation_input_tokens\":{flat},\"cache_read_input_tokens\":{read},\"output_tokens\":{output},\"server_tool_use\":{{\"web_search_requests\":{web},\"web_fetch_requests\":7}},\"cache_creation\":{{\"ephemeral_1h_input_tokens\":{w1},\"ephemeral_5m_input_tokens\":{w5}}}{more}}}}},");
        if (requestId is not null) line.Append(CultureInfo.InvariantCulture, $"\"requestId\":\"{requestId}\",");
        if (requested is not null) line.Append(CultureInfo.InvariantCulture, $"\"requestedModel\":\"{requested}\",");
        if (time is not null) line.Append(CultureInfo.InvariantCulture, $"\"timestamp\":\"{time}\",");
        return line.Append(top).Append("\"type\":\"assistant\"}").ToString();
    }

    public static string User(string text = "hello", string? time = null) =>
        $"{{\"type\":\"user\",\"message\":{{\"role\":\"user\",\"content\":\"{text}\"}}{(time is null ? "" : $",\"timestamp\":\"{time}\"")}}}";

    /// <summary>A request that failed and is made again: <c>connection_retry</c> when its response had begun, else <c>request_retry</c>.</summary>
    public static string Failure(string source) =>
        $"{{\"type\":\"system\",\"subtype\":\"api_error\",\"error\":{{\"message\":\"Connection error.\",\"connection\":{{\"code\":\"ECONNRESET\"}}}},\"retryAttempt\":1,\"source\":\"{source}\",\"timestamp\":\"2026-11-30T20:57:08.057Z\"}}";

    /// <summary>A line with one content block, as JSON.</summary>
    /// <param name="line">As <see cref="Assistant"/> gives it.</param>
    /// <param name="block">In place of its text.</param>
    /// <param name="stop">Why the message ended; null: it goes on.</param>
    public static string With(string line, string block, string? stop = "end_turn") =>
        line.Replace("{\"type\":\"text\",\"text\":\"said \\\"usage\\\": {} and cost-state\"}]", $"{block}],\"stop_reason\":{(stop is null ? "null" : $"\"{stop}\"")}", StringComparison.Ordinal);

    public static string CostState(string usd) => $"{{\"type\":\"cost-state\",\"totalCostUSD\":{usd},\"modelUsage\":{{}}}}";

    public static string Join(params string[] lines) => string.Concat(lines.Select(l => l + "\n"));
}
