namespace Septim.Hooks.Commands;

/// <summary>How far an audit is: <see cref="Progress"/> over its items, each with a part in hand, and by itself while nothing reports.</summary>
internal sealed class AuditProgress : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private readonly Progress _bar;
    private readonly Lock _gate = new();
    private readonly ITimer? _timer;
    private (int Done, int Total) _items = (0, 1);
    private int _percent;
    private bool _over;

    public AuditProgress(CommandIo io)
    {
        _bar = new Progress(io);
        // Why a timer: what takes long may be one step that reports nothing, a listing by git for one.
        if (io.ErrIsTerminal) _timer = io.Time.CreateTimer(_ => Show(0), null, Progress.Patience, Step);
    }

    /// <param name="done">Of the part in hand: bytes of transcripts, or blobs of the history.</param>
    /// <param name="total">In all.</param>
    public void Report(long done, long total)
    {
        if (total > 0) Show(Math.Min(1, (double)done / total));
    }

    /// <summary>Items judged, of how many.</summary>
    public void ItemDone(int done, int total)
    {
        lock (_gate) _items = (done, Math.Max(1, total));
        Show(0);
    }

    public void Dispose()
    {
        _timer?.Dispose();
        lock (_gate)
        {
            _over = true;
            _bar.Clear();
        }
    }

    private void Show(double part)
    {
        lock (_gate)
        {
            if (_over) return;
            // Why never back: the last item's own part ends where the next item begins.
            _percent = Math.Max(_percent, Math.Min(100, (int)((_items.Done + part) * 100 / _items.Total)));
            _bar.ReportPercent("audit", _percent);
        }
    }
}
