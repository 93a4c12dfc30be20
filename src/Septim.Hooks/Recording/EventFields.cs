using System.Text.Json;

namespace Septim.Hooks.Recording;

/// <summary>Reads back what <see cref="EventJson"/> writes.</summary>
internal static class EventFields
{
    /// <summary>The value at a dotted path as text, a list joined by commas; null when it is absent or null.</summary>
    public static string? Text(JsonElement fields, string path)
    {
        var value = fields;
        foreach (var part in path.Split('.'))
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(part, out value)) return null;
        return value.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(item => item.ToString())),
            _ => value.GetRawText(),
        };
    }
}
