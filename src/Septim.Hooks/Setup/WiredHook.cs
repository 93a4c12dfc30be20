using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Septim.Hooks.Setup;

/// <summary>One command hook as a settings file has it.</summary>
internal sealed record WiredHook
{
    private const double DefaultTimeoutSeconds = 600;

    public required SettingsScope Scope { get; init; }
    public required string File { get; init; }
    public required int Line { get; init; }
    public required string Event { get; init; }
    public string? Matcher { get; init; }
    public required string Command { get; init; }

    /// <summary>Of a plugin's hook its folder, which the client puts in place of <c>${CLAUDE_PLUGIN_ROOT}</c>; null for others.</summary>
    public string? PluginRoot { get; init; }

    /// <summary>Null in the shell form.</summary>
    public IReadOnlyList<string>? Args { get; init; }
    public double TimeoutSeconds { get; init; } = DefaultTimeoutSeconds;

    /// <summary><c>onFailure: "block"</c>.</summary>
    public bool BlocksOnFailure { get; init; }

    /// <summary>An answer that comes later decides nothing.</summary>
    public bool IsAsync { get; init; }
    /// <summary><c>if</c>: the permission rule that a call must fit, else the hook is not called. Null: it always is.</summary>
    public string? If { get; init; }
    public bool IsOurs { get; init; }

    /// <summary>Of ours: hook, or the gate or recorder. Null for foreign hooks.</summary>
    public string? Verb { get; init; }

    /// <summary>As one line for people.</summary>
    public string CommandLine => Args is null ? Command : string.Join(' ', [Command, .. Args]);

    /// <summary>Whether a tool of that name reaches this hook. An expression that JavaScript alone understands counts as reaching it.</summary>
    public bool Covers(string tool)
    {
        if (Matcher is null or "" or "*" or ".*") return true;
        foreach (var c in Matcher)
            if (!char.IsAsciiLetterOrDigit(c) && "_-,| ".IndexOf(c, StringComparison.Ordinal) < 0)
                return CoversByExpression(Matcher, tool);
        return Array.Exists(Matcher.Split(['|', ','], StringSplitOptions.TrimEntries), name => name == tool);
    }

    /// <summary>Every command hook of the files that the client reads, in the order in which its scopes weigh, those of plugins last.</summary>
    public static List<WiredHook> Find(SettingsPlaces places)
    {
        var found = new List<WiredHook>();
        foreach (var scope in SettingsPlaces.FromHighest)
            if (SettingsReading.Of(places.PathOf(scope), scope) is { Text: { } text, IsDropped: false } file) AddAll(file, text, null, found);
        foreach (var plugin in PluginHooks.Find(places))
            if (plugin.File is { Text: { } text, IsDropped: false }) AddAll(plugin.File, text, plugin.Root, found);
        return found;
    }

    private static void AddAll(SettingsReading file, JsonText text, string? pluginRoot, List<WiredHook> found)
    {
        foreach (var entry in text.Root["hooks"]?.Items ?? [])
            foreach (var group in entry.Items)
                foreach (var handler in group["hooks"]?.Items ?? [])
                {
                    if (text.Text(handler["type"]) != "command" || text.Text(handler["command"]) is not { } command) continue;
                    var args = handler["args"]?.Items.Select(arg => text.Text(arg) ?? "").ToList();
                    var ours = OurHandler.Is(text, handler);
                    found.Add(new WiredHook
                    {
                        Scope = file.Scope,
                        File = file.Path,
                        PluginRoot = pluginRoot,
                        Line = text.LineOf(handler),
                        Event = entry.Name ?? "",
                        Matcher = text.Text(group["matcher"]),
                        Command = command,
                        Args = args,
                        TimeoutSeconds = Number(text, handler["timeout"]) ?? DefaultTimeoutSeconds,
                        BlocksOnFailure = text.Text(handler["onFailure"]) == "block",
                        IsAsync = handler["async"] is { Kind: JsonValueKind.True },
                        If = text.Text(handler["if"]),
                        IsOurs = ours,
                        Verb = ours ? args is { Count: > 0 } ? args[0] : OurHandler.SecondWord(command) : null,
                    });
                }
    }

    private static bool CoversByExpression(string matcher, string tool)
    {
        try
        {
            return System.Text.RegularExpressions.Regex.IsMatch(tool, matcher, System.Text.RegularExpressions.RegexOptions.ECMAScript, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException)
        {
            // Why: an invalid expression never matches (measured), so the hook is never called.
            return false;
        }
    }

    private static double? Number(JsonText text, JsonPart? part) =>
        part is { Kind: JsonValueKind.Number } && double.TryParse(Encoding.ASCII.GetString(text.Raw(part)), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
