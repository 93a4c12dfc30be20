using System.Buffers;

namespace Septim.Hooks.Delivery.Sinks;

/// <summary>Datadog's log intake, version 2: an array of at most 1,000 events and 5 MB. Source: its API reference, read 2026-11.</summary>
internal sealed class DatadogBody : BodyFormat
{
    public override string Type => "datadog";

    public override string[] Keys => ["apiKey", "service"];

    public override int MaxEvents => 1000;

    public override int MaxBytes => 4 << 20;

    public override Uri Address(Uri configured, SinkSettings settings) => WithPath(configured, "/api/v2/logs");

    public override IEnumerable<KeyValuePair<string, string>> Credentials(SinkSettings settings, Secrets secrets) =>
        [new("DD-API-KEY", secrets.Get(settings.Required("apiKey"), "apiKey"))];

    public override void Write(IReadOnlyList<SpooledEvent> events, SinkSettings settings, IBufferWriter<byte> body) => Json(body, json =>
    {
        json.WriteStartArray();
        foreach (var e in events)
        {
            json.WriteStartObject();
            json.WriteString("ddsource", "septim");
            json.WriteString("ddtags", $"event:{e.Event}");
            json.WriteString("hostname", e.Text("host"));
            json.WriteString("service", settings["service"] ?? "claude-code");
            json.WriteString("timestamp", e.Time);
            json.WriteString("status", LogEventMapping.Level(e.Event) == Serilog.Events.LogEventLevel.Information ? "info" : "warn");
            json.WriteString("message", Message(e));
            json.WritePropertyName("septim");
            json.WriteRawValue(e.Json.Span, skipInputValidation: true);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });
}
