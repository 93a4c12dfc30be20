using System.Runtime.CompilerServices;

namespace Septim.Hooks.Transcripts;

/// <summary>
/// Walks one JSON value of a line over a sliding window. It checks structure only as far as money needs it, never looks beyond the
/// line's newline, and sets <see cref="State"/> instead of throwing.
/// </summary>
internal sealed partial class JsonWalker(TranscriptCursor cursor)
{
    /// <summary>A longer number, word or bare run of bytes is no JSON scalar that anyone writes.</summary>
    private const int MaxScalarBytes = 512;

    private readonly Utf8Text _number = new();

    public WalkState State { get; private set; }

    public void Begin()
    {
        State = WalkState.Fine;
        _order.Begin();
        BeginRuns();
    }

    /// <summary>The next byte without taking it; -1 at the end of the file.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Peek() =>
        cursor.Position < cursor.End || cursor.Fill() ? cursor.Buffer[cursor.Position] : -1;

    /// <summary>Skips blanks inside a line; returns the byte that follows, without taking it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int PeekToken()
    {
        var c = Peek();
        return c > ' ' ? c : PeekBehindBlanks();
    }

    /// <summary>Takes the opening brace or bracket. False, and nothing taken, when something else stands there.</summary>
    public bool Enter(char open)
    {
        if (PeekToken() != open) return false;
        cursor.Position++;
        return true;
    }

    /// <summary>Inside an array: moves to the next item. False at its end, which is then taken, or on a failure.</summary>
    public bool NextElement(ref bool first)
    {
        var c = NextItem(ref first, ']');
        return c > 0 || (c < 0 && Fail(c));
    }

    /// <summary>
    /// A scalar that is no string: its text (digits, true, null), valid until the next step; empty for a string, object or array, which
    /// is skipped.
    /// </summary>
    public ReadOnlySpan<byte> ReadScalar()
    {
        if (PeekToken() is '"' or '{' or '[')
        {
            SkipValue();
            return default;
        }
        var window = cursor.Unread;
        if (EndOfScalar(window) is > 0 and <= MaxScalarBytes and var length)
        {
            cursor.Position += length;
            return window[..length];
        }
        _number.Begin();
        while (true)
        {
            var rest = cursor.Unread;
            var end = EndOfScalar(rest);
            if (_number.Length + (end < 0 ? rest.Length : end) > MaxScalarBytes)
            {
                Fail('?');
                return default;
            }
            if (end >= 0)
            {
                _number.Append(rest[..end]);
                cursor.Position += end;
                if (_number.Length == 0) Fail('?');
                return _number.Span;
            }
            _number.Append(rest);
            cursor.Position = cursor.End;
            if (!cursor.Fill())
            {
                Fail(-1);
                return default;
            }
        }
    }

    /// <summary>A count: absent for null, <see cref="TokenUsage.Invalid"/> for what is no count.</summary>
    public long ReadCount()
    {
        var text = PeekToken() < 0 ? default : cursor.Unread;
        if (JsonNumber.ShortCount(text, out var count) is > 0 and var digits && text[digits] is (byte)',' or (byte)'}')
        {
            cursor.Position += digits;
            return count;
        }
        text = ReadScalar();
        if (text.SequenceEqual("null"u8)) return 0;
        return JsonNumber.Count(text) ?? TokenUsage.Invalid;
    }

    public void SkipValue()
    {
        var c = PeekToken();
        if (c == '"')
        {
            cursor.Position++;
            SkipStringRest();
        }
        else if (c is '{' or '[')
        {
            SkipNested();
        }
        else
        {
            ReadScalar();
        }
    }

    /// <summary>Moves behind the line's newline. False when the file ends before it.</summary>
    public bool SkipLine()
    {
        while (true)
        {
            var newline = cursor.Unread.IndexOf((byte)'\n');
            if (newline >= 0)
            {
                cursor.Position += newline + 1;
                return true;
            }
            cursor.Position = cursor.End;
            if (!cursor.Fill()) return false;
        }
    }

    private static int EndOfScalar(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length && i <= MaxScalarBytes; i++)
        {
            if (text[i] is (byte)',' or (byte)'}' or (byte)']' or <= (byte)' ') return i;
        }
        return -1;
    }

    private int PeekBehindBlanks()
    {
        while (true)
        {
            var c = Peek();
            if (c is not (' ' or '\t' or '\r')) return c;
            cursor.Position++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int NextItem(ref bool first, char close)
    {
        if (State != WalkState.Fine) return 0;
        var c = PeekToken();
        if (c == close)
        {
            cursor.Position++;
            return 0;
        }
        if (first)
        {
            first = false;
            return c;
        }
        if (c != ',')
        {
            Fail(c);
            return 0;
        }
        cursor.Position++;
        return PeekToken();
    }

    private void SkipNested()
    {
        var depth = 0L;
        while (true)
        {
            var at = ByteSearch.IndexOfStructure(cursor.Unread);
            if (at < 0)
            {
                cursor.Position = cursor.End;
                if (cursor.Fill()) continue;
                Fail(-1);
                return;
            }
            var c = cursor.Buffer[cursor.Position + at];
            cursor.Position += at;
            if (c == '\n')
            {
                Fail(c);
                return;
            }
            cursor.Position++;
            if (c == '"')
            {
                if (!SkipStringRest()) return;
            }
            else if (c is (byte)'{' or (byte)'[')
            {
                depth++;
            }
            else if (--depth == 0)
            {
                return;
            }
        }
    }

    private bool Fail(int at)
    {
        if (State == WalkState.Fine) State = at < 0 ? WalkState.Incomplete : WalkState.Garbage;
        return false;
    }
}
