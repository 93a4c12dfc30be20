using System.Text.Json;

namespace Septim.Hooks.Delivery.Webhooks;

/// <summary>
/// A Slack incoming webhook; its address is a secret. Content is escaped, so that it can neither mention nor link: <c>&amp; &lt; &gt;</c>.
/// One message a second. Source: Slack's webhook and formatting reference, read 2026-11.
/// </summary>
internal sealed class SlackWebhook : JsonWebhook
{
    public override string Type => "slack";

    protected override void Write(Utf8JsonWriter json, Notice notice, SinkSettings settings, Secrets secrets)
    {
        json.WriteStartObject();
        json.WriteString("text", Escape(notice.Title));
        json.WriteStartArray("blocks");
        Section(json, $"*{Escape(notice.Title)}*");
        if (notice.Text.Length > 0) Section(json, Escape(notice.Text));
        json.WriteEndArray();
        json.WriteEndObject();
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
