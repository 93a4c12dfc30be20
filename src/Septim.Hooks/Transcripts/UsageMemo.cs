namespace Septim.Hooks.Transcripts;

/// <summary>
/// The usage object last read. The client writes a line for each content block of a response and the same usage on each of them, so most are
/// the one before, byte for byte: to compare is several times cheaper than to read. Where they differ, as in transcripts of older
/// clients, it soon leaves off.
/// </summary>
internal sealed class UsageMemo
{
    private const int MaxBytes = 2048;

    /// <summary>One that is the same pays for four that are not.</summary>
    private const int CreditOfHit = 4;

    private const int MaxCredit = 32;

    /// <summary>Lines until it is tried again.</summary>
    private const int Pause = 1_000;

    private readonly TranscriptLine _kept = new();
    private byte[] _text = [];
    private int _length;
    private int _keyPlace;
    private int _credit = MaxCredit;
    private int _pause;

    /// <summary>Gives <paramref name="line"/> the figures of the kept object when the text starts with it.</summary>
    /// <param name="text">Starts with the brace.</param>
    /// <param name="line">Its usage is cleared.</param>
    /// <param name="keyPlace">As it was behind the kept object.</param>
    /// <returns>Bytes of the object; 0 when it is another one.</returns>
    public int Take(ReadOnlySpan<byte> text, TranscriptLine line, out int keyPlace)
    {
        keyPlace = _keyPlace;
        if (_credit == 0 || _length == 0) return 0;
        if (!text.StartsWith(_text.AsSpan(0, _length)))
        {
            if (--_credit == 0) _pause = Pause;
            return 0;
        }
        _credit = Math.Min(_credit + CreditOfHit, MaxCredit);
        line.CopyUsage(_kept);
        return _length;
    }

    /// <summary>Keeps an object that was read whole.</summary>
    public void Keep(ReadOnlySpan<byte> text, TranscriptLine line, int keyPlace)
    {
        if (_credit == 0 && --_pause <= 0) _credit = CreditOfHit;
        if (_credit == 0 || text.Length > MaxBytes) return;
        if (_text.Length == 0) _text = new byte[MaxBytes];
        text.CopyTo(_text);
        (_length, _keyPlace) = (text.Length, keyPlace);
        _kept.CopyUsage(line);
    }
}
