namespace Septim.Hooks.Commands;

/// <summary>A bar on stderr when the audit takes longer than a second and a person watches; nothing anywhere else.</summary>
internal sealed class AuditProgress : IDisposable
{
    private const int Width = 30;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private readonly CommandIo _io;
    private readonly long _start;
    private readonly Lock _gate = new();
    private readonly ITimer? _timer;
    private (int Done, int Total) _items = (0, 1);
    private double _part;
    private int _shown = -1;
    private bool _over;

    public AuditProgress(CommandIo io)
    {
        _io = io;
        _start = io.Time.GetTimestamp();
        // Why a timer: what takes long may be one step that reports nothing, a listing by git for one.
        if (io.ErrIsTerminal) _timer = io.Time.CreateTimer(_ => Show(), null, Patience, Step);
    }

    /// <param name="done">Of the part in hand: bytes of transcripts, or blobs of the history.</param>
    /// <param name="total">In all.</param>
    public void Report(long done, long total)
    {
        if (!_io.ErrIsTerminal || total == 0) return;
        lock (_gate) _part = Math.Min(1, (double)done / total);
        Show();
    }

    /// <summary>Items judged, of how many.</summary>
    public void ItemDone(int done, int total)
    {
        if (!_io.ErrIsTerminal) return;
        lock (_gate) (_items, _part) = ((done, Math.Max(1, total)), 0);
        Show();
    }

    public void Dispose()
    {
        _timer?.Dispose();
        lock (_gate)
        {
            _over = true;
            if (_shown >= 0) _io.Err.Write($"\r{new string(' ', Width + 16)}\r");
        }
    }

    private void Show()
    {
        if (_io.Time.GetElapsedTime(_start) < Patience) return;
        lock (_gate)
        {
            if (_over) return;
            // Why never back: the last item's own part ends where the next item begins.
            var percent = Math.Min(100, (int)((_items.Done + _part) * 100 / _items.Total));
            if (percent <= _shown) return;
            _shown = percent;
            var full = percent * Width / 100;
            _io.Err.Write($"\raudit [{new string('#', full)}{new string('.', Width - full)}] {percent,3} %");
        }
    }
}
