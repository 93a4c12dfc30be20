using System.Buffers;
using System.Globalization;
using System.Text;

namespace Septim.Hooks.Delivery.Sinks;

/// <summary>Grafana Loki's push API: one stream an event name, nanoseconds as texts, and few labels, because each value is a stream.</summary>
internal sealed class LokiBody : BodyFormat
{
    public override string Type => "loki";

    public override string[] Keys => ["tenant", "token"];

    public override Uri Address(Uri configured, SinkSettings settings) => WithPath(configured, "/loki/api/v1/push");

    public override IEnumerable<KeyValuePair<string, string>> Credentials(SinkSettings settings, Secrets secrets)
    {
        if (settings["tenant"] is { } tenant) yield return new("X-Scope-OrgID", tenant);
        if (settings["token"] is { } token) yield return new("Authorization", "Bearer " + secrets.Get(token, "token"));
    }

    public override void Write(IReadOnlyList<SpooledEvent> events, SinkSettings settings, IBufferWriter<byte> body) => Json(body, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("streams");
        foreach (var stream in events.GroupBy(e => e.Event))
        {
            json.WriteStartObject();
            json.WriteStartObject("stream");
            json.WriteString("service_name", "septim");
            json.WriteString("event", stream.Key);
            json.WriteEndObject();
            json.WriteStartArray("values");
            foreach (var e in stream)
            {
                json.WriteStartArray();
                json.WriteStringValue((e.At.ToUnixTimeMilliseconds() * 1_000_000).ToString(CultureInfo.InvariantCulture));
                json.WriteStringValue(Encoding.UTF8.GetString(e.Json.Span));
                json.WriteEndArray();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    });
}
