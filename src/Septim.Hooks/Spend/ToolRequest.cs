using Septim.Hooks.Claude;

namespace Septim.Hooks.Spend;

/// <summary>
/// Tools that ask the model themselves: the request goes to the session's own model and leaves no line in the transcript (client 2.1.330,
/// measured 2026-12). What it cost only the client's total tells, so it is estimated.
/// </summary>
internal static class ToolRequest
{
    /// <summary>The client gives the model up to 100,000 characters of a page (measured), at four a token; and its answer.</summary>
    private static readonly TokenCounts s_page = new(25_000, 1_000, 0, 0, 0, 0);

    /// <summary>A question, and an answer with its sources.</summary>
    private static readonly TokenCounts s_question = new(5_000, 1_500, 0, 0, 0, 0);

    /// <summary>One search that the model makes for it: the fee, and some ten results to read.</summary>
    private static readonly TokenCounts s_search = new(10_000, 0, 0, 0, 0, 1);

    /// <summary>How a response begins when the tool was refused, or had nothing to ask about.</summary>
    private static readonly string[] s_unasked =
        ["<tool_use_error>", "PreToolUse:", "Blocked by hook", "connect ", "getaddrinfo ", "REDIRECT DETECTED", "The server returned HTTP"];

    /// <summary>How each search shows in the response.</summary>
    private static ReadOnlySpan<byte> Links => "Links: ["u8;

    public static bool IsMadeBy(ToolCall call) => call.Name is "WebFetch" or "WebSearch";

    /// <summary>What the request of this call costs at most, by rule of thumb; zero when it makes none.</summary>
    /// <param name="call">Before it runs, or with its response.</param>
    /// <param name="model">The session's; an unknown one is the dearest.</param>
    /// <param name="prices">The table.</param>
    public static Usd Estimate(ToolCall call, string model, PriceTable prices)
    {
        if (!IsMadeBy(call) || IsUnasked(call.Response.Span)) return Usd.Zero;
        var tokens = call.Name == "WebFetch" ? s_page : s_question;
        for (var i = call.Name == "WebFetch" ? 0 : Math.Max(1, call.Response.Span.Count(Links)); i > 0; i--) tokens += s_search;
        return prices.Price(prices.Resolve(model), tokens, default, null);
    }

    private static bool IsUnasked(ReadOnlySpan<byte> response)
    {
        foreach (var start in s_unasked)
        {
            if (response.Length > start.Length && System.Text.Ascii.Equals(response.Slice(1, start.Length), start)) return true;
        }
        return false;
    }
}
