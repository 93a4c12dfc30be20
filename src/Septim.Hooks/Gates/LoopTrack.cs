namespace Septim.Hooks.Gates;

/// <summary>
/// Follows one thread's calls backwards from the call at hand and keeps, for each cycle length, how many whole rounds in a row are
/// equal. It asks for more only while some cycle, or the run of failures, is unbroken and below what matters.
/// </summary>
internal sealed class LoopTrack
{
    private readonly List<UInt128> _calls;
    private readonly bool[] _broken;
    private readonly int _enough;
    private bool _failuresEnded;
    private string? _lastFailed;

    /// <param name="current">The call at hand.</param>
    /// <param name="longestCycle">Cycles of 1 to this many calls are followed.</param>
    /// <param name="enough">Rounds or failures beyond this change nothing more.</param>
    public LoopTrack(UInt128 current, int longestCycle, int enough)
    {
        _calls = [current];
        _broken = new bool[longestCycle + 1];
        _enough = enough;
    }

    /// <summary>
    /// Failures before the call at hand, without a success between. Calls of one message count once: when they were made, the model
    /// had seen none of their results, so a refused fan-out is one failure and no run of them.
    /// </summary>
    public int Failures { get; private set; }

    /// <summary>Takes the next older call; false when nothing more is needed.</summary>
    /// <param name="call">What was called.</param>
    /// <param name="failed">Whether its result was an error.</param>
    /// <param name="messageId">The message that made it; null counts as a message of its own.</param>
    public bool Add(UInt128 call, bool failed, string? messageId = null)
    {
        if (!failed) _failuresEnded = true;
        if (!_failuresEnded && (messageId is null || messageId != _lastFailed)) Failures++;
        _lastFailed = messageId;
        _calls.Add(call);
        var open = !_failuresEnded && Failures < _enough;
        var newest = _calls.Count - 1;
        for (var period = 1; period < _broken.Length; period++)
        {
            if (newest >= period && _calls[newest] != _calls[newest - period]) _broken[period] = true;
            open |= !_broken[period] && newest < period * _enough;
        }
        return open;
    }

    /// <summary>The most whole rounds of equal cycles that end with the call at hand, and the shortest cycle that gives them; at least 1.</summary>
    public int Rounds(out int period)
    {
        period = 1;
        var best = 1;
        for (var length = 1; length < _broken.Length; length++)
        {
            var equal = length;
            while (equal < _calls.Count && _calls[equal] == _calls[equal - length]) equal++;
            if (equal / length <= best) continue;
            best = equal / length;
            period = length;
        }
        return best;
    }
}
