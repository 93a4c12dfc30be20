using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>
/// Loads what is kept of a large scope on a second thread while the caller is still at another scope; afterwards the thread takes half of
/// its stats. Stats alone must not be taken ahead: what others have in flight is asked for first, else a response that lands between the
/// two would be in neither. A small scope gets no thread, to begin one takes longer than all of it.
/// </summary>
internal sealed class ScopeAhead : IDisposable
{
    private SpendState? _state;

    public ScopeAhead(SnapshotFile snapshot)
    {
        Snapshot = snapshot;
        Thread = snapshot.KnownFiles >= ScopeStats.Worthwhile ? SideThread.Start() : null;
        Thread?.Run(() => _state = snapshot.Load());
    }

    public SnapshotFile Snapshot { get; }

    /// <summary>Null for a small scope, or when no thread is to be had.</summary>
    public SideThread? Thread { get; }

    /// <summary>As <see cref="SnapshotFile.Load"/>, faults included.</summary>
    public SpendState? State()
    {
        if (Thread is null) return Snapshot.Load();
        Thread.Wait();
        return _state;
    }

    public void Dispose() => Thread?.End();
}
