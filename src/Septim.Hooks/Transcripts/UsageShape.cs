namespace Septim.Hooks.Transcripts;

/// <summary>A usage object that was read whole, and where its counts stand: another one that differs in nothing else reads the same.</summary>
internal sealed class UsageShape
{
    /// <summary>The usage of the line itself, not one of its passes.</summary>
    public const int TopLevel = -1;

    /// <summary>What the count says is of no interest.</summary>
    private const int Nobody = -2;

    private const int MaxBytes = 2048;
    private const int MaxCounts = 64;

    private readonly TranscriptLine _line = new();
    private readonly Count[] _counts = new Count[MaxCounts];
    private readonly (int Start, int Length, long Value)[] _found = new (int, int, long)[MaxCounts];
    private byte[] _text = [];
    private int _length;
    private int _countsNoted;
    private bool _isKept;

    // A bit for each key of the pass that was met, and in the upper half for those of the top level.
    private ulong _met;
    private int _pass;

    /// <summary>Where the walk stood behind it.</summary>
    public int KeyPlace { get; private set; }

    /// <summary>A new object is read; the former one is forgotten.</summary>
    public void Begin(bool isKept) => (_length, _countsNoted, _isKept, _met) = (0, 0, isKept, 0);

    /// <summary>A key whose value replaces what an earlier one of that name said: an object that holds one twice is nobody's pattern.</summary>
    public void Meet(int pass, JsonKey key)
    {
        if (pass != TopLevel && pass != _pass) (_pass, _met) = (pass, _met & ~(ulong)uint.MaxValue);
        var bit = 1UL << ((int)key + (pass == TopLevel ? 32 : 0));
        _isKept &= (_met & bit) == 0;
        _met |= bit;
    }

    /// <summary>A count was read that may be another one next time.</summary>
    /// <param name="start">From the object's brace.</param>
    /// <param name="text">As it stands there.</param>
    /// <param name="pass">Which of <see cref="TranscriptLine.Pass"/>, or <see cref="TopLevel"/>.</param>
    /// <param name="key">Which counter.</param>
    public void Note(int start, ReadOnlySpan<byte> text, int pass, JsonKey key)
    {
        // Why: what is no plain short number stays part of the text that has to be the same.
        if (!_isKept || text.Length is 0 or > JsonNumber.MaxShortDigits || text.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return;
        _isKept = _countsNoted < MaxCounts;
        if (_isKept) _counts[_countsNoted++] = new Count(start, text.Length, pass, key);
    }

    /// <summary>This pass, the last one, is not kept; the next one takes its number.</summary>
    public void Ignore(int pass)
    {
        for (var i = 0; i < _countsNoted; i++)
        {
            if (_counts[i].Pass == pass) _counts[i] = _counts[i] with { Pass = Nobody };
        }
        _pass = Nobody;
    }

    /// <summary>The object ended.</summary>
    public void End(ReadOnlySpan<byte> text, TranscriptLine line, int keyPlace)
    {
        if (!_isKept || text.Length > MaxBytes) return;
        if (_text.Length == 0) _text = new byte[MaxBytes];
        KeyPlace = keyPlace;
        Keep(text, line);
    }

    /// <summary>Reads the object at the start of the text into the usage of the line. Returns its length; 0, and nothing read, when it is of another shape.</summary>
    public int Read(ReadOnlySpan<byte> text, TranscriptLine line)
    {
        if (_length == 0) return 0;
        ReadOnlySpan<byte> kept = _text.AsSpan(0, _length);
        // Why first: a response has several lines, and most of them repeat its usage.
        if (text.StartsWith(kept))
        {
            line.CopyUsage(_line);
            return _length;
        }
        int at = 0, from = 0;
        var counts = _counts.AsSpan(0, _countsNoted);
        for (var i = 0; i < counts.Length; i++)
        {
            var same = kept[from..counts[i].Start];
            if (!text[at..].StartsWith(same)) return 0;
            at += same.Length;
            var digits = JsonNumber.ShortCount(text[at..], out var value);
            if (digits == 0) return 0;
            _found[i] = (at, digits, value);
            at += digits;
            from = counts[i].Start + counts[i].Length;
        }
        if (!text[at..].StartsWith(kept[from..])) return 0;
        var length = at + kept.Length - from;
        if (length > MaxBytes) return 0;
        line.CopyUsage(_line);
        for (var i = 0; i < counts.Length; i++)
        {
            ref var count = ref counts[i];
            (count.Start, count.Length, var value) = _found[i];
            if (count.Pass == TopLevel) line.Usage.Counter(count.Key) = value;
            else if (count.Pass != Nobody) line.Pass(count.Pass).Usage.Counter(count.Key) = value;
        }
        Keep(text[..length], line);
        return length;
    }

    private void Keep(ReadOnlySpan<byte> text, TranscriptLine line)
    {
        text.CopyTo(_text);
        _length = text.Length;
        _line.CopyUsage(line);
    }

    private record struct Count(int Start, int Length, int Pass, JsonKey Key);
}
