using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>
/// Looks at the files of a large scope on a second thread, from its last directory on, while the caller does so from the first: the
/// kernel takes some 3 µs for each file, and a 24 h ceiling looks at all transcripts of a user. Whoever comes to a directory first takes it.
/// </summary>
internal sealed class StatAhead : IDisposable
{
    /// <summary>Fewer files are looked at before a second thread has begun.</summary>
    private const int Worthwhile = 400;

    private readonly IFileSystem _files;
    private readonly List<DirectoryEntry> _directories;
    private readonly int[] _isTaken;
    private readonly bool[] _isUnchanged;
    private SideThread? _thread;
    private volatile bool _isOver;

    private StatAhead(IFileSystem files, List<DirectoryEntry> directories)
    {
        (_files, _directories) = (files, directories);
        (_isTaken, _isUnchanged) = (new int[directories.Count], new bool[directories.Count]);
    }

    /// <returns>Null when it would not pay, as when everything is to be read anyway, or no thread is to be had.</returns>
    public static StatAhead? Begin(IFileSystem files, List<DirectoryEntry> directories)
    {
        var count = 0;
        foreach (var directory in directories) count += directory.IsUnpacked ? 0 : directory.Count;
        if (count < Worthwhile || Environment.ProcessorCount == 1) return null;
        var ahead = new StatAhead(files, directories);
        ahead._thread = SideThread.Start(ahead.Run);
        return ahead._thread is null ? null : ahead;
    }

    /// <summary>Did the second thread find all files of a directory as they were kept? If not the caller has to look itself. In order, each directory once.</summary>
    public bool IsUnchanged(int directory)
    {
        if (Interlocked.Exchange(ref _isTaken[directory], 1) == 0) return false;
        Wait();
        return _isUnchanged[directory];
    }

    /// <summary>Ends the thread.</summary>
    public void Dispose()
    {
        _isOver = true;
        Wait();
    }

    private void Wait()
    {
        _thread?.Join();
        _thread = null;
    }

    private void Run()
    {
        FileStat[] stats = [];
        for (var i = _directories.Count - 1; i >= 0 && !_isOver; i--)
        {
            var directory = _directories[i];
            // The caller's: of an unpacked one it wants to know which file changed.
            if (directory.IsUnpacked) continue;
            if (Interlocked.Exchange(ref _isTaken[i], 1) != 0) return;
            if (directory.Count > stats.Length) stats = new FileStat[directory.Count];
            var seen = stats.AsSpan(0, directory.Count);
            if (seen.Length > 0) _files.StatIn(directory.FullPath, directory.Names, seen);
            _isUnchanged[i] = directory.AreUnchanged(seen);
        }
    }
}
