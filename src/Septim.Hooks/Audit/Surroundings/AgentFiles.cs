namespace Septim.Hooks.Audit.Surroundings;

/// <summary>The custom agents of project, person and enabled plugins.</summary>
internal static class AgentFiles
{
    public static IEnumerable<(string Path, string Name)> Find(AuditContext context)
    {
        foreach (var file in context.Tree.Below(".claude/agents", ".md")) yield return (file.Path, Path.GetFileNameWithoutExtension(file.Name));
        if (!context.Options.UseHome) yield break;
        foreach (var path in context.Inputs.ListBelow(Path.Combine(context.Options.ConfigDirectory, "agents"), path => path.Ends(".md"), 8, [])) yield return (path, Path.GetFileNameWithoutExtension(path));
        foreach (var path in PluginFiles.Agents(context.Options, context.Inputs, context.Settings)) yield return (path, Path.GetFileNameWithoutExtension(path));
    }
}
