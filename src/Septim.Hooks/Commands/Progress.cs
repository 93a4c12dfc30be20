using System.Diagnostics;

namespace Septim.Hooks.Commands;

/// <summary>A line on a terminal's stderr for what takes longer than a second; nothing anywhere else.</summary>
internal sealed class Progress(CommandIo io)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _last;
    private bool _shown;

    public void Report(long done, long total)
    {
        if (!io.ErrIsTerminal) return;
        var now = Stopwatch.GetTimestamp();
        if (Stopwatch.GetElapsedTime(_start, now) < TimeSpan.FromSeconds(1) || Stopwatch.GetElapsedTime(_last, now) < TimeSpan.FromMilliseconds(100)) return;
        (_last, _shown) = (now, true);
        io.Err.Write($"\rreading transcripts: {done / 1_000_000} of {Math.Max(done, total) / 1_000_000} MB\u001b[K");
    }

    public void Clear()
    {
        if (_shown) io.Err.Write("\r\u001b[K");
    }
}
