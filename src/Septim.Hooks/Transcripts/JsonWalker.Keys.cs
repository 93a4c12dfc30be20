namespace Septim.Hooks.Transcripts;

/// <summary>Keys of objects: found again where they stood in the lines before, else read.</summary>
internal sealed partial class JsonWalker
{
    private readonly Utf8Text _key = new();
    private readonly KeyOrder _order = new();

    /// <summary>Where the walk stands among the keys of former lines. A wrong place costs time and nothing else.</summary>
    public int KeyPlace
    {
        get => _order.At;
        set => _order.At = value;
    }

    /// <summary>
    /// Inside an object: moves to the value of the next key. False at the end of the object, which is then taken, or on a failure.
    /// </summary>
    public bool NextKey(ref bool first, out JsonKey key)
    {
        var unread = cursor.Unread;
        if (MayFollow(unread, first) && _order.Follow(unread, out key) is > 0 and var taken)
        {
            first = false;
            cursor.Position += taken;
            return true;
        }
        if (State != WalkState.Fine || unread.Length == 0 || unread[0] != '}') return ReadKey(ref first, out key);
        cursor.Position++;
        key = JsonKey.Other;
        return false;
    }

    // Why the first byte: a known key must not hide that a comma is missing, or stands where none belongs.
    private bool MayFollow(ReadOnlySpan<byte> unread, bool first) => State == WalkState.Fine && unread.Length > 0 && unread[0] == (first ? '"' : ',');

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
}
