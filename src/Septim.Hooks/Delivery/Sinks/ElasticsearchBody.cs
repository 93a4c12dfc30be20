using System.Buffers;
using System.Text.Json;

namespace Septim.Hooks.Delivery.Sinks;

/// <summary>
/// The bulk API of Elasticsearch and OpenSearch, in names of the Elastic Common Schema with the whole event below <c>septim</c>. The
/// event's id is the document's, so a repeated delivery is answered 409, which is fine. A 200 may hold failures: they are read.
/// </summary>
internal sealed class ElasticsearchBody : BodyFormat
{
    public override string Type => "elasticsearch";

    public override string[] Keys => ["index", "apiKey", "basic"];

    public override string ContentType => "application/x-ndjson";

    public override int MaxBytes => 4 << 20;

    public override Uri Address(Uri configured, SinkSettings settings) =>
        WithPath(configured, $"/{Uri.EscapeDataString(settings["index"] ?? "septim-events")}/_bulk");

    public override IEnumerable<KeyValuePair<string, string>> Credentials(SinkSettings settings, Secrets secrets)
    {
        if (settings["apiKey"] is { } key) yield return new("Authorization", "ApiKey " + secrets.Get(key, "apiKey"));
        if (settings["basic"] is { } basic)
            yield return new("Authorization", "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(secrets.Get(basic, "basic"))));
    }

    public override void Write(IReadOnlyList<SpooledEvent> events, SinkSettings settings, IBufferWriter<byte> body)
    {
        foreach (var e in events)
        {
            Json(body, json =>
            {
                json.WriteStartObject();
                json.WriteStartObject("create");
                json.WriteString("_id", e.Id);
                json.WriteEndObject();
                json.WriteEndObject();
            });
            Raw(body, "\n"u8);
            Json(body, json => WriteDocument(json, e));
            Raw(body, "\n"u8);
        }
    }

    public override DeliveryFailure? Check(string answer, int events)
    {
        try
        {
            var root = JsonElement.Parse(answer);
            if (!root.TryGetProperty("errors", out var errors) || errors.ValueKind != JsonValueKind.True) return null;
            foreach (var item in root.GetProperty("items").EnumerateArray())
            {
                var result = item.EnumerateObject().First().Value;
                var status = result.GetProperty("status").GetInt32();
                if (status is >= 200 and < 300 or 409) continue;
                var kind = status is 429 or >= 500 ? FailureKind.Transient : FailureKind.Rejected;
                return new DeliveryFailure(kind, $"an item was answered {status}{HttpReply.Said(result.TryGetProperty("error", out var error) ? error.GetRawText() : "")}");
            }
            return null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return new DeliveryFailure(FailureKind.Transient, "the answer is not that of a bulk request; is this the right address?", cause: e);
        }
    }

    private static void WriteDocument(Utf8JsonWriter json, SpooledEvent e)
    {
        json.WriteStartObject();
        json.WriteString("@timestamp", e.Time);
        json.WriteString("message", Message(e));
        json.WriteStartObject("ecs");
        json.WriteString("version", "8.11");
        json.WriteEndObject();
        json.WriteStartObject("event");
        json.WriteString("id", e.Id);
        json.WriteString("kind", "event");
        json.WriteString("action", e.Event);
        json.WriteString("dataset", "septim");
        json.WriteEndObject();
        json.WriteStartObject("host");
        json.WriteString("name", e.Text("host"));
        json.WriteEndObject();
        json.WriteStartObject("user");
        json.WriteString("name", e.Text("user"));
        json.WriteEndObject();
        json.WritePropertyName("septim");
        json.WriteRawValue(e.Json.Span, skipInputValidation: true);
        json.WriteEndObject();
    }
}
