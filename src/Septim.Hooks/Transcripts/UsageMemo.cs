namespace Septim.Hooks.Transcripts;

/// <summary>
/// The usage objects last read. The client writes the same keys in the same order on line after line, so most objects are one of those
/// before but for their counts: to compare is several times cheaper than to read. Where they differ more, it soon leaves off.
/// </summary>
internal sealed class UsageMemo
{
    /// <summary>One that is known pays for four that are not.</summary>
    private const int CreditOfHit = 4;

    private const int MaxCredit = 32;

    /// <summary>Lines until it is tried again.</summary>
    private const int Pause = 1_000;

    // Two, since the last line of a response may say more than those before it.
    private UsageShape _last = new();
    private UsageShape _other = new();
    private int _credit = MaxCredit;
    private int _pause;

    /// <summary>Gives <paramref name="line"/> its usage when the text starts with an object of a shape that is known.</summary>
    /// <param name="text">Starts with the brace.</param>
    /// <param name="line">Its usage is cleared.</param>
    /// <param name="keyPlace">As it was behind the kept object.</param>
    /// <returns>Bytes of the object; 0 when it is another one.</returns>
    public int Take(ReadOnlySpan<byte> text, TranscriptLine line, out int keyPlace)
    {
        keyPlace = 0;
        if (_credit == 0) return 0;
        var length = _last.Read(text, line);
        if (length == 0)
        {
            (_last, _other) = (_other, _last);
            length = _last.Read(text, line);
        }
        if (length == 0)
        {
            if (--_credit == 0) _pause = Pause;
            return 0;
        }
        _credit = Math.Min(_credit + CreditOfHit, MaxCredit);
        keyPlace = _last.KeyPlace;
        return length;
    }

    /// <summary>An object that is read whole starts: the shape to note its counts in; it replaces the one used longest ago.</summary>
    public UsageShape Learn()
    {
        (_last, _other) = (_other, _last);
        if (_credit == 0 && --_pause <= 0) _credit = CreditOfHit;
        _last.Begin(isKept: _credit > 0);
        return _last;
    }
}
