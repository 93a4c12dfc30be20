using System.Buffers;

namespace Septim.Hooks.Delivery.Sinks;

/// <summary>
/// The http sink: a JSON array of events, as Serilog.Sinks.Http's ArrayBatchFormatter posts it, or with <c>"format": "ndjson"</c> a
/// line each. <c>"format": "serilog"</c> dresses each event as that sink's NormalTextFormatter does. See decision 0006.
/// </summary>
internal sealed class ArrayBody : BodyFormat
{
    public override string Type => "http";

    public override string[] Keys => ["format", "secret"];

    public override void Write(IReadOnlyList<SpooledEvent> events, SinkSettings settings, IBufferWriter<byte> body)
    {
        switch (settings["format"] ?? "array")
        {
            case "array":
                WriteArray(events, body, (e, to) => Raw(to, e.Json.Span));
                break;
            case "serilog":
                WriteArray(events, body, WriteDressed);
                break;
            case "ndjson":
                foreach (var e in events)
                {
                    Raw(body, e.Json.Span);
                    Raw(body, "\n"u8);
                }
                break;
            case var other:
                throw new HookFault($"{settings.Origin}: the format \"{other}\" of \"{settings.Name}\" is not known; there are array, ndjson, serilog");
        }
    }

    private static void WriteArray(IReadOnlyList<SpooledEvent> events, IBufferWriter<byte> body, Action<SpooledEvent, IBufferWriter<byte>> write)
    {
        Raw(body, "["u8);
        for (var i = 0; i < events.Count; i++)
        {
            if (i > 0) Raw(body, ","u8);
            write(events[i], body);
        }
        Raw(body, "]"u8);
    }

    private static void WriteDressed(SpooledEvent e, IBufferWriter<byte> body) => Json(body, json =>
    {
        json.WriteStartObject();
        json.WriteString("Timestamp", e.Time);
        json.WriteString("Level", LogEventMapping.Level(e.Event).ToString());
        json.WriteString("MessageTemplate", "{event}");
        json.WriteString("RenderedMessage", Message(e));
        json.WritePropertyName("Properties");
        json.WriteRawValue(e.Json.Span, skipInputValidation: true);
        json.WriteEndObject();
    });
}
