using System.Text;
using System.Text.Json;
using Septim.Hooks.Claude;
using Septim.Hooks.Setup;

namespace Septim.Hooks.Audit;

/// <summary>What <c>audit --fix</c> would write: the old and the new text of each file. Writes nothing itself.</summary>
internal static class FixPlan
{
    /// <returns>By path: the bytes that stand there (null: no file) and those that shall.</returns>
    /// <exception cref="HookFault">A file that must be edited cannot be understood.</exception>
    public static SortedDictionary<string, (byte[]? Old, byte[] New)> Of(AuditReport report)
    {
        var plan = new SortedDictionary<string, (byte[]? Old, byte[] New)>(StringComparer.Ordinal);
        var wired = new HashSet<string>(StringComparer.Ordinal);
        foreach (var finding in report.Items.SelectMany(item => item.Findings))
        {
            if (finding.Fix?.Edit is not { } edit || finding.SuppressedBy is not null) continue;
            // Why once: hooks of a program that has another name than septim are not known again by it.
            if (edit.Kind == FixEditKind.WireHooks && !wired.Add(edit.Path)) continue;
            if (!plan.TryGetValue(edit.Path, out var file))
            {
                var old = SettingsFile.Read(edit.Path);
                file = (old, old ?? []);
            }
            plan[edit.Path] = (file.Old, Apply(edit, file.New));
        }
        foreach (var (path, file) in plan.ToArray())
            if (file.Old is not null && file.New.AsSpan().SequenceEqual(file.Old)) plan.Remove(path);
        return plan;
    }

    /// <summary>What one edit alone would change, as a unified diff; null when nothing, or when the file cannot be understood.</summary>
    /// <param name="edit">Of a finding.</param>
    /// <param name="shown">The file's name in the diff.</param>
    public static string? DiffOf(FixEdit edit, string shown)
    {
        try
        {
            var old = SettingsFile.Read(edit.Path);
            var diff = UnifiedDiff.Of(old is null ? "/dev/null" : shown, shown, Encoding.UTF8.GetString(old ?? []), Encoding.UTF8.GetString(Apply(edit, old ?? [])));
            return diff.Length == 0 ? null : diff;
        }
        // Why: --fix says what is wrong with the file; the report has a finding of its own for it.
        catch (HookFault)
        {
            return null;
        }
    }

    private static byte[] Apply(FixEdit edit, byte[] text) => edit.Kind switch
    {
        FixEditKind.CreateFile => text.Length > 0 ? text : Encoding.UTF8.GetBytes(edit.Value),
        FixEditKind.WireHooks => SettingsEdit.Wire(JsonText.Parse(text, edit.Path), new Wiring(edit.Value, Wiring.FormFor(null), Preset.Recommended.Events)).Bytes,
        FixEditKind.AddLine => AddLine(text, edit.Value),
        FixEditKind.Remove => Remove(JsonText.Parse(text, edit.Path), edit.Keys).Bytes,
        FixEditKind.ReplaceInList => ReplaceInList(JsonText.Parse(text, edit.Path), edit),
        FixEditKind.SetOnHook => SetOnHook(JsonText.Parse(text, edit.Path), edit).Bytes,
        _ => Set(JsonText.Parse(text, edit.Path), edit).Bytes,
    };

    private static byte[] AddLine(byte[] text, string line)
    {
        var lines = Encoding.UTF8.GetString(text);
        if (lines.Split('\n').Any(one => one.Trim() == line)) return text;
        var newLine = lines.Has("\r\n") ? "\r\n" : "\n";
        return Encoding.UTF8.GetBytes($"{lines}{(lines.Length > 0 && !lines.Ends("\n") ? newLine : "")}{line}{newLine}");
    }

    private static JsonText Set(JsonText text, FixEdit edit)
    {
        for (var depth = 0; depth < edit.Keys.Count - 1; depth++)
            if (Part(text, edit.Keys, depth + 1) is null) text = text.Append(Part(text, edit.Keys, depth)!, edit.Keys[depth], "{}"u8);
        var holder = Part(text, edit.Keys, edit.Keys.Count - 1)!;
        if (holder.Kind != JsonValueKind.Object) throw new HookFault($"{edit.Path}: {edit.Keys[0]} is not an object; mend it first");
        var present = holder[edit.Keys[^1]];
        if (edit.Kind != FixEditKind.AppendToList) return present is null ? text.Append(holder, edit.Keys[^1], Encoding.UTF8.GetBytes(edit.Value)) : text;
        if (present is null) text = text.Append(holder, edit.Keys[^1], "[]"u8);
        foreach (var value in edit.Value.Split('\n'))
        {
            var list = Part(text, edit.Keys, edit.Keys.Count)!;
            if (!list.Items.Any(item => text.Text(item) == value)) text = text.Append(list, null, Encoding.UTF8.GetBytes("\"" + JsonEncodedText.Encode(value, JsonEscapes.Only) + "\""));
        }
        return text;
    }

    private static byte[] ReplaceInList(JsonText text, FixEdit edit)
    {
        var (old, now) = (edit.Value[..edit.Value.IndexOf('\n')], edit.Value[(edit.Value.IndexOf('\n') + 1)..]);
        var items = Part(text, edit.Keys, edit.Keys.Count)?.Items.Where(item => text.Text(item) == old).ToList() ?? [];
        if (items.Count != 1) return text.Bytes;
        var json = Encoding.UTF8.GetBytes("\"" + JsonEncodedText.Encode(now, JsonEscapes.Only) + "\"");
        return [.. text.Bytes.AsSpan(0, items[0].Start), .. json, .. text.Bytes.AsSpan(items[0].End)];
    }

    /// <summary>Finds the hook by event and command, since lines move with every edit; sets the key where it is not there yet.</summary>
    private static JsonText SetOnHook(JsonText text, FixEdit edit)
    {
        for (var i = 0; ; i++)
        {
            var handlers = (text.Root["hooks"]?[edit.Keys[0]]?.Items ?? []).SelectMany(group => group["hooks"]?.Items ?? []).ToList();
            if (i >= handlers.Count) return text;
            if (text.Text(handlers[i]["command"] ?? handlers[i]["url"]) == edit.Keys[1] && handlers[i][edit.Keys[2]] is null) text = text.Append(handlers[i], edit.Keys[2], Encoding.UTF8.GetBytes(edit.Value));
        }
    }

    private static JsonText Remove(JsonText text, IReadOnlyList<string> keys)
    {
        if (Part(text, keys, keys.Count - 1) is not { Kind: JsonValueKind.Object } holder) return text;
        for (var i = 0; i < holder.Items.Count; i++)
            if (holder.Items[i].Name == keys[^1]) return text.Remove(holder, i);
        return text;
    }

    private static JsonPart? Part(JsonText text, IReadOnlyList<string> keys, int depth)
    {
        JsonPart? part = text.Root;
        for (var i = 0; i < depth && part is not null; i++) part = part[keys[i]];
        return part;
    }
}
