using System.Text.Json;

namespace Septim.Hooks.Delivery.Webhooks;

/// <summary>PagerDuty's Events API, version 2. Repeats about one session and matter fall into one incident by their dedup_key.</summary>
internal sealed class PagerDutyWebhook : JsonWebhook
{
    public override string Type => "pagerduty";

    public override string[] Keys => ["routingKey"];

    public override string? DefaultAddress => "https://events.pagerduty.com/v2/enqueue";

    protected override void Write(Utf8JsonWriter json, Notice notice, SinkSettings settings, Secrets secrets)
    {
        json.WriteStartObject();
        json.WriteString("routing_key", secrets.Get(settings.Required("routingKey"), "routingKey"));
        json.WriteString("event_action", "trigger");
        json.WriteString("dedup_key", $"septim/{notice.Event.Text("session_id")}/{notice.Event.Event}/{notice.Event.Text("rule")}");
        json.WriteStartObject("payload");
        json.WriteString("summary", notice.Title);
        json.WriteString("source", notice.Event.Text("host") ?? "septim");
        json.WriteString("severity", notice.Urgency switch { 2 => "error", 1 => "warning", _ => "info" });
        json.WriteString("timestamp", notice.Event.Time);
        json.WriteString("component", notice.Event.Text("project"));
        json.WriteString("class", notice.Event.Event);
        json.WriteStartObject("custom_details");
        json.WriteString("text", notice.Text);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
