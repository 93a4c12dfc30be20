namespace Septim.Hooks.Transcripts;

/// <summary>
/// Reads a transcript from an offset to its end and stops at each line that says something about money: responses with usage, the
/// client's cost records, and what it says of responses that broke off. All other lines are passed over at the speed of a vector search. Memory stays at one buffer, whatever
/// the length of a line.
/// </summary>
internal sealed class TranscriptScanner
{
    /// <summary>More of a line without a needle is read again, should one follow, rather than moved to the front of the buffer.</summary>
    private const int MaxKept = 16 * 1024;

    /// <summary>A record behind a half-written one is looked for in so many last bytes of the line. Real ones have up to 100 kB.</summary>
    private const int MaxJoined = 256 * 1024;

    /// <summary>So many braces are tried for its start.</summary>
    private const int MaxBraces = 64;

    private readonly TranscriptCursor _cursor;
    private readonly TranscriptLineReader _reader;
    private long _resume;
    private long _limit;
    private bool _insideLine;

    public TranscriptScanner(IFileSystem files, Deadline deadline)
    {
        _cursor = new TranscriptCursor(files, deadline);
        _reader = new TranscriptLineReader(_cursor);
    }

    /// <summary>The line last found; the next call fills it anew.</summary>
    public TranscriptLine Line { get; set; } = new();

    /// <summary>Where the next scan of this file has to start: behind the last complete line, or behind its complete JSON object.</summary>
    public long ResumeOffset => _resume;

    /// <summary>Lines that looked as if they held usage and are no JSON.</summary>
    public long GarbageLines { get; private set; }

    public long BytesRead => _cursor.BytesRead;

    public bool TimedOut => _cursor.TimedOut;

    /// <summary>The scan ended because the next line starts at or behind the limit; <see cref="ResumeOffset"/> is its start.</summary>
    public bool ReachedLimit => !_insideLine && _resume >= _limit;

    /// <summary>
    /// The scan stopped inside a line that crosses the limit and has no needle before it; <see cref="ResumeOffset"/> is its start. The next
    /// call of <see cref="Next"/> goes on with it. Happens only when asked for.
    /// </summary>
    public bool IsUndecided { get; private set; }

    /// <summary>A line crosses the limit of the next scan: stop there, since another scanner looks at the rest of it (<see cref="HeadIsPlain"/>).</summary>
    public bool StopsUndecided { get; set; }

    /// <summary>After <see cref="StartBehindNewline"/>: what it passed over ended with a newline and had no needle in it.</summary>
    public bool HeadIsPlain { get; private set; }

    /// <param name="handle">An open file.</param>
    /// <param name="path">For messages.</param>
    /// <param name="offset">A former <see cref="ResumeOffset"/>, or 0.</param>
    /// <param name="expected">Bytes to come, as far as known.</param>
    /// <param name="limit">Lines that start here or later are left alone.</param>
    public void Start(nint handle, string path, long offset, long expected, long limit = long.MaxValue)
    {
        _cursor.Reset();
        _cursor.Open(handle, path, offset, expected, limit);
        _resume = offset;
        _limit = limit;
        GarbageLines = 0;
        // Why: a complete last object without its newline was counted already; what follows it still belongs to that line.
        _insideLine = false;
    }

    /// <summary>Starts behind the first newline at or behind the offset; at no line when none comes before the limit.</summary>
    public void StartBehindNewline(nint handle, string path, long offset, long limit)
    {
        // Why: a needle that starts just before is nobody else's.
        var head = Math.Max(0, offset + 1 - (ByteSearch.NeedleLength - 1));
        Start(handle, path, head, long.MaxValue, limit);
        _resume = long.MaxValue;
        HeadIsPlain = false;
        var isPlain = true;
        while (_cursor.Offset < limit)
        {
            var unread = _cursor.Unread;
            var before = (int)Math.Clamp(offset - _cursor.Offset, 0, unread.Length);
            var newline = unread[before..].IndexOf((byte)'\n');
            var part = newline < 0 ? unread : unread[..(before + newline)];
            isPlain = isPlain && ByteSearch.IndexOfNeedle(part, out _) < 0;
            if (newline >= 0)
            {
                _cursor.Position += before + newline + 1;
                (_resume, HeadIsPlain) = (_cursor.Offset, isPlain);
                return;
            }
            _cursor.Position = _cursor.End - Math.Min(unread.Length, ByteSearch.NeedleLength - 1);
            offset = Math.Max(offset, _cursor.Offset + _cursor.Unread.Length);
            if (!_cursor.Fill()) return;
        }
    }

    /// <summary>Finds the next line that counts. False at the end; a half-written last line is left for the next scan.</summary>
    public bool Next()
    {
        IsUndecided = false;
        while (true)
        {
            if (!_insideLine && !FindCandidate()) return false;
            if (!ReadObject(out var found)) return false;
            if (found) return true;
        }
    }

    /// <summary>Moves to the start of the next line that holds one of the needles.</summary>
    private bool FindCandidate()
    {
        var searched = 0;
        while (_resume < _limit)
        {
            var unread = _cursor.Unread[searched..];
            var hit = ByteSearch.IndexOfNeedle(unread, out var newline);
            if (newline >= 0)
            {
                _resume = _cursor.Offset + searched + newline + 1;
                if (_resume >= _limit)
                {
                    var from = (int)Math.Max(0, _limit - 1 - _cursor.Offset - searched);
                    _resume = _cursor.Offset + searched + from + unread[from..].IndexOf((byte)'\n') + 1;
                    break;
                }
            }
            if (hit >= 0)
            {
                _cursor.Seek(_resume);
                _insideLine = true;
                return true;
            }
            // Why: a line that turns out to count is walked from its start; keeping the start saves reading it twice. A long line seldom counts.
            var end = _cursor.Offset + _cursor.Unread.Length;
            var keep = Math.Max(_resume, _cursor.Offset);
            if (end - keep > MaxKept) keep = end - Math.Min(_cursor.Unread.Length, ByteSearch.NeedleLength - 1);
            _cursor.Position += (int)(keep - _cursor.Offset);
            searched = Math.Max(0, (int)(end - keep) - (ByteSearch.NeedleLength - 1));
            if (StopsUndecided && end >= _limit && _resume < _limit)
            {
                (IsUndecided, StopsUndecided) = (true, false);
                return false;
            }
            if (!_cursor.Fill()) return false;
        }
        return false;
    }

    /// <summary>Reads the next object of the current line. False when the file ends inside it.</summary>
    private bool ReadObject(out bool found)
    {
        found = false;
        var c = PeekObject();
        if (c == '\n')
        {
            _cursor.Position++;
            _resume = _cursor.Offset;
            _insideLine = false;
            return true;
        }
        if (c < 0) return false;
        var state = c == '{' ? _reader.Read(Line) : WalkState.Garbage;
        if (state == WalkState.Garbage) return ReadGarbage(isHalf: c == '{', out found);
        if (state == WalkState.Incomplete) return false;
        _resume = _cursor.Offset;
        if (Line.UsageIsUnreadable && Line.Type is LineType.Assistant) GarbageLines++;
        found = IsMoney(Line);
        return true;
    }

    /// <summary>
    /// Passes over the rest of a line that is no JSON. Why it still looks for a record there: when a full disk cuts one in half, the client goes
    /// on behind it with the next that fits, and no newline between (client 2.1.330, measured 2026-11).
    /// </summary>
    private bool ReadGarbage(bool isHalf, out bool found)
    {
        found = false;
        if (!_reader.Walker.SkipLine()) return false;
        GarbageLines++;
        var end = _cursor.Offset;
        found = isHalf && ReadLastObject(Math.Max(_resume + 1, end - MaxJoined), end);
        _cursor.Seek(end);
        _resume = end;
        _insideLine = false;
        return true;
    }

    /// <summary>Reads the object, starting at or behind the offset, that reaches to the newline which ends at <paramref name="end"/>. False when there is none, or it says nothing about money.</summary>
    private bool ReadLastObject(long from, long end)
    {
        for (var i = 0; i < MaxBraces && FindBrace(from, end); i++)
        {
            from = _cursor.Offset + 1;
            if (_reader.Read(Line) == WalkState.Fine && _reader.Walker.PeekToken() == '\n' && _cursor.Offset == end - 1 && IsMoney(Line)) return true;
        }
        return false;
    }

    /// <summary>Moves to the next <c>{"</c> in the range. A text inside a string writes it as <c>{\"</c>.</summary>
    private bool FindBrace(long from, long end)
    {
        _cursor.Seek(from);
        while (_cursor.Offset < end - 1)
        {
            var window = _cursor.Unread[..(int)Math.Min(_cursor.Unread.Length, end - _cursor.Offset)];
            var at = window.IndexOf("{\""u8);
            _cursor.Position += at >= 0 ? at : Math.Max(0, window.Length - 1);
            if (at >= 0) return true;
            if (!_cursor.Fill()) return false;
        }
        return false;
    }

    private int PeekObject()
    {
        while (true)
        {
            var c = _reader.Walker.PeekToken();
            // Why: a byte-order mark, and the zeros that a file system leaves after a crash, are blanks between objects.
            if (c is not (0 or 0xEF or 0xBB or 0xBF)) return c;
            _cursor.Position++;
        }
    }

    private static bool IsMoney(TranscriptLine line) => IsResponse(line) || line is { Type: LineType.CostState, TotalCostPico: not null } or { Type: LineType.Other, IsBrokenOff: true };

    private static bool IsResponse(TranscriptLine line) =>
        line is { HasUsage: true, IsApiError: false, Type: LineType.Assistant or LineType.NotGiven }
        && !line.Model.Span.SequenceEqual("<synthetic>"u8);
}
