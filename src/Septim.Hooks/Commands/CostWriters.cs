using System.Text;
using System.Text.Json;
using Septim.Hooks.Claude;
using Septim.Hooks.Spend;

namespace Septim.Hooks.Commands;

/// <summary>A <see cref="CostReport"/> as text, JSON and CSV.</summary>
internal static class CostWriters
{
    private const int Decimals = 6;

    public static void Text(CostReport report, CommandIo io, Usd? ceiling)
    {
        var output = io.Out;
        var reading = report.Reading;
        var (bold, plain) = io.Colour ? ("\u001b[1m", "\u001b[0m") : ("", "");
        output.WriteLine($"{report.Scope.Title}");
        // Why: "at least" must not be rounded up.
        output.WriteLine($"{bold}at least ${report.Total.ToText(Decimals)}{plain}");
        if (report.Scope.From is null && reading.Total > reading.LinesTotal)
        {
            output.WriteLine($"  of it {(reading.Total - reading.LinesTotal).ToText(Decimals)} USD leave no line (compaction and the like); the client's own total proves them");
        }
        if (ceiling is { } limit)
        {
            output.WriteLine(report.Total >= limit ? $"  session ceiling {limit.ToDisplay()}: reached"
                : $"  session ceiling {limit.ToDisplay()}: {(limit - report.Total).ToText(Decimals)} USD left");
        }
        output.WriteLine($"  {Plural.Of(report.Sum.Responses, "response")}, {Plural.Of(reading.ToolCalls, "tool call")}, {Plural.Of(reading.Files.Count, "transcript")}");
        output.WriteLine($"  tokens: {Tokens(report.Sum.Tokens)}");
        output.WriteLine();
        var width = 8;
        var lines = report.By is null ? report.Models : report.Groups;
        foreach (var line in lines) width = Math.Max(width, line.Key.Length);
        output.WriteLine($"{(report.By ?? "model").PadRight(width)}  {"USD",16}  {"responses",9}");
        foreach (var line in lines) output.WriteLine($"{line.Key.PadRight(width)}  {line.Total.ToText(Decimals),16}  {line.Responses,9}");
        foreach (var model in reading.UnknownModels) output.WriteLine($"no price is known for \"{model}\"; it is charged at the dearest known price");
        foreach (var kind in reading.UnknownIterations) output.WriteLine($"usage.iterations kind \"{kind}\" is not known; it was added");
        if (reading.GarbageLines > 0) output.WriteLine($"{Plural.Of(reading.GarbageLines, "line")} could not be read; the figures lack what stands there");
    }

    public static void Json(CostReport report, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JsonEscapes.Only }))
        {
            var reading = report.Reading;
            json.WriteStartObject();
            json.WriteString("scope", report.Scope.Title);
            json.WriteNumber("total_picousd", report.Total.Pico);
            json.WriteString("total_usd", report.Total.ToText(Decimals));
            json.WriteNumber("lines_picousd", report.Sum.Total.Pico);
            json.WriteString("lines_usd", report.Sum.Total.ToText(Decimals));
            json.WriteBoolean("is_lower_bound", true);
            json.WriteNumber("responses", report.Sum.Responses);
            json.WriteNumber("tool_calls", reading.ToolCalls);
            WriteTokens(json, report.Sum.Tokens);
            WriteLines(json, "models", "model", report.Models);
            if (report.By is { } by) WriteLines(json, "groups", by, report.Groups);
            WriteStrings(json, "unknown_models", reading.UnknownModels);
            WriteStrings(json, "unknown_iterations", reading.UnknownIterations);
            json.WriteNumber("files_read", reading.Files.Count);
            WriteStrings(json, "files", [.. reading.Files.Select(f => f.Path)]);
            json.WriteNumber("bytes_read", reading.BytesRead);
            json.WriteNumber("garbage_lines", reading.GarbageLines);
            WriteTime(json, "first_timestamp", reading.FirstTimestamp);
            WriteTime(json, "last_timestamp", reading.LastTimestamp);
            json.WriteEndObject();
        }
        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }

    public static void Csv(CostReport report, TextWriter output)
    {
        output.WriteLine($"{report.By ?? "model"},responses,input,output,cache_read,cache_write_5m,cache_write_1h,web_searches,usd,picousd");
        foreach (var line in report.By is null ? report.Models : report.Groups) WriteRow(line);
        WriteRow(report.Sum);

        void WriteRow(CostLine line)
        {
            var t = line.Tokens;
            var key = line.Key.AsSpan().ContainsAny(",\"\r\n") ? "\"" + line.Key.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : line.Key;
            var total = ReferenceEquals(line, report.Sum) ? report.Total : line.Total;
            output.WriteLine($"{key},{line.Responses},{t.Input},{t.Output},{t.CacheRead},{t.CacheWrite5m},{t.CacheWrite1h},{t.WebSearches},{total.ToText(Decimals)},{total.Pico}");
        }
    }

    private static string Tokens(TokenCounts t) =>
        $"{t.Input} input, {t.Output} output, {t.CacheRead} cache read, {t.CacheWrite5m} cache write 5m, {t.CacheWrite1h} cache write 1h"
        + (t.WebSearches > 0 ? $"; web searches: {t.WebSearches}" : "");

    private static void WriteTokens(Utf8JsonWriter json, TokenCounts t)
    {
        json.WriteStartObject("tokens");
        json.WriteNumber("input", t.Input);
        json.WriteNumber("output", t.Output);
        json.WriteNumber("cache_read", t.CacheRead);
        json.WriteNumber("cache_write_5m", t.CacheWrite5m);
        json.WriteNumber("cache_write_1h", t.CacheWrite1h);
        json.WriteNumber("web_searches", t.WebSearches);
        json.WriteEndObject();
    }

    private static void WriteLines(Utf8JsonWriter json, string name, string key, IReadOnlyList<CostLine> lines)
    {
        json.WriteStartArray(name);
        foreach (var line in lines)
        {
            json.WriteStartObject();
            json.WriteString(key, line.Key);
            json.WriteNumber("picousd", line.Total.Pico);
            json.WriteString("usd", line.Total.ToText(Decimals));
            json.WriteNumber("responses", line.Responses);
            WriteTokens(json, line.Tokens);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } at) json.WriteString(name, at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", null));
        else json.WriteNull(name);
    }
}
