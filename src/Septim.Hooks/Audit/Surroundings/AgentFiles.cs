namespace Septim.Hooks.Audit.Surroundings;

/// <summary>The custom agents of project and person.</summary>
internal static class AgentFiles
{
    public static IEnumerable<(string Path, string Name)> Find(AuditContext context)
    {
        foreach (var file in context.Tree.Below(".claude/agents", ".md")) yield return (file.Path, Path.GetFileNameWithoutExtension(file.Name));
        var folder = Path.Combine(context.Options.ConfigDirectory, "agents");
        if (!context.Options.UseHome || !Directory.Exists(folder)) yield break;
        foreach (var path in Directory.GetFiles(folder, "*.md").Order(StringComparer.Ordinal)) yield return (path, Path.GetFileNameWithoutExtension(path));
    }
}
