using System.Buffers;
using System.Text.Json;

namespace Septim.Hooks.Claude;

/// <summary>What one Claude Code settings file does to the guards: its hooks, whether it switches hooks off, and its permissions.</summary>
internal sealed record SettingsFacts
{
    private static readonly SearchValues<char> WordEnds = SearchValues.Create(" \t;|&\"'");

    /// <summary>A file that is missing: it holds nothing and switches nothing off.</summary>
    public static readonly SettingsFacts None = new();

    /// <summary>False when it is not one JSON object; the client then drops it whole, hooks included.</summary>
    public bool IsReadable { get; init; } = true;

    public bool DisablesAllHooks { get; init; }

    /// <summary>Events that have a septim hook.</summary>
    public IReadOnlySet<string> SeptimEvents { get; init; } = new HashSet<string>();

    /// <summary>Each septim hook whole, with its event and matcher: a changed argument, matcher or timeout makes it another.</summary>
    public IReadOnlySet<(string Event, string Hook)> SeptimHooks { get; init; } = new HashSet<(string, string)>();

    /// <summary>All hook entries, ours and others'.</summary>
    public int HookEntries { get; init; }

    /// <summary>Plugins that it switches on, as <c>name@marketplace</c>.</summary>
    public IReadOnlySet<string> Plugins { get; init; } = new HashSet<string>();

    public string? DefaultMode { get; init; }
    public bool DisablesBypassMode { get; init; }
    public IReadOnlySet<string> Allow { get; init; } = new HashSet<string>();
    public IReadOnlySet<string> Ask { get; init; } = new HashSet<string>();
    public IReadOnlySet<string> Deny { get; init; } = new HashSet<string>();

    public static SettingsFacts Read(ReadOnlyMemory<byte> json)
    {
        if (json.Span.StartsWith("\uFEFF"u8)) json = json[3..];
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : new SettingsFacts { IsReadable = false };
        }
        catch (JsonException)
        {
            return new SettingsFacts { IsReadable = false };
        }
    }

    private static SettingsFacts Read(JsonElement root)
    {
        var permissions = Child(root, "permissions");
        var (events, ours, entries) = Hooks(Child(root, "hooks"));
        return new SettingsFacts
        {
            DisablesAllHooks = Child(root, "disableAllHooks").ValueKind == JsonValueKind.True,
            SeptimEvents = events,
            SeptimHooks = ours,
            HookEntries = entries,
            Plugins = Enabled(Child(root, "enabledPlugins")),
            DefaultMode = Text(permissions, "defaultMode"),
            DisablesBypassMode = Text(permissions, "disableBypassPermissionsMode") == "disable",
            Allow = Texts(Child(permissions, "allow")),
            Ask = Texts(Child(permissions, "ask")),
            Deny = Texts(Child(permissions, "deny")),
        };
    }

    private static HashSet<string> Enabled(JsonElement plugins) =>
        plugins.ValueKind != JsonValueKind.Object ? [] : [.. plugins.EnumerateObject().Where(plugin => plugin.Value.ValueKind == JsonValueKind.True).Select(plugin => plugin.Name)];

    private static (HashSet<string> SeptimEvents, HashSet<(string, string)> SeptimHooks, int Entries) Hooks(JsonElement hooks)
    {
        var events = new HashSet<string>();
        var ours = new HashSet<(string, string)>();
        var entries = 0;
        if (hooks.ValueKind != JsonValueKind.Object) return (events, ours, entries);
        foreach (var hookEvent in hooks.EnumerateObject())
        {
            foreach (var group in Items(hookEvent.Value))
            {
                foreach (var hook in Items(Child(group, "hooks")))
                {
                    entries++;
                    if (!IsSeptim(Text(hook, "command"))) continue;
                    events.Add(hookEvent.Name);
                    ours.Add((hookEvent.Name, $"{Text(group, "matcher") ?? ""} {Compact(hook)}"));
                }
            }
        }
        return (events, ours, entries);
    }

    /// <summary>The same text for the same JSON, however it is laid out.</summary>
    private static string Compact(JsonElement element)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) element.WriteTo(json);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Whether a hook command starts septim: as a path, by name, or as the first word of a shell line.</summary>
    private static bool IsSeptim(string? command)
    {
        if (command is null) return false;
        var text = command.AsSpan().Trim().Trim("\"'");
        var end = text.IndexOfAny(WordEnds);
        var program = end < 0 ? text : text[..end];
        var slash = program.LastIndexOfAny("/\\");
        return program[(slash + 1)..] is "septim" or "septim.exe";
    }

    private static JsonElement Child(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var child) ? child : default;

    private static string? Text(JsonElement element, string name) =>
        Child(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement.ArrayEnumerator Items(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : default;

    private static HashSet<string> Texts(JsonElement element)
    {
        var texts = new HashSet<string>();
        foreach (var item in Items(element))
            if (item.ValueKind == JsonValueKind.String) texts.Add(item.GetString()!);
        return texts;
    }
}
