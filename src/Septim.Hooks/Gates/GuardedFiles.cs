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
        foreach (var path in (ReadOnlySpan<string>)
            [
                context.Client.ConfigDirectory, context.Paths.UserDirectory, context.Paths.StateDirectory,
                Path.Combine(context.ProjectDirectory, ".claude"), Path.Combine(context.ProjectDirectory, ".septim"),
            ])
            if (Same(folder, path) || IsBelow(path, folder)) return true;
        return false;
    }

    private static StringComparison Comparison => OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    private static bool Same(string? a, string? b) => a is not null && b is not null && string.Equals(a, b, Comparison);

    private static bool IsBelow(string path, string folder) =>
        path.Length > folder.Length && path.StartsWith(folder, Comparison) && path[folder.Length] is '/' or '\\';
}
