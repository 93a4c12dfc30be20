using System.Text;
using System.Text.Json;
using Septim.Hooks.Claude;

namespace Septim.Hooks.Setup;

/// <summary>
/// The client's arguments with our hooks in <c>--settings</c>: the wiring that no file in the project can switch off, because the
/// command line outranks them and says <c>disableAllHooks: false</c> itself. Source: tampering cases of the client 2.1.330, measured 2026-11.
/// </summary>
internal static class RunSettings
{
    /// <summary>With these the client runs no hook but managed ones.</summary>
    private static readonly string[] WithoutHooks = ["--bare", "--safe-mode", "--restricted"];

    /// <param name="arguments">What follows the client's name.</param>
    /// <param name="wiring">Our hooks.</param>
    /// <param name="environment">Handed to every hook through the settings, so that a settings file cannot set them otherwise.</param>
    /// <param name="workingDirectory">Where a settings file that the person names lies.</param>
    /// <exception cref="HookFault">The arguments switch hooks off, or name settings that cannot be read.</exception>
    public static List<string> Apply(IReadOnlyList<string> arguments, Wiring wiring, IReadOnlyDictionary<string, string> environment, string workingDirectory)
    {
        var kept = new List<string>(arguments.Count + 2);
        var text = JsonText.Parse([], "--settings");
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (Array.IndexOf(WithoutHooks, argument) >= 0)
                throw new HookFault($"{argument} makes the client run without hooks, so there would be no ceiling; leave it out, or wire septim in the managed settings");
            if (argument == "--settings" && i + 1 < arguments.Count) text = Read(arguments[++i], workingDirectory);
            else if (argument.StartsWith("--settings=", StringComparison.Ordinal)) text = Read(argument[11..], workingDirectory);
            else kept.Add(argument);
        }
        text = SettingsEdit.Wire(text, wiring);
        text = Set(text, text.Root, "disableAllHooks", "false"u8);
        foreach (var (name, value) in environment)
        {
            if (text.Root["env"] is null) text = text.Append(text.Root, "env", "{}"u8);
            text = Set(text, text.Root["env"]!, name, Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(value)}\""));
        }
        if (SettingsTraps.Find(text).Find(trap => trap.DropsFile) is { } trap)
            throw new HookFault($"--settings: {trap}, our hooks with it");
        kept.InsertRange(0, ["--settings", Compact(text)]);
        return kept;
    }

    /// <summary>The events of every preset, in the way in which this person is wired already, so that the client sees one hook and not two.</summary>
    public static Wiring WiringLike(SettingsPlaces places, string? programPath)
    {
        var events = Preset.Recommended.Events;
        if (WiredHook.Find(places).Find(hook => hook is { IsOurs: true, Verb: "hook", Event: HookEvent.PreToolUse }) is { } wired)
            return wired.Args is not null ? new Wiring(wired.Command, HookForm.Exec, events)
                : new Wiring(OurHandler.FirstWord(wired.Command), wired.BlocksOnFailure ? HookForm.ShellAndOnFailure : HookForm.Shell, events);
        return new Wiring(programPath is not null && OurHandler.IsSeptim(programPath) ? programPath : "septim", Wiring.FormFor(null), events);
    }

    private static JsonText Read(string given, string workingDirectory)
    {
        if (given.AsSpan().TrimStart().StartsWith("{")) return JsonText.Parse(Encoding.UTF8.GetBytes(given), "--settings");
        var path = Path.GetFullPath(given, workingDirectory);
        return JsonText.Parse(SettingsFile.Read(path) ?? throw new HookFault($"--settings {path} does not exist"), path);
    }

    private static JsonText Set(JsonText text, JsonPart container, string name, ReadOnlySpan<byte> value)
    {
        var place = container.Start;
        for (var i = container.Items.Count - 1; i >= 0; i--)
        {
            if (container.Items[i].Name != name) continue;
            text = text.Remove(container, i);
            container = Find(text.Root, place);
        }
        return text.Append(container, name, value);
    }

    private static JsonPart Find(JsonPart part, int start)
    {
        if (part.Start == start) return part;
        foreach (var item in part.Items)
            if (item.Start <= start && start < item.End) return Find(item, start);
        return part;
    }

    private static string Compact(JsonText text)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(text.Bytes.Length);
        using (var json = new Utf8JsonWriter(buffer))
        using (var document = JsonDocument.Parse(text.Bytes))
            document.RootElement.WriteTo(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
