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
    private readonly FileStat[] _stats;
    private readonly int[] _isTaken;
    private readonly int[] _starts;
    private SideThread? _thread;

    private StatAhead(IFileSystem files, List<DirectoryEntry> directories, int count)
    {
        (_files, _directories, _stats) = (files, directories, new FileStat[count]);
        (_isTaken, _starts) = (new int[directories.Count], new int[directories.Count + 1]);
        for (var i = 0; i < directories.Count; i++) _starts[i + 1] = _starts[i] + directories[i].Count;
    }

    /// <returns>Null when it would not pay, or no thread is to be had.</returns>
    public static StatAhead? Begin(IFileSystem files, List<DirectoryEntry> directories)
    {
        var count = 0;
        foreach (var directory in directories) count += directory.Count;
        if (count < Worthwhile || Environment.ProcessorCount == 1) return null;
        var ahead = new StatAhead(files, directories, count);
        ahead._thread = SideThread.Start(ahead.Run);
        return ahead._thread is null ? null : ahead;
    }

    /// <summary>What the second thread saw of the files of a directory; false when the caller has to look itself. In order, each directory once.</summary>
    public bool TryTake(int directory, out ReadOnlySpan<FileStat> stats)
    {
        stats = default;
        if (Interlocked.Exchange(ref _isTaken[directory], 1) == 0) return false;
        Dispose();
        stats = _stats.AsSpan(_starts[directory].._starts[directory + 1]);
        return true;
    }

    /// <summary>Waits for the thread's end.</summary>
    public void Dispose()
    {
        _thread?.Join();
        _thread = null;
    }

    private void Run()
    {
        for (var i = _directories.Count - 1; i >= 0 && Interlocked.Exchange(ref _isTaken[i], 1) == 0; i--)
        {
            if (_directories[i].Count > 0) _files.StatIn(_directories[i].FullPath, _directories[i].Names, _stats.AsSpan(_starts[i].._starts[i + 1]));
        }
    }
}
