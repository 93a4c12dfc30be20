using System.Globalization;
using System.Text.Json;
using Septim.Hooks.Claude;

namespace Septim.Hooks.Commands;

/// <summary>How the log is shown: columns for people, JSON lines, or CSV after RFC 4180.</summary>
internal static class LogText
{
    private static readonly string[] Columns =
        ["ts", "event", "session_id", "project", "branch", "user", "cost_usd.total", "cost_usd.turn", "turns", "tool_calls", "denials", "duration_ms", "exit_reason", "reason", "error", "event_id"];

    public static void WriteHeader(TextWriter output, string format)
    {
        if (format == "csv") output.WriteLine(string.Join(',', Columns));
    }

    public static void Write(TextWriter output, LogLine e, string format)
    {
        if (format == "json") output.WriteLine(e.Json);
        else if (format == "csv") output.WriteLine(string.Join(',', Columns.Select(column => Csv(e[column] ?? ""))));
        else output.WriteLine(OneLine(e));
    }

    public static void WriteTotals(TextWriter output, IReadOnlyList<LogTotal> totals, string by, string format) =>
        WriteTable(output, [by, "usd", "sessions", "turns", "denials"], totals, format,
            total => [total.Key, Amount(total.Usd), Number(total.Sessions.Count), Number(total.Turns), Number(total.Denials)]);

    public static void WriteDearest(TextWriter output, IReadOnlyList<LogTotal> sessions, string format) =>
        WriteTable(output, ["session", "usd", "turns", "denials", "project"], sessions, format,
            total => [total.Key, Amount(total.Usd), Number(total.Turns), Number(total.Denials), total.Project]);

    private static void WriteTable(TextWriter output, string[] names, IReadOnlyList<LogTotal> rows, string format, Func<LogTotal, string[]> cells)
    {
        if (format == "csv") output.WriteLine(string.Join(',', names));
        if (format == "text") output.WriteLine($"{names[0],-40} {names[1],14} {string.Join(' ', names[2..].Select(name => $"{name,9}"))}");
        foreach (var row in rows)
        {
            var values = cells(row);
            output.WriteLine(format switch
            {
                "csv" => string.Join(',', values.Select(Csv)),
                "json" => Json(names, values),
                _ => $"{Shown(values[0]),-40} {"$" + values[1],14} {string.Join(' ', values[2..].Select(value => $"{Shown(value),9}"))}",
            });
        }
    }

    private static string Json(string[] names, string[] values)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JsonEscapes.Only }))
        {
            json.WriteStartObject();
            for (var i = 0; i < names.Length; i++)
            {
                json.WritePropertyName(names[i]);
                if (i > 0 && names[i] != "project") json.WriteRawValue(values[i]);
                else json.WriteStringValue(values[i]);
            }
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string OneLine(LogLine e)
    {
        var project = Path.GetFileName((e["project"] ?? "").TrimEnd('/'));
        var cost = e["cost_usd.total"] is null ? "" : $"${Amount(e.Money("cost_usd.total"))} (+{Amount(e.Money("cost_usd.turn"))})";
        var session = e.Session.Length > 8 ? e.Session[..8] : e.Session;
        return Shown($"{e["ts"]} {e.Event,-14} {session,-8} {project} {cost} {e["exit_reason"]} {e["reason"]} {e["error"]}").TrimEnd();
    }

    /// <summary>The log holds texts of others: what would steer a terminal is taken out.</summary>
    private static string Shown(string text)
    {
        if (!text.Any(char.IsControl)) return text;
        return string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
    }

    private static string Amount(decimal usd) => usd.ToString("0.00##########", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Csv(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
