namespace Septim.Hooks.Audit;

/// <summary>
/// Which items a folder that cannot be listed, or a source that cannot be read, leaves open: those that look for files by listing. A file
/// at a known place is looked up by its name, so that its own check sees what became of it.
/// </summary>
internal static class Gaps
{
    private static readonly int[] s_anywhere = [3, 16, 17, 19];
    private static readonly int[] s_clientFolder = [3, 11, 13, 17, 19, 22, 24];
    private static readonly int[] s_ci = [7, 9, 11, 26];
    private static readonly int[] s_environment = [1, 5];
    private static readonly int[] s_sources = [4, 9, 11, 12, 15, 20, 26];

    public static void Note(AuditContext context, AuditCheck check, ItemResult result)
    {
        foreach (var (path, reason) in context.Tree.Gaps)
            if (Concerns(check.Number, context.Roots.Show(path))) result.CannotTell($"a directory {reason}", new Place(path));
        if (s_sources.Contains(check.Number))
        {
            foreach (var source in context.Sources.Gaps) result.Use(source);
            if (context.Sources.Cut is { } cut) result.CannotTell(cut);
        }
        if (!context.Options.UseHome || !s_clientFolder.Contains(check.Number)) return;
        foreach (var gap in context.Instructions.Gaps) result.Use(gap);
    }

    private static bool Concerns(int item, string folder)
    {
        if (s_anywhere.Contains(item)) return true;
        if (folder is "." or "") return s_clientFolder.Contains(item) || s_ci.Contains(item) || s_environment.Contains(item);
        if (folder.Has(".claude")) return s_clientFolder.Contains(item);
        return s_ci.Contains(item) && (folder.Starts(".github") || folder.Starts(".gitlab") || folder.Starts(".circleci") || folder.Starts(".buildkite"));
    }
}
