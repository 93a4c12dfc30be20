namespace Septim.Hooks.Setup;

/// <summary>Puts our entries into a settings text and takes them out. Everything else keeps its bytes.</summary>
internal static class SettingsEdit
{
    private const string StatusLine = "statusLine";

    /// <summary>With exactly these entries of ours. A text that has them already comes back unchanged.</summary>
    public static JsonText Wire(JsonText text, Wiring wiring)
    {
        if (IsWired(text, wiring)) return text;
        text = Unwire(text);
        if (text.Root["hooks"] is null) text = text.Append(text.Root, "hooks", "{}"u8);
        foreach (var eventName in wiring.Events)
        {
            if (text.Root["hooks"]![eventName] is null) text = text.Append(text.Root["hooks"]!, eventName, "[]"u8);
            text = text.Append(text.Root["hooks"]![eventName]!, null, wiring.GroupFor(eventName));
        }
        return wiring.ShowsSpend && text.Root[StatusLine] is null ? text.Append(text.Root, StatusLine, wiring.StatusLine()) : text;
    }

    /// <summary>Without any entry of ours. What held nothing else goes with it; a list that was empty before stays.</summary>
    public static JsonText Unwire(JsonText text)
    {
        while (FindOurs(text) is { } path)
        {
            // Why from the inside out: a container goes only when our entry was all that it held.
            var depth = path.Count - 1;
            while (depth > 0 && path[depth].Container.Items.Count == 1) depth--;
            text = text.Remove(path[depth].Container, path[depth].Index);
        }
        return HasOurStatusLine(text)
            ? text.Remove(text.Root, text.Root.Items.ToList().FindLastIndex(item => item.Name == StatusLine))
            : text;
    }

    public static bool HasOurStatusLine(JsonText text) => OurHandler.IsStatusLine(text, text.Root[StatusLine]);

    /// <summary>Our handlers, with the event each stands under.</summary>
    public static List<(string Event, JsonPart Group, JsonPart Handler)> Ours(JsonText text)
    {
        var ours = new List<(string, JsonPart, JsonPart)>();
        foreach (var entry in text.Root["hooks"] is { IsObject: true } hooks ? hooks.Items : [])
            foreach (var group in entry.Items)
                foreach (var handler in group["hooks"]?.Items ?? [])
                    if (OurHandler.Is(text, handler)) ours.Add((entry.Name ?? "", group, handler));
        return ours;
    }

    private static bool IsWired(JsonText text, Wiring wiring)
    {
        var ours = Ours(text);
        if (ours.Count != wiring.Events.Count) return false;
        var statusLine = text.Root[StatusLine];
        if (wiring.ShowsSpend ? statusLine is null : HasOurStatusLine(text)) return false;
        if (HasOurStatusLine(text) && !JsonText.SameValue(text.Raw(statusLine!), wiring.StatusLine())) return false;
        var missing = new HashSet<string>(wiring.Events);
        foreach (var (eventName, group, _) in ours)
            if (!missing.Remove(eventName) || !JsonText.SameValue(text.Raw(group), wiring.GroupFor(eventName))) return false;
        return true;
    }

    /// <summary>The way from the root to one handler of ours: member hooks, event, group, handler.</summary>
    private static List<Step>? FindOurs(JsonText text)
    {
        var root = text.Root;
        for (var h = root.Items.Count - 1; h >= 0; h--)
        {
            var hooks = root.Items[h];
            if (hooks is not { Name: "hooks", IsObject: true }) continue;
            for (var e = 0; e < hooks.Items.Count; e++)
                for (var g = 0; g < hooks.Items[e].Items.Count; g++)
                {
                    var group = hooks.Items[e].Items[g];
                    if (group["hooks"] is not { IsArray: true } handlers) continue;
                    for (var i = 0; i < handlers.Items.Count; i++)
                        if (OurHandler.Is(text, handlers.Items[i]))
                            return [new(root, h), new(hooks, e), new(hooks.Items[e], g), new(handlers, i)];
                }
        }
        return null;
    }

    private readonly record struct Step(JsonPart Container, int Index);
}
