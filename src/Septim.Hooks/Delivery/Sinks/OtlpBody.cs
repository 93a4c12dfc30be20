using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Serilog.Events;

namespace Septim.Hooks.Delivery.Sinks;

/// <summary>
/// OTLP logs as JSON over HTTP (http/json). Without a url it takes OTEL_EXPORTER_OTLP_ENDPOINT and its companions, so that the events
/// join the client's own telemetry; never from a project's settings. Why not the package: see decision 0006. Source of the shapes:
/// the OTLP specification 1.9, read 2026-11; 64-bit integers are texts there.
/// </summary>
internal sealed class OtlpBody(ProjectVariables variables) : BodyFormat
{
    private const string LogsPath = "/v1/logs";

    public static readonly string[] OwnKeys = ["protocol"];

    public override string Type => "otlp";

    public override string[] Keys => OwnKeys;

    public override string Url(SinkSettings settings, Secrets secrets)
    {
        RefuseGrpc(settings);
        if (settings["url"] is { } url) return Logs(secrets.Resolve(url, "url"));
        if (variables.Get("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT") is { } logs) return logs;
        return variables.Get("OTEL_EXPORTER_OTLP_ENDPOINT") is { } all
            ? Logs(all)
            : throw new DeliveryFailure(FailureKind.Stuck, "the otlp sink needs a url, or OTEL_EXPORTER_OTLP_ENDPOINT");
    }

    /// <summary>The headers of the environment, less those that the configuration sets itself.</summary>
    public override IEnumerable<KeyValuePair<string, string>> Credentials(SinkSettings settings, Secrets secrets)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in Pairs(variables.Get("OTEL_EXPORTER_OTLP_HEADERS"))) headers[name] = value;
        foreach (var (name, value) in Pairs(variables.Get("OTEL_EXPORTER_OTLP_LOGS_HEADERS"))) headers[name] = value;
        foreach (var name in settings.Headers.Keys) headers.Remove(name);
        return headers;
    }

    public override void Write(IReadOnlyList<SpooledEvent> events, SinkSettings settings, IBufferWriter<byte> body) => Json(body, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("resourceLogs");
        json.WriteStartObject();
        WriteResource(json);
        json.WriteStartArray("scopeLogs");
        json.WriteStartObject();
        json.WriteStartObject("scope");
        json.WriteString("name", "septim");
        json.WriteEndObject();
        json.WriteStartArray("logRecords");
        foreach (var e in events) WriteRecord(json, e);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>ExportLogsServiceResponse: <c>{"partialSuccess":{"rejectedLogRecords":"2","errorMessage":"…"}}</c>.</summary>
    public override DeliveryFailure? Check(string answer, int events)
    {
        try
        {
            var root = JsonElement.Parse(answer);
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("partialSuccess", out var partial) || partial.ValueKind != JsonValueKind.Object) return null;
            if (!partial.TryGetProperty("rejectedLogRecords", out var count) || !long.TryParse(count.ToString(), CultureInfo.InvariantCulture, out var rejected)) return null;
            var message = partial.TryGetProperty("errorMessage", out var said) ? said.ToString() : "";
            return rejected > 0 ? new DeliveryFailure(FailureKind.Rejected, $"the collector rejected {rejected} of {events} records{HttpReply.Said(message)}") : null;
        }
        catch (JsonException)
        {
            // Why taken: the status said so, and some collectors answer with an empty body or in protobuf.
            return null;
        }
    }

    private void RefuseGrpc(SinkSettings settings)
    {
        foreach (var (origin, protocol) in Protocols(settings))
        {
            if (protocol is null) continue;
            if (protocol != "grpc") return;
            throw new DeliveryFailure(FailureKind.Stuck,
                $"{origin} is grpc, which the otlp sink does not speak; give the sink \"protocol\": \"http/json\" and the collector's HTTP address as url (usually port 4318)");
        }
    }

    private IEnumerable<(string Origin, string? Protocol)> Protocols(SinkSettings settings)
    {
        yield return ($"protocol of \"{settings.Name}\"", settings["protocol"]);
        foreach (var name in (string[])["OTEL_EXPORTER_OTLP_LOGS_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL"]) yield return (name, variables.Get(name));
    }

    private void WriteResource(Utf8JsonWriter json)
    {
        var resource = new Dictionary<string, string> { ["service.name"] = "septim" };
        foreach (var (name, value) in Pairs(variables.Get("OTEL_RESOURCE_ATTRIBUTES"))) resource[name] = value;
        if (variables.Get("OTEL_SERVICE_NAME") is { } service) resource["service.name"] = service;
        json.WriteStartObject("resource");
        json.WriteStartArray("attributes");
        foreach (var (name, value) in resource)
        {
            json.WriteStartObject();
            json.WriteString("key", name);
            json.WriteStartObject("value");
            json.WriteString("stringValue", value);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRecord(Utf8JsonWriter json, SpooledEvent e)
    {
        var level = LogEventMapping.Level(e.Event);
        var nanoseconds = (Math.Max(0, (e.At - DateTimeOffset.UnixEpoch).Ticks) * 100).ToString(CultureInfo.InvariantCulture);
        json.WriteStartObject();
        json.WriteString("timeUnixNano", nanoseconds);
        json.WriteString("observedTimeUnixNano", nanoseconds);
        json.WriteNumber("severityNumber", level switch { LogEventLevel.Error => 17, LogEventLevel.Warning => 13, _ => 9 });
        json.WriteString("severityText", level.ToString());
        json.WriteStartObject("body");
        json.WriteString("stringValue", e.Text("reason") is { } reason ? $"{e.Event}: {reason}" : e.Event);
        json.WriteEndObject();
        WriteAttributes(json, "attributes", LogEventMapping.Attributes(e));
        json.WriteEndObject();
    }

    private static void WriteAttributes(Utf8JsonWriter json, string property, IEnumerable<(string Name, JsonElement Value)> attributes)
    {
        json.WriteStartArray(property);
        foreach (var (name, value) in attributes)
        {
            json.WriteStartObject();
            json.WriteString("key", name);
            json.WritePropertyName("value");
            WriteValue(json, value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>An AnyValue; the empty one stands for null.</summary>
    private static void WriteValue(Utf8JsonWriter json, JsonElement value)
    {
        json.WriteStartObject();
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                json.WriteString("stringValue", value.GetString());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                json.WriteBoolean("boolValue", value.GetBoolean());
                break;
            case JsonValueKind.Number when value.TryGetInt64(out var whole):
                json.WriteString("intValue", whole.ToString(CultureInfo.InvariantCulture));
                break;
            case JsonValueKind.Number:
                json.WritePropertyName("doubleValue");
                value.WriteTo(json);
                break;
            case JsonValueKind.Array:
                json.WriteStartObject("arrayValue");
                json.WriteStartArray("values");
                foreach (var item in value.EnumerateArray()) WriteValue(json, item);
                json.WriteEndArray();
                json.WriteEndObject();
                break;
            case JsonValueKind.Object:
                json.WriteStartObject("kvlistValue");
                WriteAttributes(json, "values", value.EnumerateObject().Select(field => (field.Name, field.Value)));
                json.WriteEndObject();
                break;
        }
        json.WriteEndObject();
    }

    private static string Logs(string address) => address.EndsWith(LogsPath, StringComparison.Ordinal) ? address : address.TrimEnd('/') + LogsPath;

    private static IEnumerable<(string Name, string Value)> Pairs(string? text)
    {
        foreach (var pair in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (pair.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
                yield return (pair[..equals].Trim(), Uri.UnescapeDataString(pair[(equals + 1)..].Trim()));
    }
}
