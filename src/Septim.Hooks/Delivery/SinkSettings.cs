using System.Text.Json;
using Septim.Hooks.Config;

namespace Septim.Hooks.Delivery;

/// <summary>One entry of <c>log.sinks</c> or <c>notify.webhooks</c>: a name, a type, and texts that the type reads.</summary>
/// <param name="Name">Names its queue: small letters, digits and dashes.</param>
/// <param name="Type">Which sink or service.</param>
/// <param name="Origin">File and line, for messages.</param>
internal sealed record SinkSettings(string Name, string Type, string Origin)
{
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Webhooks: which events; null takes the usual ones.</summary>
    public IReadOnlyList<string>? Events { get; init; }

    public string? this[string key] => Texts.GetValueOrDefault(key);

    public string Required(string key) => this[key] ?? throw new HookFault($"{Origin}: the {Type} sink \"{Name}\" needs \"{key}\"");

    public int Number(string key, int otherwise) => this[key] is not { } text ? otherwise
        : int.TryParse(text, out var number) && number > 0 ? number
        : throw new HookFault($"{Origin}: {key} of \"{Name}\" must be a whole number above 0");

    /// <param name="value">The configured list; null gives an empty one.</param>
    /// <param name="types">What is known, with the keys that each may have.</param>
    /// <exception cref="HookFault">Names file, line and what is wrong.</exception>
    public static List<SinkSettings> ReadAll(ConfigValue? value, IReadOnlyDictionary<string, string[]> types)
    {
        var all = new List<SinkSettings>();
        if (value is null) return all;
        // Why: where the log goes is never for a file in the repository to say, whoever lets such a value through.
        if (value.Layer == ConfigLayer.Project) throw new HookFault($"{value.Origin}: {value.Key.Path} may not be set by a file in the project");
        JsonElement list;
        try
        {
            list = JsonElement.Parse(value.Text);
        }
        catch (JsonException e)
        {
            throw new HookFault($"{value.Origin}: {value.Key.Path} is not valid JSON", e);
        }
        if (list.ValueKind != JsonValueKind.Array) throw new HookFault($"{value.Origin}: {value.Key.Path} must be a list");
        foreach (var entry in list.EnumerateArray())
        {
            SinkSettings settings;
            try
            {
                settings = Read(entry, value.Origin, types);
            }
            catch (InvalidOperationException e)
            {
                throw new HookFault($"{value.Origin}: an entry of {value.Key.Path} has a value of the wrong type: headers is an object of texts, events a list of texts", e);
            }
            if (all.Exists(other => other.Name == settings.Name)) throw new HookFault($"{value.Origin}: two entries are named \"{settings.Name}\"; give each a \"name\"");
            all.Add(settings);
        }
        return all;
    }

    private static SinkSettings Read(JsonElement entry, string origin, IReadOnlyDictionary<string, string[]> types)
    {
        if (entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty("type", out var typeField) || typeField.ValueKind != JsonValueKind.String)
            throw new HookFault($"{origin}: every entry is an object with a \"type\"");
        var type = typeField.GetString()!;
        if (!types.TryGetValue(type, out var keys)) throw new HookFault($"{origin}: the type \"{type}\" is not known; there are {string.Join(", ", types.Keys)}");
        var texts = new Dictionary<string, string>();
        var headers = new Dictionary<string, string>();
        List<string>? events = null;
        foreach (var field in entry.EnumerateObject())
        {
            if (field.Name is not ("type" or "name") && Array.IndexOf(keys, field.Name) < 0)
                throw new HookFault($"{origin}: {type} has no \"{field.Name}\"; it has name, {string.Join(", ", keys)}");
            if (field.Name == "headers") foreach (var header in field.Value.EnumerateObject()) headers[header.Name] = header.Value.GetString() ?? "";
            else if (field.Name == "events") events = [.. field.Value.EnumerateArray().Select(item => item.GetString() ?? "")];
            else if (field.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array) throw new HookFault($"{origin}: {field.Name} of {type} is a text or a number");
            else texts[field.Name] = field.Value.ToString();
        }
        var name = texts.GetValueOrDefault("name") ?? type;
        foreach (var c in name)
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-') throw new HookFault($"{origin}: the name \"{name}\" may hold small letters, digits and dashes");
        return new SinkSettings(name, type, origin) { Texts = texts, Headers = headers, Events = events };
    }
}
