using System.Text.Json;

namespace Septim.Hooks.Delivery.Webhooks;

/// <summary>
/// A Slack incoming webhook; its address is a secret. Content is escaped, so that it can neither mention nor link: <c>&amp; &lt; &gt;</c>.
/// One message a second. Source: Slack's webhook and formatting reference, read 2026-11.
/// </summary>
internal sealed class SlackWebhook : JsonWebhook
{
    private const int MaxBlock = 3000;
    private const int LongestEscape = 5;

    public override string Type => "slack";

    protected override void Write(Utf8JsonWriter json, Notice notice, SinkSettings settings, Secrets secrets)
    {
        json.WriteStartObject();
        json.WriteString("text", Escape(notice.Title));
        json.WriteStartArray("blocks");
        Section(json, $"*{Escape(notice.Title)}*");
        if (notice.Text.Length > 0) Section(json, Fitting(notice.Text));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>As much of it as a block holds once it is escaped.</summary>
    private static string Fitting(string text)
    {
        var escaped = Escape(text);
        return escaped.Length <= MaxBlock ? escaped : Escape(text[..(MaxBlock / LongestEscape - 1)]) + "…";
    }

    internal static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static void Section(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", "section");
        json.WriteStartObject("text");
        json.WriteString("type", "mrkdwn");
        json.WriteString("text", text);
        // Why: without it Slack turns words of the content into links and mentions.
        json.WriteBoolean("verbatim", true);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
