using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Septim.Hooks.Claude;
using Septim.Hooks.Config;

namespace Septim.Hooks.Tests.Support;

/// <summary>What follows from the list of settings: the JSON schema of <c>septim.json</c>, a file with every default, and the table for people.</summary>
internal static class ConfigSchema
{
    /// <summary>JSON Schema 2020-12, for editors.</summary>
    public static string Schema() => Write(json =>
    {
        json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
        json.WriteString("title", "septim.json");
        WriteObject(json, "", (key, name) =>
        {
            json.WriteStartObject(name);
            json.WriteString("description", key.Variable is null ? key.Help : $"{key.Help} Variable: {key.Variable}.");
            WriteType(json, key);
            json.WriteEndObject();
        }, asSchema: true);
    });

    /// <summary>Every setting that has a default, at its default. Settings without one stand in <see cref="Table"/> only.</summary>
    public static string Template() => Write(json =>
    {
        json.WriteString("$schema", "./septim.schema.json");
        WriteObject(json, "", (key, name) =>
        {
            if (key.Default is null) return;
            json.WritePropertyName(name);
            WriteDefault(json, key);
        }, asSchema: false);
    });

    /// <summary>A Markdown table.</summary>
    public static string Table()
    {
        var text = new StringBuilder("| key | default | variable | what it does | a project file may |\n| --- | --- | --- | --- | --- |\n");
        foreach (var key in ConfigKeys.All)
            text.Append($"| `{key.Path}` | {Code(key.Default)} | {Code(key.Variable)} | {key.Help.Replace("|", "\\|", StringComparison.Ordinal)}{Choices(key)} | {May(key)} |\n");
        return text.ToString();
    }

    private static string Code(string? text) => text is null ? "" : $"`{text.Replace("|", "\\|", StringComparison.Ordinal)}`";

    private static string Choices(ConfigKey key) => key.Choices.Length == 0 ? "" : $" One of {string.Join(", ", key.Choices.Select(Code))}.";

    private static string May(ConfigKey key) => key.Tightening switch
    {
        Tightening.Never => "not set it",
        Tightening.Lower => "lower it",
        Tightening.Higher => "raise it",
        Tightening.Later => "choose a later one",
        _ => "add to it",
    };

    private static void WriteObject(Utf8JsonWriter json, string section, Action<ConfigKey, string> member, bool asSchema)
    {
        if (asSchema)
        {
            json.WriteString("type", "object");
            json.WriteBoolean("additionalProperties", false);
            json.WriteStartObject("properties");
            if (section.Length == 0)
            {
                json.WriteStartObject("$schema");
                json.WriteString("type", "string");
                json.WriteEndObject();
            }
        }
        var done = new HashSet<string>();
        foreach (var key in ConfigKeys.All)
        {
            if (!key.Path.StartsWith(section, StringComparison.Ordinal)) continue;
            var rest = key.Path[section.Length..];
            var dot = rest.IndexOf('.', StringComparison.Ordinal);
            if (dot < 0)
            {
                member(key, rest);
            }
            else if (done.Add(rest[..dot]))
            {
                json.WriteStartObject(rest[..dot]);
                WriteObject(json, section + rest[..(dot + 1)], member, asSchema);
                json.WriteEndObject();
            }
        }
        if (asSchema) json.WriteEndObject();
    }

    private static void WriteType(Utf8JsonWriter json, ConfigKey key)
    {
        switch (key.Kind)
        {
            case ConfigKind.UsdOrOff:
                WriteEither(json, "number", "exclusiveMinimum", 0, @"^(off|\$?([0-9]+\.?[0-9]*|\.[0-9]+))$");
                break;
            case ConfigKind.CountOrOff:
                WriteEither(json, "integer", "minimum", 1, "^(off|[1-9][0-9]*)$");
                break;
            case ConfigKind.Count:
                json.WriteString("type", "integer");
                json.WriteNumber("minimum", 0);
                break;
            case ConfigKind.Percents:
                WriteArray(json, "integer", 1, 100);
                break;
            case ConfigKind.Texts:
                WriteArray(json, "string", null, null);
                break;
            case ConfigKind.Choice:
                json.WriteStartArray("enum");
                foreach (var choice in key.Choices) json.WriteStringValue(choice);
                json.WriteEndArray();
                break;
            case ConfigKind.Flag:
                json.WriteString("type", "boolean");
                break;
            case ConfigKind.Json:
                json.WriteStartArray("type");
                json.WriteStringValue("object");
                json.WriteStringValue("array");
                json.WriteEndArray();
                break;
            default:
                json.WriteString("type", "string");
                break;
        }
        if (key.Default is null) return;
        json.WritePropertyName("default");
        WriteDefault(json, key);
    }

    private static void WriteEither(Utf8JsonWriter json, string type, string bound, int value, string pattern)
    {
        json.WriteStartArray("anyOf");
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteNumber(bound, value);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "string");
        json.WriteString("pattern", pattern);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteArray(Utf8JsonWriter json, string type, int? minimum, int? maximum)
    {
        json.WriteString("type", "array");
        json.WriteStartObject("items");
        json.WriteString("type", type);
        if (minimum is { } low) json.WriteNumber("minimum", low);
        if (maximum is { } high) json.WriteNumber("maximum", high);
        json.WriteEndObject();
    }

    private static void WriteDefault(Utf8JsonWriter json, ConfigKey key)
    {
        var text = key.Default!;
        switch (key.Kind)
        {
            case ConfigKind.Percents or ConfigKind.Texts:
                json.WriteStartArray();
                foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
                    if (key.Kind == ConfigKind.Percents) json.WriteNumberValue(int.Parse(part, CultureInfo.InvariantCulture));
                    else json.WriteStringValue(part);
                json.WriteEndArray();
                break;
            case ConfigKind.UsdOrOff or ConfigKind.CountOrOff when text == ConfigText.Off:
            case ConfigKind.Choice or ConfigKind.Text:
                json.WriteStringValue(text);
                break;
            default:
                json.WriteRawValue(text);
                break;
        }
    }

    private static string Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(8192);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JsonEscapes.Only }))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }
}
