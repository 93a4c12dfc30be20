using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Gates.BashRules;
using Septim.Hooks.Shell;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Gates;

/// <summary>Gathers the world around a command: directories, what lies at a path, the repository's git aliases.</summary>
internal static class BashSetting
{
    /// <summary>Looks at the disk for one command; each is a system call or two.</summary>
    internal const int MaxProbes = 2048;

    /// <summary>Units; no file system of ours has longer names.</summary>
    private const int LongestName = 255;

    /// <param name="client">Home, project, temporary directory.</param>
    /// <param name="paths">The gate's own files.</param>
    /// <param name="directory">The working directory of the tool; empty: the home.</param>
    /// <param name="files">The disk.</param>
    public static RuleSetting Of(ClientEnvironment client, SeptimPaths paths, string directory, IFileSystem files)
    {
        var home = ShellPath.Absolute("/", client.Home)!;
        var working = directory.Length > 0 ? ShellPath.Absolute("/", directory)! : home;
        var project = client.ProjectDirectory is { Length: > 0 } given ? ShellPath.Absolute("/", given)! : RepositoryOf(working, files) ?? working;
        var facts = new Dictionary<string, FileFact>(StringComparer.Ordinal);
        var closed = new HashSet<string>(StringComparer.Ordinal);
        var shell = new ShellSetting(working, home, project)
        {
            TempDirectory = ShellPath.Absolute("/", client.TempDirectory)!,
            Probe = path => facts.TryGetValue(path, out var fact) ? fact : facts[path] = Probe(path, facts, closed),
            GitAlias = GitAliases.In([project + "/.git/config", home + "/.gitconfig", home + "/.config/git/config"], files),
        };
        bool? versioned = null;
        return new RuleSetting(shell)
        {
            IsUnversioned = () => !(versioned ??= Holder(project, VersionMarks, files) is not null),
            ClientDirectory = ShellPath.Absolute("/", client.ConfigDirectory)!,
            FindOwnPaths = () => paths.BinaryFile is { } binary && ShellPath.Leaf(binary).StartsWith("septim", StringComparison.Ordinal)
                ? [paths.StateDirectory, paths.UserDirectory, paths.ManagedFile, binary]
                : [paths.StateDirectory, paths.UserDirectory, paths.ManagedFile],
        };
    }

    private static readonly string[] VersionMarks = [".git", ".jj", ".hg", ".svn", ".fslckout", "_darcs", ".pijul", ".bzr"];

    /// <summary>The directory, or the nearest one above it, that has one of the marks in it; null when none has.</summary>
    private static string? Holder(string directory, ReadOnlySpan<string> marks, IFileSystem files)
    {
        for (var at = directory; ; at = at[..Math.Max(1, at.LastIndexOf('/'))])
        {
            foreach (var mark in marks)
            {
                if (files.Stat(at.TrimEnd('/') + "/" + mark).Kind is FileKind.Directory or FileKind.File) return at;
            }
            if (at.Length <= 1) return null;
        }
    }

    /// <summary>The git repository around a directory; the root of the disk is none.</summary>
    private static string? RepositoryOf(string directory, IFileSystem files) => Holder(directory, [".git"], files) is { Length: > 1 } found ? found : null;

    /// <summary>Never throws for what a disk can do; what cannot be looked at does not exist.</summary>
    /// <exception cref="HookFault">The command names too many paths to look at all of them.</exception>
    private static FileFact Probe(string path, Dictionary<string, FileFact> facts, HashSet<string> closed)
    {
        if (facts.Count >= MaxProbes) throw new HookFault($"the command names more than {MaxProbes} paths; split it");
        var folder = path[..Math.Max(1, path.LastIndexOf('/'))];
        if (path.Contains('\0') || path.Length - folder.Length > LongestName + 1 || closed.Contains(folder)) return default;
        // Why: a path is looked at from its root on, and nothing lies below what is not there.
        if (facts.TryGetValue(folder, out var parent) && !parent.Exists) return default;
        try
        {
            // Why attributes: one system call says all that is asked of a path that is no link.
            var info = new FileInfo(path);
            var attributes = info.Attributes;
            if (attributes == (FileAttributes)(-1)) return default;
            if ((attributes & FileAttributes.ReparsePoint) != 0 && info.LinkTarget is { } target)
                return new FileFact(true, false, ShellPath.Absolute(ShellPath.Absolute("/", path + "/.."), target));
            return new FileFact(true, (attributes & FileAttributes.Directory) != 0, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Why: a folder that may not be searched says so for each name in it, and an exception costs more than the rest together.
            closed.Add(folder);
            return default;
        }
    }
}
