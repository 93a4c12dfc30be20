using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>
/// Loads what is kept of a scope on a second thread while the caller is still at another scope; afterwards the thread takes half of its
/// stats. Stats alone must not be taken ahead: what others have in flight is asked for first, else a response that lands between the
/// two would be in neither.
/// </summary>
internal sealed class ScopeAhead : IDisposable
{
    private SpendState? _state;

    private ScopeAhead(SnapshotFile snapshot, SideThread thread)
    {
        (Snapshot, Thread) = (snapshot, thread);
        thread.Run(() => _state = snapshot.Load());
    }

    public SnapshotFile Snapshot { get; }

    public SideThread Thread { get; }

    /// <returns>Null when no thread is to be had.</returns>
    public static ScopeAhead? Begin(SnapshotFile snapshot) => SideThread.Start() is { } thread ? new ScopeAhead(snapshot, thread) : null;

    /// <summary>As <see cref="SnapshotFile.Load"/>, faults included.</summary>
    public SpendState? State()
    {
        Thread.Wait();
        return _state;
    }

    public void Dispose() => Thread.End();
}
