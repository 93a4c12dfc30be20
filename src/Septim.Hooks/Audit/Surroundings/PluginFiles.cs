using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>Hook and server files of enabled plugins.</summary>
internal static class PluginFiles
{
    private const int MaxDepth = 8;

    private static readonly System.Buffers.SearchValues<char> Hex = System.Buffers.SearchValues.Create("0123456789abcdef");

    /// <summary>Where an installed plugin came from.</summary>
    /// <param name="Plugin">Its name.</param>
    /// <param name="IsFixed">A commit or an exact version is recorded.</param>
    internal sealed record InstallRecord(string Plugin, bool IsFixed);

    public static IReadOnlyList<(Input Input, Node? Root, string Folder)> Find(AuditOptions options, InputReader inputs, EffectiveSettings settings)
    {
        var found = new List<(Input, Node?, string)>();
        if (!options.UseHome) return found;
        var enabled = Enabled(settings);
        if (enabled.Count == 0) return found;
        var gaps = new List<Input>();
        foreach (var path in inputs.ListBelow(Path.Combine(options.ConfigDirectory, "plugins"), path => IsPluginFile(path.Replace('\\', '/')), MaxDepth, gaps))
        {
            var name = path.Replace('\\', '/');
            if (!enabled.Any(plugin => name.Has($"/{plugin}/"))) continue;
            var input = inputs.Read(path);
            var root = input.HasText ? JsonTree.Parse(input.Text, out var error, out _) : null;
            if (input.HasText && root is null) input.Drop("not valid JSON", broken: true);
            found.Add((input, root, FolderOf(name)));
        }
        foreach (var gap in gaps) found.Add((gap, null, gap.Path));
        return found;
    }

    /// <summary>Agent files of enabled plugins.</summary>
    public static List<string> Agents(AuditOptions options, InputReader inputs, EffectiveSettings settings)
    {
        var enabled = options.UseHome ? Enabled(settings) : [];
        return enabled.Count == 0 ? [] : inputs.ListBelow(Path.Combine(options.ConfigDirectory, "plugins"), path => path.Replace('\\', '/') is var name && name.Ends(".md") && name.Has("/agents/") && enabled.Any(plugin => name.Has($"/{plugin}/")), MaxDepth, []);
    }

    /// <returns>Null when no record names the plugin that a file belongs to.</returns>
    public static InstallRecord? InstalledFrom(AuditContext context, string path, ItemResult item)
    {
        var name = path.Replace('\\', '/');
        var records = context.Inputs.Read(Path.Combine(context.Options.ConfigDirectory, "plugins", "installed_plugins.json"));
        if (item.Use(records) is null || JsonTree.Parse(records.Text, out _, out _)?["plugins"] is not { } plugins) return null;
        foreach (var plugin in plugins.Members)
        {
            if (!name.Has($"/{plugin.Key.Split('@')[0]}/")) continue;
            var entries = plugin.Value.Kind == NodeKind.List ? plugin.Value.Items : [plugin.Value];
            return new InstallRecord(plugin.Key, entries.All(entry => IsCommit(entry["gitCommitSha"]?.Text) || IsCommit(entry["version"]?.Text) || System.Version.TryParse(entry["version"]?.Text.TrimStart('v').Split('-', '+')[0], out _)));
        }
        return null;
    }

    private static bool IsCommit(string? text) => text is { Length: >= 12 } && !text.AsSpan().ContainsAnyExcept(Hex);

    private static HashSet<string> Enabled(EffectiveSettings settings) =>
        settings.Sources.SelectMany(source => source.Root?["enabledPlugins"]?.Members ?? []).Where(member => member.Value.IsTrue).Select(member => member.Key.Split('@')[0]).ToHashSet(StringComparer.Ordinal);

    private static bool IsPluginFile(string name) => name.Ends("/hooks/hooks.json") || name.Ends("/.mcp.json") || name.Ends("/.claude-plugin/plugin.json");

    private static string FolderOf(string name) =>
        name.Ends("/hooks/hooks.json") ? name[..^"/hooks/hooks.json".Length] : name.Ends("/.claude-plugin/plugin.json") ? name[..^"/.claude-plugin/plugin.json".Length] : name[..name.LastIndexOf('/')];
}
