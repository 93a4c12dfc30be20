using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>
/// Which transcripts a scope has now and which of them changed. A folder is listed again only when its own time changed; a file is
/// opened only when device, inode, size or time changed.
/// </summary>
internal sealed class ScopeFiles(IFileSystem files, SpendScope scope, SpendState state, DateTimeOffset now)
{
    private const int MaxDepth = 32;

    /// <summary>A folder changed within this time of being listed might change again without showing it.</summary>
    private const long SettleNs = 2_000_000_000;

    private readonly bool _isDay = scope.Kind == SpendScopeKind.Day;

    public bool MainMissing { get; private set; }

    /// <summary>Transcripts to read, main ones first.</summary>
    /// <param name="helper">A second thread to share the work with.</param>
    public List<FileEntry> Refresh(SideThread? helper)
    {
        var changed = new List<FileEntry>();
        var stats = IsFound() ? ScopeStats.Take(files, state.Directories, helper) : null;
        if (stats is null || !AreListed(stats))
        {
            FindAgain();
            stats = ScopeStats.Take(files, state.Directories, helper);
        }
        for (var i = 0; i < state.Directories.Count; i++)
        {
            Compare(state.Directories[i], stats.Changed(i), changed);
        }
        if (changed.Count > 1) changed.Sort(static (a, b) => a.Directory.IsMain != b.Directory.IsMain
            ? a.Directory.IsMain ? -1 : 1 : string.CompareOrdinal(a.FullPath, b.FullPath));
        return changed;
    }

    private bool IsFound() => state.Directories.Count > 0 && state.Roots == string.Join('\n', scope.Roots);

    private bool AreListed(ScopeStats stats)
    {
        for (var i = 0; i < state.Directories.Count; i++)
            if (!state.Directories[i].IsListed(stats.Folder(i))) return false;
        return true;
    }

    private void FindAgain()
    {
        var old = new Dictionary<string, List<DirectoryEntry>>();
        foreach (var directory in state.Directories)
        {
            var key = Key(directory.FullPath, directory.IsPinned);
            if (old.TryGetValue(key, out var parts)) parts.Add(directory);
            else old[key] = [directory];
        }
        state.Directories.Clear();
        state.Roots = string.Join('\n', scope.Roots);
        state.StructureChanged = true;
        var visited = new HashSet<(ulong, ulong)>();
        foreach (var root in scope.Roots)
        {
            if (scope.Kind is SpendScopeKind.Day or SpendScopeKind.Directory)
            {
                Walk(root, old, visited, 0);
                continue;
            }
            Pin(Path.GetFullPath(root), old);
            Walk(TranscriptPaths.SubagentsOf(Path.GetFullPath(root)), old, visited, 0);
        }
        foreach (var parts in old.Values)
        {
            foreach (var gone in parts)
                foreach (var file in gone.Files) Forget(file);
        }
    }

    private static string Key(string path, bool isPinned) => (isPinned ? '+' : '-') + path;

    /// <summary>One given transcript. A folder whose files are given is one entry, however many of them count.</summary>
    private void Pin(string path, Dictionary<string, List<DirectoryEntry>> old)
    {
        var parent = Path.GetDirectoryName(path) ?? "";
        var name = Path.GetFileName(path);
        var directory = state.Directories.Find(d => d.IsPinned && d.FullPath == parent);
        if (directory is null)
        {
            directory = old.Remove(Key(parent, isPinned: true), out var known) ? known[0] : new DirectoryEntry(parent, pinned: true);
            state.Directories.Add(directory);
        }
        if (directory.Files.Exists(f => f.Name == name)) return;
        directory.Files.Add(New(directory, name));
        directory.NamesChanged();
    }

    private void Walk(string path, Dictionary<string, List<DirectoryEntry>> old, HashSet<(ulong, ulong)> visited, int depth)
    {
        if (depth > MaxDepth) throw new HookFault($"{path}: folders of transcripts nest deeper than {MaxDepth}; move what does not belong there away");
        var stat = files.Stat(path);
        if (stat.Kind == FileKind.Unreadable) throw new HookFault($"the folder of transcripts {path} cannot be read; give this user access to it");
        if (stat.Kind != FileKind.Directory)
        {
            state.Directories.Add(new DirectoryEntry(path, pinned: false) { IsSettled = true });
            return;
        }
        // Why: device and inode are zero where the system has none; then only the depth bounds a loop of links.
        if (stat.Device != 0 && !visited.Add((stat.Device, stat.Inode))) return;
        if (!old.Remove(Key(path, isPinned: false), out var parts) || !parts[0].IsListed(stat)) parts = List(path, stat, parts ?? []);
        state.Directories.AddRange(parts);
        foreach (var folder in parts[0].Folders) Walk(Path.Combine(path, folder), old, visited, depth + 1);
    }

    /// <returns>The folder in parts, with the files that are known from <paramref name="before"/> as they were.</returns>
    private List<DirectoryEntry> List(string path, in FileStat stat, List<DirectoryEntry> before)
    {
        var names = new List<FileName>();
        if (!files.List(path, names)) throw new HookFault($"the folder of transcripts {path} cannot be listed; give this user access to it");
        var known = new Dictionary<string, FileEntry>();
        foreach (var part in before)
            foreach (var file in part.Files) known[file.Name] = file;
        names.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        var parts = new List<DirectoryEntry> { Part(path, stat) };
        foreach (var (name, listed) in names)
        {
            var kind = listed == FileKind.Other ? files.Stat(Path.Combine(path, name)).Kind : listed;
            if (kind == FileKind.Directory) parts[0].Folders.Add(name);
            else if (kind is FileKind.File or FileKind.Unreadable && name.EndsWith(TranscriptPaths.Extension, StringComparison.Ordinal))
            {
                if (parts[^1].Files.Count == DirectoryEntry.PartLength) parts.Add(Part(path, stat));
                if (known.Remove(name, out var file)) file.Directory = parts[^1];
                parts[^1].Files.Add(file ?? New(parts[^1], name));
            }
        }
        foreach (var gone in known.Values) Forget(gone);
        return parts;
    }

    private DirectoryEntry Part(string path, in FileStat stat) => new(path, pinned: false)
    {
        Inode = stat.Inode,
        MtimeNs = stat.MtimeNs,
        IsSettled = (now.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100 - stat.MtimeNs > SettleNs,
    };

    private FileEntry New(DirectoryEntry directory, string name) => new(directory, name) { Index = state.NextFileIndex++, IsDirty = true };

    /// <summary>A transcript is gone. Totals follow the bytes that are there, so what it said must go too.</summary>
    private void Forget(FileEntry file)
    {
        if (file.Mark.Offset > 0 && file.HasFigures && !(_isDay && file.Figures.LatestTime < state.Horizon)) throw new StaleStateException("file gone");
    }

    private void Compare(DirectoryEntry directory, ReadOnlySpan<FileStat> stats, List<FileEntry> changed)
    {
        for (var i = 0; i < stats.Length; i++)
        {
            var file = directory.Files[i];
            ref readonly var stat = ref stats[i];
            if (stat == file.Mark.Stat) continue;
            file.Stat = stat;
            if (stat.Kind == FileKind.Missing)
            {
                Forget(file);
                if (file.Mark.Offset > 0) file.Mark = default;
                MainMissing |= directory.IsPinned && file.FullPath == Path.GetFullPath(scope.Roots[0]);
                continue;
            }
            if (stat.Kind != FileKind.File) throw Unreadable(file, stat.Kind);
            file.IsDirty = true;
            if (_isDay && file.Mark.Offset == 0 && stat.MtimeNs / 1_000_000 < state.Horizon) Skip(file, stat);
            else changed.Add(file);
        }
    }

    /// <summary>Last written before the window began: nothing in it can count.</summary>
    private static void Skip(FileEntry file, in FileStat stat) =>
        (file.Mark.Device, file.Mark.Inode, file.Mark.Size, file.Mark.MtimeNs) = (stat.Device, stat.Inode, stat.Size, stat.MtimeNs);

    public static HookFault Unreadable(FileEntry file, FileKind kind) => new(kind switch
    {
        FileKind.Directory => $"the transcript {file.FullPath} is a directory; its spend cannot be read. Move it away",
        FileKind.Unreadable => $"the transcript {file.FullPath} cannot be read; give this user read access to it",
        _ => $"the transcript {file.FullPath} is no regular file; its spend cannot be read",
    });
}
