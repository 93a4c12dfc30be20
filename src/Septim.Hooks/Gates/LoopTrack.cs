using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Gates;

/// <summary>
/// Follows one thread's calls backwards from the call at hand and keeps, for each cycle length, how many whole rounds in a row are
/// equal. It asks for more only while some cycle, or the run of failures, is unbroken and below what matters.
/// </summary>
internal sealed class LoopTrack
{
    private readonly List<UInt128> _calls;
    private readonly List<UInt128?> _outputs = [null];
    private readonly bool[] _broken;
    private readonly int _enough;
    private bool _failuresEnded;
    private string? _lastMessage;
    private string? _lastFailed;
    private int _prompt = int.MaxValue;

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
    /// Failures before the call at hand, without a success or a prompt between. Calls of one message count once: when they were made,
    /// the model had seen none of their results, so a refused fan-out is one failure and no run of them.
    /// </summary>
    public int Failures { get; private set; }

    /// <summary>The call at hand is on disk: what its message made besides was made side by side with it.</summary>
    public void Found(string? messageId) => _lastMessage = messageId;

    /// <summary>Takes the next older call; false when nothing more is needed.</summary>
    /// <param name="call">Its key.</param>
    /// <param name="recorded">What was called.</param>
    public bool Add(UInt128 call, RecordedCall recorded)
    {
        if (recorded.BeforePrompt) _prompt = Math.Min(_prompt, _calls.Count);
        if (!recorded.Failed || recorded.BeforePrompt) _failuresEnded = true;
        if (!_failuresEnded && (recorded.MessageId is null || recorded.MessageId != _lastFailed)) Failures++;
        _lastFailed = recorded.MessageId;
        // Why: equal calls of one message are one step. The model did not see the first one's result before it made the second.
        var isBeside = recorded.MessageId is not null && recorded.MessageId == _lastMessage && call == _calls[^1];
        _lastMessage = recorded.MessageId;
        if (!isBeside)
        {
            _calls.Add(call);
            _outputs.Add(recorded.Output);
        }
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
    /// <param name="period">How many calls a round has.</param>
    /// <param name="withoutNews">
    /// Count only back to where something new came in: a result that differs from the same call's next one, or a prompt from outside.
    /// </param>
    public int Rounds(out int period, bool withoutNews = false)
    {
        period = 1;
        var best = 1;
        for (var length = 1; length < _broken.Length; length++)
        {
            var equal = length;
            while (equal < _calls.Count && _calls[equal] == _calls[equal - length]) equal++;
            if (withoutNews) equal = Math.Min(Math.Min(equal, _prompt), FirstNews(length, equal));
            if (equal / length <= best) continue;
            best = equal / length;
            period = length;
        }
        return best;
    }

    /// <summary>A failure tells nothing new, whatever its words; a result that is not there yet tells nothing at all.</summary>
    private int FirstNews(int length, int equal)
    {
        Span<UInt128?> latest = stackalloc UInt128?[length];
        latest.Clear();
        for (var i = 0; i < equal; i++)
        {
            if (_outputs[i] is not { } output) continue;
            if (latest[i % length] is { } known && known != output) return i;
            latest[i % length] = output;
        }
        return equal;
    }
}
