namespace Septim.Hooks.Commands.Replay;

/// <summary>Which transcripts a replay reads, and to which session each belongs.</summary>
internal static class RecordedFiles
{
    private const string Extension = ".jsonl";

    private static readonly string s_agents = $"{Path.DirectorySeparatorChar}subagents{Path.DirectorySeparatorChar}";

    /// <param name="paths">Transcripts, which bring their agents' along, or directories of them.</param>
    /// <param name="projectsDirectory">The user's folder of transcripts; those that lie elsewhere are shown as if they lay there.</param>
    /// <exception cref="HookFault">A path is not there, or cannot be read.</exception>
    public static List<RecordedFile> Find(IEnumerable<string> paths, string projectsDirectory)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (Directory.Exists(path)) AddAll(names, path);
            else if (File.Exists(path))
            {
                names.Add(path);
                if (path.EndsWith(Extension, StringComparison.Ordinal) && Directory.Exists(path[..^Extension.Length] + s_agents)) AddAll(names, path[..^Extension.Length] + s_agents);
            }
            else throw new HookFault($"{path} is neither a transcript nor a directory");
        }
        var sessions = new Dictionary<string, RecordedSession>(StringComparer.Ordinal);
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        var files = new List<RecordedFile>();
        foreach (var path in names)
        {
            var at = path.IndexOf(s_agents, StringComparison.Ordinal);
            // Why the look at the main file: an agent's transcript that was given alone is a thread of its own.
            var main = at > 0 && names.Contains(path[..at] + Extension) ? path[..at] + Extension : path;
            var folder = Path.GetDirectoryName(main)!;
            if (!folders.TryGetValue(folder, out var shown))
                folders[folder] = shown = IsBelow(folder, projectsDirectory) ? folder : Path.Combine(projectsDirectory, $"replay-{folders.Count}");
            var shownMain = Path.Combine(shown, Path.GetFileName(main));
            if (!sessions.TryGetValue(main, out var session))
                sessions[main] = session = new RecordedSession(Path.GetFileNameWithoutExtension(main), shownMain);
            files.Add(new RecordedFile(path, shown + path[folder.Length..], session, main == path ? null : AgentIdOf(path), files.Count));
        }
        return files;
    }

    private static void AddAll(SortedSet<string> names, string directory)
    {
        try
        {
            names.UnionWith(Directory.EnumerateFiles(directory, "*" + Extension, SearchOption.AllDirectories));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HookFault($"{directory} cannot be read ({Cause.Of(e)})", e);
        }
    }

    private static string AgentIdOf(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return name.StartsWith("agent-", StringComparison.Ordinal) ? name["agent-".Length..] : name;
    }

    private static bool IsBelow(string folder, string root) =>
        folder == root || (folder.StartsWith(root, StringComparison.Ordinal) && folder[root.Length] == Path.DirectorySeparatorChar);
}
