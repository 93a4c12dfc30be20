using System.Text.Json;

namespace Septim.Hooks.Setup;

/// <summary>A settings file as the client would take it.</summary>
/// <param name="Scope">Which one.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Text">Null when it cannot be read or is not JSON.</param>
/// <param name="Problem">Why <paramref name="Text"/> is null.</param>
/// <param name="Traps">What makes the client drop it, or parts of it.</param>
internal sealed record SettingsReading(SettingsScope Scope, string Path, JsonText? Text, string? Problem, IReadOnlyList<SettingsTrap> Traps)
{
    /// <summary>The client ignores the whole file without a word.</summary>
    public bool IsDropped => Text is null || Traps.Any(trap => trap.DropsFile);

    /// <summary>Its <c>disableAllHooks</c>; null when it says nothing or is dropped.</summary>
    public bool? DisablesHooks => IsDropped ? null : Text!.Root["disableAllHooks"]?.Kind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <returns>Null when there is no such file.</returns>
    public static SettingsReading? Of(string path, SettingsScope scope)
    {
        try
        {
            if (SettingsFile.Read(path) is not { } bytes) return null;
            var text = JsonText.Parse(bytes, path);
            return new SettingsReading(scope, path, text, null, SettingsTraps.Find(text));
        }
        catch (HookFault fault)
        {
            return new SettingsReading(scope, path, null, fault.Message, []);
        }
    }

    /// <summary>The file whose <c>disableAllHooks: true</c> wins; null when hooks run. Precedence: managed, local, project, user.</summary>
    public static SettingsReading? Disabler(SettingsPlaces places)
    {
        foreach (var scope in SettingsPlaces.FromHighest)
            if (Of(places.PathOf(scope), scope) is { DisablesHooks: { } disables } file) return disables ? file : null;
        return null;
    }
}
