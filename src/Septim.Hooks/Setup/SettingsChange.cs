using System.Text;

namespace Septim.Hooks.Setup;

/// <summary>What an installation or its undoing would do to one file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Old">Its bytes; null when there is none.</param>
/// <param name="New">What it becomes; null when it goes.</param>
internal sealed record SettingsChange(string Path, byte[]? Old, byte[]? New)
{
    public bool IsNone => Old is null ? New is null : New is not null && Old.AsSpan().SequenceEqual(New);

    public string Diff() => UnifiedDiff.Of(Old is null ? "/dev/null" : Path, New is null ? "/dev/null" : Path, Text(Old), Text(New));

    /// <summary>The file with our entries.</summary>
    /// <exception cref="HookFault">The file is not JSON, or the client would drop it; it is left as it is.</exception>
    public static SettingsChange ToWire(string path, Wiring wiring)
    {
        var old = SettingsFile.Read(path);
        var text = JsonText.Parse(old ?? [], path);
        ThrowIfDropped(path, SettingsEdit.Unwire(text));
        var wired = SettingsEdit.Wire(text, wiring);
        ThrowIfDropped(path, wired);
        return new SettingsChange(path, old, wired.Bytes);
    }

    /// <summary>The file without our entries: where nothing else changed since, byte for byte what stood there before.</summary>
    /// <exception cref="HookFault">The file is not JSON; it is left as it is.</exception>
    public static SettingsChange ToUnwire(string path)
    {
        var old = SettingsFile.Read(path);
        if (old is null) return new SettingsChange(path, null, null);
        var text = JsonText.Parse(old, path);
        if (!text.Root.IsObject) return new SettingsChange(path, old, old);
        var unwired = SettingsEdit.Unwire(text);
        if (ReferenceEquals(unwired, text)) return new SettingsChange(path, old, old);
        if (Before(path, unwired) is { } before) return new SettingsChange(path, old, before);
        // Why: without a backup there was no file before, and only our entries were in it.
        return new SettingsChange(path, old, unwired.Root.Items.Count == 0 && !SettingsFile.Backups(path).Any() ? null : unwired.Bytes);
    }

    /// <summary>The newest backup without entries of ours that says the same as the text once ours are out of it.</summary>
    private static byte[]? Before(string path, JsonText unwired)
    {
        foreach (var backup in SettingsFile.Backups(path))
        {
            if (SettingsFile.Read(backup) is not { } bytes) continue;
            try
            {
                var text = JsonText.Parse(bytes, backup);
                if (SettingsEdit.Ours(text).Count > 0) continue;
                var (then, now) = (Emptied(text), Emptied(unwired));
                if (then.Root.Items.Count + now.Root.Items.Count == 0 || then.Bytes.AsSpan().SequenceEqual(now.Bytes)) return bytes;
            }
            catch (HookFault)
            {
                continue;
            }
        }
        return null;
    }

    /// <summary>Without empty hook lists, which taking ours out cannot tell from lists that were empty before.</summary>
    private static JsonText Emptied(JsonText text)
    {
        while (true)
        {
            if (text.Root["hooks"] is not { } hooks) return text;
            var empty = hooks.Items.ToList().FindIndex(entry => entry.Items.Count == 0 && entry.IsArray);
            if (hooks.Items.Count > 0 && empty < 0) return text;
            text = hooks.Items.Count == 0
                ? text.Remove(text.Root, text.Root.Items.ToList().IndexOf(hooks))
                : text.Remove(hooks, empty);
        }
    }

    private static void ThrowIfDropped(string path, JsonText text)
    {
        var dropping = SettingsTraps.Find(text).FindAll(trap => trap.DropsFile);
        if (dropping.Count == 0) return;
        throw new HookFault($"{path}: {string.Join("; ", dropping)}. Nothing was changed: mend that and run this again, else no hook in this file would run");
    }

    private static string Text(byte[]? bytes) => bytes is null ? "" : Encoding.UTF8.GetString(bytes);
}
