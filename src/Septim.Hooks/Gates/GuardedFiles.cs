namespace Septim.Hooks.Gates;

/// <summary>Which files config-gate guards, by their absolute, normalised path.</summary>
internal static class GuardedFiles
{
    /// <param name="path">Absolute and normalised; compared without case where the system does.</param>
    /// <param name="context">Whose folders.</param>
    public static GuardedFile Of(string path, GateContext context)
    {
        var client = context.Client;
        var paths = context.Paths;
        if (IsBelow(path, paths.UserDirectory) || IsBelow(path, paths.StateDirectory) || Same(path, paths.ManagedFile) || Same(path, paths.BinaryFile))
            return GuardedFile.Septim;
        var name = Path.GetFileName(path);
        var folder = Path.GetFileName(Path.GetDirectoryName(path) ?? "");
        if (folder.Equals(".septim", Comparison) && name is "septim.json" or "attestations.json" or "suppressions.json") return GuardedFile.Septim;
        if (name is "settings.json" or "settings.local.json" && (folder.Equals(".claude", Comparison) || Same(Path.GetDirectoryName(path), client.ConfigDirectory)))
            return GuardedFile.ClientSettings;
        if (name is "managed-settings.json" or "managed-mcp.json" || folder == "managed-settings.d") return GuardedFile.ClientSettings;
        if (name is ".mcp.json" or ".claude.json" || (folder == ".claude-plugin" && name is "plugin.json" or "marketplace.json") || IsBelow(path, Path.Combine(client.ConfigDirectory, "plugins")))
            return GuardedFile.ClientPrograms;
        return IsBelow(path, client.ProjectsDirectory) && name.EndsWith(".jsonl", StringComparison.Ordinal) ? GuardedFile.Transcripts : GuardedFile.None;
    }

    /// <summary>Whether removing or moving this folder would take a guarded file with it.</summary>
    public static bool Holds(string folder, GateContext context)
    {
        if (IsTranscriptFolder(folder, context)) return true;
        foreach (var path in Folders(context))
            if (Same(folder, path) || IsBelow(path, folder)) return true;
        return false;
    }

    /// <summary>Whether this is a folder of guarded files itself.</summary>
    public static bool IsFolder(string path, GateContext context)
    {
        if (IsTranscriptFolder(path, context)) return true;
        foreach (var folder in Folders(context))
            if (Same(folder, path)) return true;
        return false;
    }

    /// <summary>The folders, and the files that stand in fixed places: what a pattern in a command is held against.</summary>
    public static List<string> Known(GateContext context)
    {
        var known = new List<string>(Folders(context));
        foreach (var folder in (ReadOnlySpan<string>)[context.Client.ConfigDirectory, Path.Combine(context.ProjectDirectory, ".claude")])
        {
            known.Add(Path.Combine(folder, "settings.json"));
            known.Add(Path.Combine(folder, "settings.local.json"));
        }
        known.Add(context.Paths.UserFile);
        known.Add(context.Paths.RaisesFile);
        known.Add(context.Paths.ManagedFile);
        known.Add(Path.Combine(context.ProjectDirectory, ".septim", "septim.json"));
        known.Add(Path.Combine(context.ProjectDirectory, ".mcp.json"));
        if (context.Paths.BinaryFile is { } binary) known.Add(binary);
        return known;
    }

    /// <summary>A project's folder, or what lies below a session's own. Beside those stands the client's <c>memory/</c>, which the model may change.</summary>
    private static bool IsTranscriptFolder(string path, GateContext context)
    {
        if (!IsBelow(path, context.Client.ProjectsDirectory)) return false;
        var names = path[(context.Client.ProjectsDirectory.Length + 1)..].Split('/', '\\');
        return names.Length == 1 || Guid.TryParse(names[1], out _);
    }

    private static string[] Folders(GateContext context) =>
    [
        context.Client.ConfigDirectory, context.Client.ProjectsDirectory, context.Paths.UserDirectory, context.Paths.StateDirectory,
        Path.Combine(context.ProjectDirectory, ".claude"), Path.Combine(context.ProjectDirectory, ".septim"),
    ];

    private static StringComparison Comparison => OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    private static bool Same(string? a, string? b) => a is not null && b is not null && string.Equals(a, b, Comparison);

    private static bool IsBelow(string path, string folder) =>
        path.Length > folder.Length && path.StartsWith(folder, Comparison) && path[folder.Length] is '/' or '\\';
}
