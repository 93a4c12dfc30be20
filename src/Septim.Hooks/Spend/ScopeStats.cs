using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>
/// The stats of a scope's folders and of their files. The kernel takes 1 to 3 µs for each, and a 24 h ceiling asks for all transcripts of
/// a user, so those of a large scope are taken on two threads: the caller begins at the first entry, the other at the last.
/// </summary>
internal sealed class ScopeStats
{
    /// <summary>Fewer stats are taken before a second thread has begun.</summary>
    public const int Worthwhile = 400;

    private readonly IFileSystem _files;
    private readonly List<DirectoryEntry> _directories;
    private readonly int[] _isTaken;
    private readonly FileStat[] _ofFolders;
    private readonly FileStat[]?[] _ofFiles;

    private ScopeStats(IFileSystem files, List<DirectoryEntry> directories)
    {
        (_files, _directories) = (files, directories);
        (_isTaken, _ofFolders, _ofFiles) = (new int[directories.Count], new FileStat[directories.Count], new FileStat[directories.Count][]);
    }

    /// <param name="files">The disk.</param>
    /// <param name="directories">The entries of the scope.</param>
    /// <param name="helper">The second thread, when there is one already.</param>
    public static ScopeStats Take(IFileSystem files, List<DirectoryEntry> directories, SideThread? helper)
    {
        var stats = new ScopeStats(files, directories);
        var count = directories.Count;
        foreach (var directory in directories)
        {
            count += directory.Count;
            // Why: they are made when they are first asked for, which two threads must not do.
            _ = directory.Names;
        }
        var other = count < Worthwhile ? null : helper ?? SideThread.Start();
        other?.Run(stats.TakeFromLast);
        try
        {
            stats.TakeFromFirst();
            other?.Wait();
        }
        finally
        {
            if (other != helper) other?.End();
        }
        return stats;
    }

    /// <summary>Of the folder of an entry.</summary>
    public ref readonly FileStat Folder(int entry) => ref _ofFolders[entry];

    /// <summary>Of its files, in their order; empty when they are as they were kept.</summary>
    public ReadOnlySpan<FileStat> Changed(int entry) => _ofFiles[entry];

    private void TakeFromFirst()
    {
        for (var i = 0; i < _isTaken.Length && TryTake(i); i++) { }
    }

    private void TakeFromLast()
    {
        for (var i = _isTaken.Length - 1; i >= 0 && TryTake(i); i--) { }
    }

    private bool TryTake(int entry)
    {
        if (Interlocked.Exchange(ref _isTaken[entry], 1) != 0) return false;
        var directory = _directories[entry];
        var count = directory.Count;
        Span<FileStat> stats = count <= DirectoryEntry.PartLength ? stackalloc FileStat[DirectoryEntry.PartLength] : new FileStat[count];
        stats = stats[..count];
        _ofFolders[entry] = _files.StatIn(directory.FullPath, directory.Names, stats);
        if (!directory.AreUnchanged(StatPrint.Of(stats))) _ofFiles[entry] = stats.ToArray();
        return true;
    }
}
