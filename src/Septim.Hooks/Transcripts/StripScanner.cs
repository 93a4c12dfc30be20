namespace Septim.Hooks.Transcripts;

/// <summary>
/// <see cref="TranscriptScanner"/> for files of any size: a long one is read in strips, every second one ahead by a thread of its own. The
/// lines come in file order and are those of a single scan: a strip read ahead counts only if it starts exactly where this thread
/// stands, and this thread goes on exactly where that strip ended, whatever ended it. A short read starts no thread.
/// </summary>
/// <param name="files">Where transcripts live.</param>
/// <param name="deadline">Of the reading.</param>
/// <param name="stripBytes">Size of a strip that is read ahead.</param>
internal sealed class StripScanner(IFileSystem files, Deadline deadline, int stripBytes)
{
    public const int DefaultStripBytes = 1024 * 1024;

    /// <summary>Fewer strips than this are read sooner than a thread is started.</summary>
    private const int FewStrips = 4;

    /// <summary>Between two strips read ahead. Shorter: who takes the lines has to count them all, too.</summary>
    private readonly int _ownBytes = stripBytes - stripBytes / 8;

    private readonly TranscriptScanner _own = new(files, deadline);
    private ScanAhead? _ahead;
    private Strip? _strip;
    private int _index;
    private nint _handle;
    private string _path = "";
    private long _limit;
    private long _end;
    private long _garbage;
    private long _bytesAhead;

    /// <summary>The line last found; its content changes with the next call.</summary>
    public TranscriptLine Line => _strip is { } strip ? strip[_index] : _own.Line;

    /// <summary>Once <see cref="Next"/> said false: where the next scan of this file has to start.</summary>
    public long ResumeOffset => _own.ResumeOffset;

    /// <summary>Lines that looked as if they held usage and are no JSON.</summary>
    public long GarbageLines => _garbage + _own.GarbageLines;

    public long BytesRead => _bytesAhead + _own.BytesRead;

    public bool TimedOut => _own.TimedOut;

    /// <param name="handle">An open file; it must stay open until <see cref="Stop"/>.</param>
    /// <param name="path">For messages.</param>
    /// <param name="offset">A former <see cref="ResumeOffset"/>, or 0.</param>
    /// <param name="expected">Bytes to come, as far as known.</param>
    public void Start(nint handle, string path, long offset, long expected)
    {
        (_handle, _path, _garbage, _strip) = (handle, path, 0, null);
        _end = offset + expected;
        _limit = long.MaxValue;
        if (expected / stripBytes >= FewStrips)
        {
            _ahead ??= new ScanAhead(files, deadline);
            if (_ahead.Begin(handle, path, offset + _ownBytes, _end, stripBytes, _ownBytes)) _limit = offset + _ownBytes;
        }
        _own.Start(handle, path, offset, expected, _limit);
        _own.StopsUndecided = _limit < long.MaxValue;
    }

    /// <summary>Finds the next line that counts. False at the end; a half-written last line is left for the next scan.</summary>
    public bool Next()
    {
        while (true)
        {
            if (_strip is { } strip)
            {
                if (++_index < strip.Count) return true;
                _garbage += strip.GarbageLines;
                _bytesAhead += strip.Resume - strip.Start;
                GoOn(strip.Resume);
            }
            if (_own.Next()) return true;
            if (_own.IsUndecided && !_ahead!.Take().HeadIsPlain) continue;
            if (!_own.IsUndecided && !_own.ReachedLimit) return false;
            _garbage += _own.GarbageLines;
            TakeStrip();
        }
    }

    /// <summary>Ends the second thread, if there is one.</summary>
    public void Stop() => _ahead?.Stop();

    private void TakeStrip()
    {
        var strip = _ahead!.Take();
        if (strip.Start == _own.ResumeOffset || _own.IsUndecided) (_strip, _index) = (strip, -1);
        else GoOn(_own.ResumeOffset);
    }

    /// <summary>Up to the strip after next, that is through whatever is left of the strip read ahead and through the one behind it.</summary>
    private void GoOn(long offset)
    {
        _strip = null;
        _ahead!.GiveBack();
        _limit += stripBytes + _ownBytes;
        if (_limit >= _end) _limit = long.MaxValue;
        _own.Start(_handle, _path, offset, long.MaxValue, _limit);
        _own.StopsUndecided = _limit < long.MaxValue;
    }
}
