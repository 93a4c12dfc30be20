namespace Septim.Hooks.Transcripts;

/// <summary>Reads every second strip of one file on a thread of its own, at most two of them ahead of who takes them.</summary>
internal sealed class ScanAhead(IFileSystem files, Deadline deadline)
{
    private readonly TranscriptScanner _scanner = new(files, deadline);
    private readonly Strip[] _strips = [new(), new()];
    private readonly object _turn = new();
    private SideThread? _thread;
    private bool _stopping;
    private int _read;
    private int _taken;

    /// <param name="handle">An open file; it must stay open until <see cref="Stop"/>.</param>
    /// <param name="path">For messages.</param>
    /// <param name="from">Start of the first strip to read.</param>
    /// <param name="end">No strip starts here or later.</param>
    /// <param name="stripBytes">Of one strip.</param>
    /// <param name="gapBytes">Between two of them.</param>
    /// <returns>False when there is no thread to be had: then nothing is read ahead.</returns>
    public bool Begin(nint handle, string path, long from, long end, int stripBytes, int gapBytes)
    {
        (_stopping, _read, _taken) = (false, 0, 0);
        _thread = SideThread.Start();
        _thread?.RunLast(() => Run(handle, path, from, end, stripBytes, gapBytes));
        return _thread is not null;
    }

    /// <summary>The next strip in file order; it stays valid until <see cref="GiveBack"/>.</summary>
    public Strip Take()
    {
        lock (_turn)
        {
            while (_read == _taken) Monitor.Wait(_turn);
            return _strips[_taken % _strips.Length];
        }
    }

    public void GiveBack()
    {
        lock (_turn)
        {
            _taken++;
            Monitor.Pulse(_turn);
        }
    }

    /// <summary>Ends the thread and waits for it; nothing is read from the file any more.</summary>
    public void Stop()
    {
        if (_thread is null) return;
        lock (_turn)
        {
            _stopping = true;
            Monitor.Pulse(_turn);
        }
        _thread.End();
        _thread = null;
    }

    private void Run(nint handle, string path, long from, long end, int stripBytes, int gapBytes)
    {
        for (; from < end; from += stripBytes + gapBytes)
        {
            lock (_turn)
            {
                while (_read - _taken == _strips.Length && !_stopping) Monitor.Wait(_turn);
                if (_stopping) return;
            }
            _strips[_read % _strips.Length].Read(_scanner, handle, path, from, from + stripBytes);
            lock (_turn)
            {
                _read++;
                Monitor.Pulse(_turn);
            }
        }
    }
}
