using System.Globalization;
using System.Text;
using System.Text.Json;
using Septim.Hooks.Claude;

namespace Septim.Hooks.Setup;

/// <summary>
/// Finds what makes the client drop a settings file, or an entry of it. Source: validation of the client 2.1.330 in print mode, measured
/// 2026-11. Where the effect is not measured the worse one is assumed.
/// </summary>
internal static class SettingsTraps
{
    private static readonly string[] HandlerTypes = ["command", "http", "prompt", "agent", "mcp_tool"];

    public static List<SettingsTrap> Find(JsonText text)
    {
        var traps = new List<SettingsTrap>();
        void Add(JsonPart part, string key, string problem, bool dropsFile = true) =>
            traps.Add(new SettingsTrap(text.LineOf(part), key, problem, dropsFile));

        if (!text.Root.IsObject)
        {
            Add(text.Root, "the file", "is not a JSON object");
            return traps;
        }
        if (text.Root["permissions"] is { } permissions) Permissions(text, permissions, Add);
        if (text.Root["hooks"] is not { } hooks) return traps;
        if (!hooks.IsObject)
        {
            Add(hooks, "hooks", "is not an object");
            return traps;
        }
        foreach (var entry in hooks.Items)
        {
            var place = $"hooks.{entry.Name}";
            if (Array.IndexOf(HookEvent.All, entry.Name) < 0) Add(entry, place, "is not an event of the client", dropsFile: false);
            else if (!entry.IsArray) Add(entry, place, "is not a list");
            else
                for (var i = 0; i < entry.Items.Count; i++) Group(text, entry.Name!, entry.Items[i], $"{place}[{i}]", Add);
        }
        return traps;
    }

    private static void Group(JsonText text, string eventName, JsonPart group, string place, Report add)
    {
        if (group["matcher"] is { Kind: not JsonValueKind.String } matcher) add(matcher, $"{place}.matcher", "is not a text");
        if (group["hooks"] is not { IsArray: true } handlers)
        {
            add(group, place, "has no list \"hooks\"");
            return;
        }
        for (var i = 0; i < handlers.Items.Count; i++) Handler(text, eventName, handlers.Items[i], $"{place}.hooks[{i}]", add);
    }

    private static void Handler(JsonText text, string eventName, JsonPart handler, string place, Report add)
    {
        // Why: measured for Stop, where only the entry goes; under PreToolUse the whole file goes, and the others are taken to be like it.
        var dropsFile = eventName != HookEvent.Stop;
        var type = text.Text(handler["type"]);
        if (Array.IndexOf(HandlerTypes, type) < 0) add(handler, $"{place}.type", "is not a known kind of hook", dropsFile);
        if (type == "command" && handler["command"] is not { Kind: JsonValueKind.String }) add(handler, $"{place}.command", "is missing or not a text", dropsFile);
        if (handler["timeout"] is { } timeout && !IsAboveZero(text, timeout)) add(timeout, $"{place}.timeout", "is not a number above 0");
        if (handler["args"] is { } args && !IsTexts(args)) add(args, $"{place}.args", "is not a list of texts");
        if (handler["onFailure"] is { } onFailure && text.Text(onFailure) is not ("block" or "continue"))
            add(onFailure, $"{place}.onFailure", "is not \"block\" or \"continue\"");
    }

    private static void Permissions(JsonText text, JsonPart permissions, Report add)
    {
        if (!permissions.IsObject)
        {
            add(permissions, "permissions", "is not an object");
            return;
        }
        foreach (var list in permissions.Items)
        {
            if (list.Name is not ("allow" or "ask" or "deny")) continue;
            if (!list.IsArray) add(list, $"permissions.{list.Name}", "is not a list");
            for (var i = 0; i < list.Items.Count; i++)
                if (!IsRule(text.Text(list.Items[i]))) add(list.Items[i], $"permissions.{list.Name}[{i}]", "is not a rule such as \"Bash(npm test)\"");
        }
    }

    private static bool IsRule(string? rule)
    {
        if (string.IsNullOrWhiteSpace(rule)) return false;
        var open = rule.IndexOf('(', StringComparison.Ordinal);
        return open < 0 ? !rule.Contains(')', StringComparison.Ordinal) : open > 0 && rule.EndsWith(')') && rule.Length > open + 2;
    }

    private static bool IsAboveZero(JsonText text, JsonPart part) =>
        part.Kind == JsonValueKind.Number
        && double.TryParse(Encoding.ASCII.GetString(text.Raw(part)), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds > 0;

    private static bool IsTexts(JsonPart part)
    {
        if (!part.IsArray) return false;
        foreach (var item in part.Items)
            if (item.Kind != JsonValueKind.String) return false;
        return true;
    }

    private delegate void Report(JsonPart part, string key, string problem, bool dropsFile = true);
}
