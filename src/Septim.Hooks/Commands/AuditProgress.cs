using System.Diagnostics;

namespace Septim.Hooks.Commands;

/// <summary>A bar on stderr when the audit takes longer than a second and a person watches.</summary>
internal sealed class AuditProgress(CommandIo io) : IDisposable
{
    private const int Width = 30;

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Lock _gate = new();
    private long _shown;

    /// <param name="done">Bytes read.</param>
    /// <param name="total">Bytes in all.</param>
    public void Report(long done, long total)
    {
        if (!io.ErrIsTerminal || total == 0 || Stopwatch.GetElapsedTime(_start).TotalSeconds < 1) return;
        lock (_gate)
        {
            var part = done * 100 / total;
            if (part <= _shown) return;
            _shown = part;
            var full = (int)(part * Width / 100);
            io.Err.Write($"\raudit [{new string('#', full)}{new string('.', Width - full)}] {part,3} %");
        }
    }

    public void Dispose()
    {
        if (_shown > 0) io.Err.Write($"\r{new string(' ', Width + 16)}\r");
    }
}
