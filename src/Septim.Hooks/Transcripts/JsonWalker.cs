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

    private readonly Utf8Text _key = new();
    private readonly Utf8Text _number = new();
    private readonly KeyOrder _order = new();

    public WalkState State { get; private set; }

    /// <summary>Where the walk stands among the keys of former lines. A wrong place costs time and nothing else.</summary>
    public int KeyPlace
    {
        get => _order.At;
        set => _order.At = value;
    }

    public void Begin()
    {
        State = WalkState.Fine;
        _order.Begin();
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

    /// <summary>
    /// Inside an object: moves to the value of the next key. False at the end of the object, which is then taken, or on a failure.
    /// </summary>
    public bool NextKey(ref bool first, out JsonKey key)
    {
        var window = cursor.Unread;
        // Why the first byte: a known key must not hide that a comma is missing, or stands where none belongs.
        if (State == WalkState.Fine && window.Length > 0 && window[0] == (first ? '"' : ',') && _order.Follow(window, out key) is > 0 and var taken)
        {
            first = false;
            cursor.Position += taken;
            return true;
        }
        return ReadKey(ref first, out key);
    }

    /// <summary>
    /// As <see cref="NextKey(ref bool, out JsonKey)"/>, but passes over the keys that are not wanted. Most of them say the same in line after
    /// line (the session, its folder, the client's version), so a whole run of them is compared at once with the one before.
    /// </summary>
    /// <param name="wanted">A bit for each <see cref="JsonKey"/>.</param>
    /// <param name="first">As there.</param>
    /// <param name="key">One that is wanted.</param>
    public bool NextKey(ulong wanted, ref bool first, out JsonKey key)
    {
        var (from, start, window) = (KeyPlace, cursor.Position, cursor.Offset - cursor.Position);
        var skipped = 0;
        while (true)
        {
            var unread = cursor.Unread;
            if (State == WalkState.Fine && unread.Length > 0 && unread[0] == (first ? '"' : ',') && _order.FollowRun(unread, wanted, out key) is > 0 and var taken)
            {
                first = false;
                cursor.Position += taken;
                return key != JsonKey.Other;
            }
            var isKey = NextKey(ref first, out key);
            if (!isKey || (wanted & (1UL << (int)key)) != 0)
            {
                if (skipped > 0 && State == WalkState.Fine && window == cursor.Offset - cursor.Position)
                    _order.LearnRun(from, cursor.Buffer.AsSpan(start, cursor.Position - start), wanted, key);
                return isKey;
            }
            SkipValue();
            skipped++;
            if (_order.MayBeginRun(from)) continue;
            (from, start, window, skipped) = (KeyPlace, cursor.Position, cursor.Offset - cursor.Position, 0);
        }
    }

    private bool ReadKey(ref bool first, out JsonKey key)
    {
        key = JsonKey.Other;
        var isFirst = first;
        var from = cursor.Offset;
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
            var name = plain[..end];
            key = JsonKeys.Identify(name);
            cursor.Position += end + 1;
            // Why: with blanks in between it would not be found again as it is remembered.
            if (cursor.Offset - from == name.Length + (isFirst ? 2 : 3) && plain.Length > end + 1 && plain[end + 1] == ':') _order.Learn(isFirst, name, key);
            else _order.Lose();
        }
        else
        {
            _order.Lose();
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
