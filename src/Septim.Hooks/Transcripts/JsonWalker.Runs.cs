namespace Septim.Hooks.Transcripts;

/// <summary>
/// Runs of keys. Most of a line says the same in line after line (the session, its folder, the client's version) or differs only in the
/// text of a string (ids, times): such a run is compared at once with those before, and only its wanted values are looked at.
/// </summary>
internal sealed partial class JsonWalker
{
    // The run that the walk is in, where it starts in the buffer, and how many of its values were handed out.
    private KeyRun? _run;
    private int _runStart;
    private int _given;

    /// <summary>Where in the file a string starts that is known to hold no escape, and the bytes between its quotes.</summary>
    private (long Offset, int Length) _plain;

    private readonly KeyRunDraft _draft = new();

    /// <summary>
    /// As <see cref="NextKey(ref bool, out JsonKey)"/>, but passes over the keys that are not wanted. The caller reads each value that it is given.
    /// </summary>
    /// <param name="wanted">A bit for each <see cref="JsonKey"/>.</param>
    /// <param name="first">As there.</param>
    /// <param name="key">One that is wanted.</param>
    public bool NextKey(ulong wanted, ref bool first, out JsonKey key)
    {
        if (_run is not null || TakeRun(wanted, ref first)) return NextOfRun(out key);
        if (!_draft.GoesOn(cursor, wanted)) _draft.Begin(cursor, KeyPlace, wanted);
        while (true)
        {
            var isKey = NextKey(ref first, out key);
            if (isKey && (wanted & (1UL << (int)key)) == 0)
            {
                _draft.Value(cursor, JsonKey.Other);
                SkipValue();
                _draft.EndValue(cursor);
                if (!_order.MayBeginRun(_draft.From)) _draft.Begin(cursor, KeyPlace, wanted);
                if (!TakeRun(wanted, ref first)) continue;
                _draft.Drop();
                return NextOfRun(out key);
            }
            if (isKey && Peek() == '"')
            {
                _draft.Value(cursor, key);
                return true;
            }
            if (State == WalkState.Fine) _order.LearnRun(_draft, cursor, key);
            _draft.Drop();
            return isKey;
        }
    }

    private void BeginRuns()
    {
        _run = null;
        // Why: a place in another file may have the same number.
        _plain = (-1, 0);
        _draft.Drop();
    }

    private bool TakeRun(ulong wanted, ref bool first)
    {
        var unread = cursor.Unread;
        if (!MayFollow(unread, first) || _order.FollowRun(unread, wanted) is not { } run) return false;
        first = false;
        (_run, _runStart, _given) = (run, cursor.Position, 0);
        return true;
    }

    private bool NextOfRun(out JsonKey key)
    {
        var run = _run!;
        var values = run.Values;
        if (_given < values.Length)
        {
            ref readonly var value = ref values[_given++];
            cursor.Position = _runStart + value.Start;
            _plain = (cursor.Offset, value.Length);
            key = value.Key;
            return true;
        }
        _run = null;
        cursor.Position = _runStart + run.Length;
        key = run.Key;
        return key != JsonKey.Other;
    }
}
