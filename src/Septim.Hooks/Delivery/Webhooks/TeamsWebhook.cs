using System.Text.Json;

namespace Septim.Hooks.Delivery.Webhooks;

/// <summary>A Teams workflow ("post to a channel when a webhook request is received"): an Adaptive Card. Its address is a secret.</summary>
internal sealed class TeamsWebhook : JsonWebhook
{
    public override string Type => "teams";

    protected override void Write(Utf8JsonWriter json, Notice notice, SinkSettings settings, Secrets secrets)
    {
        json.WriteStartObject();
        json.WriteString("type", "message");
        json.WriteStartArray("attachments");
        json.WriteStartObject();
        json.WriteString("contentType", "application/vnd.microsoft.card.adaptive");
        json.WriteStartObject("content");
        json.WriteString("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        json.WriteString("type", "AdaptiveCard");
        json.WriteString("version", "1.4");
        json.WriteStartArray("body");
        Block(json, notice.Title, heading: true, notice.Urgency);
        foreach (var line in notice.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)) Block(json, line, heading: false, 0);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Block(Utf8JsonWriter json, string text, bool heading, int urgency)
    {
        json.WriteStartObject();
        json.WriteString("type", "TextBlock");
        json.WriteString("text", Plain(text));
        json.WriteBoolean("wrap", true);
        if (heading)
        {
            json.WriteString("weight", "Bolder");
            json.WriteString("size", "Medium");
            json.WriteString("color", urgency switch { 2 => "Attention", 1 => "Warning", _ => "Default" });
        }
        json.WriteEndObject();
    }

    /// <summary>A text block takes a part of Markdown: content must not make links or mentions of it.</summary>
    private static string Plain(string text) => text.Replace("[", "\\[", StringComparison.Ordinal).Replace("<at>", "&lt;at&gt;", StringComparison.Ordinal);
}
