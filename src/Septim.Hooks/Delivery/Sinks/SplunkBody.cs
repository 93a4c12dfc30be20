using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Septim.Hooks.Delivery.Sinks;

/// <summary>Splunk's HTTP Event Collector: objects one after the other, answered with code 0.</summary>
internal sealed class SplunkBody : BodyFormat
{
    public override string Type => "splunk";

    public override string[] Keys => ["token", "index"];

    public override Uri Address(Uri configured, SinkSettings settings) => WithPath(configured, "/services/collector/event");

    public override IEnumerable<KeyValuePair<string, string>> Credentials(SinkSettings settings, Secrets secrets) =>
        [new("Authorization", "Splunk " + secrets.Get(settings.Required("token"), "token"))];

    public override void Write(IReadOnlyList<SpooledEvent> events, SinkSettings settings, IBufferWriter<byte> body)
    {
        foreach (var e in events)
        {
            Json(body, json =>
            {
                json.WriteStartObject();
                json.WritePropertyName("time");
                json.WriteRawValue((e.At.ToUnixTimeMilliseconds() / 1000m).ToString("F3", CultureInfo.InvariantCulture));
                json.WriteString("host", e.Text("host"));
                json.WriteString("source", "septim");
                json.WriteString("sourcetype", "_json");
                if (settings["index"] is { } index) json.WriteString("index", index);
                json.WritePropertyName("event");
                json.WriteRawValue(e.Json.Span, skipInputValidation: true);
                json.WriteEndObject();
            });
            Raw(body, "\n"u8);
        }
    }

    public override DeliveryFailure? Check(string answer, int events)
    {
        try
        {
            var root = JsonElement.Parse(answer);
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.Number && code.GetDecimal() == 0
                ? null
                : new DeliveryFailure(FailureKind.Rejected, $"the collector answered{HttpReply.Said(answer)}");
        }
        catch (JsonException e)
        {
            return new DeliveryFailure(FailureKind.Transient, "the answer is not that of an event collector; is this the right address?", cause: e);
        }
    }
}
