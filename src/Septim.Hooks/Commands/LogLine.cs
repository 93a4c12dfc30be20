using System.Globalization;
using System.Text.Json;
using Septim.Hooks.Recording;

namespace Septim.Hooks.Commands;

/// <summary>One event of the log as it is read back. Absent fields are null; money is decimal US dollars.</summary>
internal sealed record LogLine(string Json, JsonElement Fields)
{
    public string? this[string path] => EventFields.Text(Fields, path);

    public string Event => this["event"] ?? "";

    public string Session => this["session_id"] ?? "";

    public decimal Money(string path) => decimal.TryParse(this[path], NumberStyles.Float, CultureInfo.InvariantCulture, out var usd) ? usd : 0;

    public long Count(string path) => long.TryParse(this[path], NumberStyles.Integer, CultureInfo.InvariantCulture, out var count) ? count : 0;
}
