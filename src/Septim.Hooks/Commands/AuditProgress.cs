using System.Diagnostics;

namespace Septim.Hooks.Commands;

/// <summary>A bar on stderr when the audit takes longer than a second and a person watches.</summary>
internal sealed class AuditProgress(CommandIo io) : IDisposable
{
    private const int Width = 30;

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Lock _gate = new();
    private long _shown;
    private long _total;
    private bool _any;

    /// <param name="done">Of the part in hand: bytes of transcripts, or blobs of the history.</param>
    /// <param name="total">In all.</param>
    public void Report(long done, long total)
    {
        if (!io.ErrIsTerminal || total == 0 || Stopwatch.GetElapsedTime(_start).TotalSeconds < 1) return;
        lock (_gate)
        {
            // Why the total: each long part has its own, and starts the bar again.
            if (total != _total) (_total, _shown) = (total, 0);
            var part = Math.Min(100, done * 100 / total);
            if (part <= _shown) return;
            (_shown, _any) = (part, true);
            var full = (int)(part * Width / 100);
            io.Err.Write($"\raudit [{new string('#', full)}{new string('.', Width - full)}] {part,3} %");
        }
    }

    public void Dispose()
    {
        if (_any) io.Err.Write($"\r{new string(' ', Width + 16)}\r");
    }
}
