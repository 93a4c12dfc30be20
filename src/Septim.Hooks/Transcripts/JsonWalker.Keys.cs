using System.Runtime.InteropServices;

namespace Septim.Hooks.Transcripts;

/// <summary>Keys of objects: found again where they stood in the lines before, else read.</summary>
internal sealed partial class JsonWalker
{
    private readonly Utf8Text _key = new();
    private readonly KeyOrder _order = new();

    /// <summary>Of the run that is passed over: the texts of its strings, from its start.</summary>
    private readonly List<Range> _strings = [];

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
    /// line (the session, its folder, the client's version), so a whole run of them is compared at once with those before.
    /// </summary>
    /// <param name="wanted">A bit for each <see cref="JsonKey"/>.</param>
    /// <param name="first">As there.</param>
    /// <param name="key">One that is wanted.</param>
    public bool NextKey(ulong wanted, ref bool first, out JsonKey key)
    {
        if (TakeRun(wanted, ref first, out key)) return key != JsonKey.Other;
        var (from, start, window) = (KeyPlace, cursor.Position, cursor.Offset - cursor.Position);
        if (!NextKey(ref first, out key)) return false;
        if ((wanted & (1UL << (int)key)) != 0) return true;
        _strings.Clear();
        var isKey = true;
        do
        {
            SkipUnwanted(start);
            if (!_order.MayBeginRun(from))
            {
                (from, start, window) = (KeyPlace, cursor.Position, cursor.Offset - cursor.Position);
                _strings.Clear();
            }
            if (TakeRun(wanted, ref first, out key)) return key != JsonKey.Other;
            isKey = NextKey(ref first, out key);
        }
        while (isKey && (wanted & (1UL << (int)key)) == 0);
        if (State == WalkState.Fine && window == cursor.Offset - cursor.Position)
            _order.LearnRun(from, cursor.Buffer.AsSpan(start, cursor.Position - start), CollectionsMarshal.AsSpan(_strings), wanted, key);
        return isKey;
    }

    private bool TakeRun(ulong wanted, ref bool first, out JsonKey key)
    {
        key = JsonKey.Other;
        var unread = cursor.Unread;
        if (State != WalkState.Fine || unread.Length == 0 || unread[0] != (first ? '"' : ',')) return false;
        if (_order.FollowRun(unread, wanted, out key) is not (> 0 and var taken)) return false;
        first = false;
        cursor.Position += taken;
        return true;
    }

    /// <summary>Passes over a value of the run that starts in the buffer at <paramref name="run"/>, and notes it if it is a string without escapes.</summary>
    private void SkipUnwanted(int run)
    {
        var start = cursor.Position;
        SkipValue();
        // Why the length: a window that slid leaves a run that is not kept.
        if (State != WalkState.Fine || cursor.Position <= start + 1 || start < run) return;
        var value = cursor.Buffer.AsSpan(start, cursor.Position - start);
        if (value[0] == '"' && !value.Contains((byte)'\\')) _strings.Add((start + 1 - run)..(cursor.Position - 1 - run));
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
}
