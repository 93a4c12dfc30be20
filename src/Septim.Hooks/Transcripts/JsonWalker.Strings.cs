namespace Septim.Hooks.Transcripts;

/// <summary>Strings: read with their escapes undone, or passed over.</summary>
internal sealed partial class JsonWalker
{
    private readonly Utf8Text _text = new();

    /// <summary>A string value into <paramref name="into"/>; any other value is skipped and leaves it cleared.</summary>
    public void ReadString(Utf8Text into)
    {
        var isString = PeekToken() == '"';
        var text = ReadText();
        if (isString) into.Set(text);
        else into.Clear();
    }

    /// <summary>A string value, valid until the next step; any other value is skipped and is the empty one.</summary>
    public ReadOnlySpan<byte> ReadText()
    {
        if (cursor.Offset == _plain.Offset)
        {
            var start = cursor.Position + 1;
            cursor.Position = start + _plain.Length + 1;
            return cursor.Buffer.AsSpan(start, _plain.Length);
        }
        if (PeekToken() != '"')
        {
            SkipValue();
            return default;
        }
        cursor.Position++;
        var plain = cursor.Unread;
        var end = ByteSearch.IndexOfStringEnd(plain);
        if (end >= 0 && plain[end] == '"')
        {
            cursor.Position += end + 1;
            return plain[..end];
        }
        ReadStringRest(_text);
        return _text.Span;
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
}
