using System.Runtime.CompilerServices;

namespace Septim.Hooks.Transcripts;

/// <summary>
/// Walks one JSON value of a line over a sliding window. It checks structure only as far as money needs it, never looks beyond the
/// line's newline, and sets <see cref="State"/> instead of throwing.
/// </summary>
internal sealed class JsonWalker(TranscriptCursor cursor)
{
    /// <summary>A longer number, word or bare run of bytes is no JSON scalar that anyone writes.</summary>
    private const int MaxScalarBytes = 512;

    private readonly Utf8Text _key = new();
    private readonly Utf8Text _number = new();

    public WalkState State { get; private set; }

    public void Begin() => State = WalkState.Fine;

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

    /// <summary>
    /// Inside an object: moves to the value of the next key. False at the end of the object, which is then taken, or on a failure.
    /// </summary>
    public bool NextKey(ref bool first, out JsonKey key)
    {
        key = JsonKey.Other;
        var c = NextItem(ref first, '}');
        if (c != '"')
        {
            if (c != 0) Fail(c);
            return false;
        }
        cursor.Position++;
        var plain = cursor.Unread;
        var end = ByteSearch.IndexOfStringEnd(plain);
        if (end >= 0 && plain[end] == '"')
        {
            key = JsonKeys.Identify(plain[..end]);
            cursor.Position += end + 1;
        }
        else
        {
            if (!ReadStringRest(_key)) return false;
            key = JsonKeys.Identify(_key.Span);
        }
        c = PeekToken();
        if (c != ':') return Fail(c);
        cursor.Position++;
        c = PeekToken();
        return c >= 0 || Fail(c);
    }

    /// <summary>Inside an array: moves to the next item. False at its end, which is then taken, or on a failure.</summary>
    public bool NextElement(ref bool first)
    {
        var c = NextItem(ref first, ']');
        return c > 0 || (c < 0 && Fail(c));
    }

    /// <summary>A string value into <paramref name="into"/>; any other value is skipped and leaves it cleared.</summary>
    public void ReadString(Utf8Text into)
    {
        into.Clear();
        if (PeekToken() != '"')
        {
            SkipValue();
            return;
        }
        cursor.Position++;
        ReadStringRest(into);
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
        long count = 0;
        var digits = 0;
        while (digits < text.Length && digits < 18 && text[digits] is >= (byte)'0' and <= (byte)'9' and var digit) (count, digits) = (unchecked(count * 10 + (digit - '0')), digits + 1);
        if (digits > 0 && digits < text.Length && text[digits] is (byte)',' or (byte)'}' or (byte)']')
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

    private bool SkipStringRest()
    {
        while (true)
        {
            var at = ByteSearch.IndexOfStringClose(cursor.Unread, out var passed);
            cursor.Position += passed;
            if (at >= 0)
            {
                int c = cursor.Buffer[cursor.Position];
                if (c == '\n') return Fail(c);
                cursor.Position++;
                return true;
            }
            if (!cursor.Fill()) return Fail(-1);
        }
    }

    private bool ReadStringRest(Utf8Text into)
    {
        into.Begin();
        while (true)
        {
            var rest = cursor.Unread;
            var at = ByteSearch.IndexOfStringEnd(rest);
            into.Append(at < 0 ? rest : rest[..at]);
            cursor.Position += at < 0 ? rest.Length : at;
            if (at < 0)
            {
                if (!cursor.Fill()) return Fail(-1);
                continue;
            }
            var c = rest[at];
            if (c == '\n') return Fail(c);
            cursor.Position++;
            if (c == '"') return true;
            if (!ReadEscape(into)) return false;
        }
    }

    private bool ReadEscape(Utf8Text into)
    {
        var c = Peek();
        if (c < 0 || c == '\n') return Fail(c);
        cursor.Position++;
        if (c != 'u')
        {
            into.Append([c switch { 'n' => (byte)'\n', 't' => (byte)'\t', 'r' => (byte)'\r', 'b' => (byte)'\b', 'f' => (byte)'\f', _ => (byte)c }]);
            return true;
        }
        if (!ReadHex(out var unit)) return false;
        // Why: halves of a surrogate pair are kept apart as three bytes each; a name is compared with itself, never shown as text.
        Span<byte> utf8 = stackalloc byte[3];
        var length = unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
        if (length == 1) utf8[0] = (byte)unit;
        else if (length == 2) (utf8[0], utf8[1]) = ((byte)(0xC0 | (unit >> 6)), (byte)(0x80 | (unit & 0x3F)));
        else (utf8[0], utf8[1], utf8[2]) = ((byte)(0xE0 | (unit >> 12)), (byte)(0x80 | ((unit >> 6) & 0x3F)), (byte)(0x80 | (unit & 0x3F)));
        into.Append(utf8[..length]);
        return true;
    }

    private bool ReadHex(out int unit)
    {
        unit = 0;
        for (var i = 0; i < 4; i++)
        {
            var c = Peek();
            if (c < 0 || !char.IsAsciiHexDigit((char)c)) return Fail(c);
            unit = unit * 16 + (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
            cursor.Position++;
        }
        return true;
    }

    private bool Fail(int at)
    {
        if (State == WalkState.Fine) State = at < 0 ? WalkState.Incomplete : WalkState.Garbage;
        return false;
    }
}
