using System.Text.Json;

namespace Septim.Hooks.Delivery.Webhooks;

/// <summary>A Discord webhook: at most 2,000 characters, and no content can mention anybody. Its address is a secret.</summary>
internal sealed class DiscordWebhook : JsonWebhook
{
    private const int MaxContent = 2000;

    public override string Type => "discord";

    protected override void Write(Utf8JsonWriter json, Notice notice, SinkSettings settings, Secrets secrets)
    {
        var content = $"**{notice.Title}**\n{notice.Text}".TrimEnd();
        json.WriteStartObject();
        json.WriteString("content", content.Length <= MaxContent ? content : content[..(MaxContent - 1)] + "…");
        json.WriteStartObject("allowed_mentions");
        json.WriteStartArray("parse");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
