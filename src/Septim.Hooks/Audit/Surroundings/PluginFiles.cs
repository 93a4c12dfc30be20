using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>Hook and server files of enabled plugins.</summary>
internal static class PluginFiles
{
    public static IReadOnlyList<(Input Input, Node? Root, string Folder)> Find(AuditOptions options, InputReader inputs, EffectiveSettings settings)
    {
        var found = new List<(Input, Node?, string)>();
        if (!options.UseHome) return found;
        var folder = Path.Combine(options.ConfigDirectory, "plugins");
        var enabled = settings.Sources.SelectMany(source => source.Root?["enabledPlugins"]?.Members ?? []).Where(member => member.Value.IsTrue).Select(member => member.Key.Split('@')[0]).ToHashSet(StringComparer.Ordinal);
        if (enabled.Count == 0 || !Directory.Exists(folder)) return found;
        var walk = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 8, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
        foreach (var path in Directory.EnumerateFiles(folder, "*.json", walk).Order(StringComparer.Ordinal))
        {
            var name = path.Replace('\\', '/');
            if (!(name.Ends("/hooks/hooks.json") || name.Ends("/.mcp.json"))) continue;
            if (!enabled.Any(plugin => name.Has($"/{plugin}/"))) continue;
            var input = inputs.Read(path);
            if (!input.HasText) continue;
            var root = JsonTree.Parse(input.Text, out var error, out _);
            if (root is null) input.Drop(error!, broken: true);
            found.Add((input, root, name.Ends("/hooks/hooks.json") ? name[..^"/hooks/hooks.json".Length] : Path.GetDirectoryName(path)!));
        }
        return found;
    }
}
