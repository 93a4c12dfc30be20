namespace Septim.Hooks.Commands;

/// <summary>A line on a terminal's stderr for what takes longer than a second; nothing anywhere else.</summary>
/// <param name="io">The terminal and the clock.</param>
internal sealed class Progress(CommandIo io)
{
    /// <summary>What is over sooner shows nothing.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private const int BarWidth = 20;

    private readonly long _start = io.Time.GetTimestamp();
    private long _last;
    private bool _shown;

    /// <summary>Bytes of transcripts read.</summary>
    public void Report(long done, long total)
    {
        if (IsDue()) Show($"reading transcripts: {done / 1_000_000} of {Math.Max(done, total) / 1_000_000} MB", done, total);
    }

    /// <summary>Steps of anything else.</summary>
    public void ReportCount(string doing, long done, long total)
    {
        if (IsDue()) Show($"{doing}: {done} of {total}", done, total);
    }

    /// <summary>A share of something that is not counted in steps.</summary>
    public void ReportPercent(string doing, int percent)
    {
        if (IsDue()) Show($"{doing}: {percent} %", percent, 100);
    }

    public void Clear()
    {
        if (_shown) io.Err.Write("\r\u001b[K");
        _shown = false;
    }

    private bool IsDue()
    {
        if (!io.ErrIsTerminal) return false;
        var now = io.Time.GetTimestamp();
        if (io.Time.GetElapsedTime(_start, now) < Patience || (_shown && io.Time.GetElapsedTime(_last, now) < Step)) return false;
        (_last, _shown) = (now, true);
        return true;
    }

    private void Show(string text, long done, long total)
    {
        var filled = total <= 0 ? 0 : (int)Math.Min(BarWidth, BarWidth * done / total);
        io.Err.Write($"\r[{new string('#', filled)}{new string('.', BarWidth - filled)}] {text}\u001b[K");
    }
}
