namespace Septim.Hooks.Audit.Reading;

/// <summary>One walk over the project, shared by all checks. Symbolic links are not followed; generated trees are counted only.</summary>
internal sealed class ProjectTree
{
    private const int MaxEntries = 200_000;
    private const int MaxDepth = 64;

    private static readonly string[] Heavy =
    [
        "node_modules", ".next", "dist", "build", "out", "target", "bin", "obj", ".venv", "venv", "vendor", "coverage", "__pycache__", ".terraform", "Pods",
    ];

    private readonly string _root;
    private int _entries;

    public ProjectTree(string root)
    {
        _root = root.TrimEnd('/');
        Walk(_root, 0);
        Files.Sort((a, b) => string.CompareOrdinal(a.Relative, b.Relative));
        HeavyDirectories.Sort((a, b) => string.CompareOrdinal(a.Relative, b.Relative));
    }

    public List<TreeFile> Files { get; } = [];
    public List<HeavyDirectory> HeavyDirectories { get; } = [];

    /// <summary>What could not be listed, with why.</summary>
    public List<(string Path, string Reason)> Gaps { get; } = [];

    public IEnumerable<TreeFile> Named(params string[] names) => Files.Where(file => names.Contains(file.Name));

    public IEnumerable<TreeFile> Below(string folder, string extension) =>
        Files.Where(file => file.Relative.Starts(folder + "/") && file.Relative.Ends(extension));

    private void Walk(string directory, int depth)
    {
        if (depth > MaxDepth)
        {
            Gaps.Add((directory, $"deeper than {MaxDepth} levels"));
            return;
        }
        try
        {
            foreach (var entry in new DirectoryInfo(directory).EnumerateFileSystemInfos())
            {
                if (++_entries > MaxEntries)
                {
                    if (_entries == MaxEntries + 1) Gaps.Add((_root, $"more than {MaxEntries} directory entries"));
                    return;
                }
                if (entry.LinkTarget is not null)
                {
                    AddLink(entry);
                    continue;
                }
                if (entry is FileInfo file) Files.Add(new TreeFile(file.FullName, Relative(file.FullName), file.Length));
                else if (entry.Name is ".git" or ".hg" or ".svn") continue;
                else if (Heavy.Contains(entry.Name) && Count(entry.FullName) is { IsHeavy: true } heavy) HeavyDirectories.Add(heavy);
                else if (entry.Name is not ("node_modules" or "__pycache__" or ".venv" or "venv" or ".terraform")) Walk(entry.FullName, depth + 1);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Gaps.Add((directory, "cannot be listed"));
        }
    }

    /// <summary>A link to a file inside the project counts as that file (CLAUDE.md → AGENTS.md); links to directories are not followed.</summary>
    private void AddLink(FileSystemInfo link)
    {
        if (link is not FileInfo || link.ResolveLinkTarget(returnFinalTarget: true) is not FileInfo { Exists: true } target || !target.FullName.Starts(_root + "/")) return;
        Files.Add(new TreeFile(link.FullName, Relative(link.FullName), target.Length));
    }

    private HeavyDirectory Count(string directory)
    {
        var files = 0;
        long bytes = 0;
        try
        {
            var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
            foreach (var file in new DirectoryInfo(directory).EnumerateFiles("*", options))
            {
                files++;
                bytes += file.Length;
                if (files > MaxEntries) break;
            }
        }
        catch (IOException)
        {
            Gaps.Add((directory, "cannot be listed"));
        }
        return new HeavyDirectory(directory, Relative(directory), files, bytes);
    }

    private string Relative(string path) => path[(_root.Length + 1)..].Replace('\\', '/');
}
