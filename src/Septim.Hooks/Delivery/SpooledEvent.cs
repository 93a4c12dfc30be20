using System.Text.Json;
using Septim.Hooks.Recording;

namespace Septim.Hooks.Delivery;

/// <summary>One event as it waits: its file name and its JSON object.</summary>
internal sealed record SpooledEvent(string FileName, ReadOnlyMemory<byte> Json, JsonElement Fields)
{
    public string Id => Text("event_id") ?? FileName;
    public string Event => Text("event") ?? "";
    public string Time => Text("ts") ?? "";
    public DateTimeOffset At => DateTimeOffset.TryParse(Time, System.Globalization.CultureInfo.InvariantCulture, out var at) ? at : DateTimeOffset.UnixEpoch;

    /// <exception cref="JsonException">Not one JSON object.</exception>
    public static SpooledEvent Parse(string fileName, ReadOnlyMemory<byte> json)
    {
        var fields = JsonElement.Parse(json.Span);
        return fields.ValueKind == JsonValueKind.Object ? new SpooledEvent(fileName, json, fields) : throw new JsonException("not an object");
    }

    /// <summary>The value at a dotted path as text; null when it is absent or null.</summary>
    public string? Text(string path) => EventFields.Text(Fields, path);
}
