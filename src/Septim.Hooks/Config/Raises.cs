using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Config;

/// <summary>The raises of one person: a JSON line each, in the order in which they were made; the last one for a key counts.</summary>
internal static class Raises
{
    /// <exception cref="HookFault">The file is there and cannot be read or understood.</exception>
    public static List<ConfigValue> InForce(string path, DateTimeOffset now)
    {
        var values = new List<ConfigValue>();
        var line = 0;
        foreach (var raise in Read(path))
        {
            line++;
            // Why At: a clock set back must not revive a raise that has not been made yet.
            if (raise.Until > now && raise.At <= now.AddMinutes(5))
                values.Add(new ConfigValue(raise.Key, raise.Text, ConfigLayer.Raise, $"{path}:{line} (until {raise.Until:u} by {raise.By}: {raise.Reason})"));
        }
        return values;
    }

    public static List<Raise> Read(string path)
    {
        var raises = new List<Raise>();
        if (!ConfigFile.IsThere(path)) return raises;
        string[] lines;
        try
        {
            RegularFile.ThrowIfOther(path);
            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ConfigFile.Unreadable(path, e);
        }
        for (var i = 0; i < lines.Length; i++)
            if (lines[i].Length > 0) raises.Add(Parse(lines[i], $"{path}:{i + 1}"));
        return raises;
    }

    public static string ToLine(Raise raise)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("key", raise.Key.Path);
            json.WriteString("value", raise.Text);
            json.WriteString("until", raise.Until);
            json.WriteString("by", raise.By);
            json.WriteString("at", raise.At);
            json.WriteString("reason", raise.Reason);
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static Raise Parse(string line, string place)
    {
        string? key = null, value = null, until = null, by = null, at = null, reason = null;
        try
        {
            var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(line));
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString();
                reader.Read();
                var text = reader.GetString();
                switch (name)
                {
                    case "key": key = text; break;
                    case "value": value = text; break;
                    case "until": until = text; break;
                    case "by": by = text; break;
                    case "at": at = text; break;
                    case "reason": reason = text; break;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new HookFault($"config: {place}: not a raise; remove the line or the file", e);
        }
        if (key is null || value is null || ConfigKeys.Find(key) is not { } found || !Time(until, out var end) || !Time(at, out var made))
            throw new HookFault($"config: {place}: not a raise; remove the line or the file");
        ConfigText.Validate(found, value, $"config: {place}");
        return new Raise(found, value, end, by ?? "", made, reason ?? "");
    }

    private static bool Time(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
}
