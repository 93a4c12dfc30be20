using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Commands.Replay;

/// <summary>One recorded transcript: where it lies, where the replay shows it, and what of it stood on disk at which time.</summary>
/// <param name="Path">On the real disk.</param>
/// <param name="ShownPath">Below the user's folder of transcripts, where the gates look.</param>
/// <param name="Session">Whose it is.</param>
/// <param name="AgentId">Null for the main thread.</param>
/// <param name="Number">Its place in the order of the files.</param>
internal sealed record RecordedFile(string Path, string ShownPath, RecordedSession Session, string? AgentId, int Number)
{
    private long _shown;

    /// <summary>The byte after each whole line, and when it was written; both ascending.</summary>
    public List<long> LineEnds { get; } = [];

    public List<long> LineTimes { get; } = [];

    /// <summary>From when to when it worked: an agent that was sent a message later has several such times.</summary>
    public List<(long From, long To)> Runs { get; } = [];

    /// <summary>What the client wrote beside an agent's transcript; null when there is nothing.</summary>
    public AgentMeta? Meta { get; set; }

    /// <summary>When its first line was written; never, when it has none.</summary>
    public long FirstMs => LineTimes.Count == 0 ? long.MaxValue : LineTimes[0];

    /// <summary>How many bytes were there when this thread asked. Never fewer than before: a transcript only grows.</summary>
    public long VisibleWhen(RecordedStep own) => _shown = Math.Max(_shown, own.Visible);

    /// <summary>How many bytes were there when another thread asked.</summary>
    public long VisibleAt(long ms) => LinesAt(ms) is var lines and > 0 ? _shown = Math.Max(_shown, LineEnds[lines - 1]) : _shown;

    /// <summary>When the last line before that time was written.</summary>
    public long LastWriteAt(long ms) => LinesAt(ms) is var lines and > 0 ? LineTimes[lines - 1] : FirstMs;

    public bool WorksAt(long ms)
    {
        foreach (var (from, to) in Runs)
            if (from <= ms && ms <= to) return true;
        return false;
    }

    private int LinesAt(long ms)
    {
        int low = 0, high = LineTimes.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (LineTimes[middle] <= ms) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
