using System.Text.Json;

namespace Septim.Hooks.Setup;

/// <summary>The hook file of one plugin that is switched on.</summary>
/// <param name="Name">As the settings name it: <c>guard@marketplace</c>.</param>
/// <param name="Root">Its folder; <c>${CLAUDE_PLUGIN_ROOT}</c> in commands.</param>
/// <param name="File">Its hooks.</param>
internal sealed record PluginHooks(string Name, string Root, SettingsReading File)
{
    /// <summary>
    /// Those that the client loads here: switched on by <c>enabledPlugins</c>, and installed according to
    /// <c>plugins/installed_plugins.json</c>. Source: client 2.1.330, measured 2026-11.
    /// </summary>
    public static List<PluginHooks> Find(SettingsPlaces places)
    {
        var found = new List<PluginHooks>();
        var enabled = Enabled(places);
        var path = Path.Combine(places.Client.ConfigDirectory, "plugins", "installed_plugins.json");
        if (enabled.Count == 0 || SettingsFile.Read(path) is not { } bytes) return found;
        var text = JsonText.Parse(bytes, path);
        foreach (var plugin in text.Root["plugins"]?.Items ?? [])
        {
            if (plugin.Name is not { } name || !enabled.Contains(name)) continue;
            foreach (var install in plugin.IsArray ? plugin.Items : [])
                if (text.Text(install["installPath"]) is { } root && IsFor(places, text.Text(install["projectPath"]))) AddFiles(name, root, found);
        }
        return found;
    }

    /// <summary>Of a name that several files mention, the word of the highest counts.</summary>
    private static HashSet<string> Enabled(SettingsPlaces places)
    {
        var words = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var scope in SettingsPlaces.FromHighest)
            if (SettingsReading.Of(places.PathOf(scope), scope) is { IsDropped: false, Text: { } text })
                foreach (var plugin in text.Root["enabledPlugins"]?.Items ?? [])
                    if (plugin.Name is { } name) words.TryAdd(name, plugin.Kind == JsonValueKind.True);
        return [.. words.Where(word => word.Value).Select(word => word.Key)];
    }

    private static bool IsFor(SettingsPlaces places, string? project) =>
        project is null || Path.TrimEndingDirectorySeparator(project) == Path.TrimEndingDirectorySeparator(places.ProjectDirectory);

    /// <summary><c>hooks/hooks.json</c>, and the files that the plugin's own description names beside it.</summary>
    private static void AddFiles(string name, string root, List<PluginHooks> found)
    {
        var files = new List<string> { Path.Combine(root, "hooks", "hooks.json") };
        if (SettingsReading.Of(Path.Combine(root, ".claude-plugin", "plugin.json"), SettingsScope.Plugin) is { Text: { } manifest } && manifest.Root["hooks"] is { } hooks)
        {
            if (hooks.IsObject) files.Add(Path.Combine(root, ".claude-plugin", "plugin.json"));
            foreach (var part in hooks.IsArray ? hooks.Items : [hooks])
                if (manifest.Text(part) is { } file) files.Add(Path.GetFullPath(file, root));
        }
        foreach (var file in files.Distinct())
            if (SettingsReading.Of(file, SettingsScope.Plugin) is { } reading) found.Add(new PluginHooks(name, root, reading));
    }
}
