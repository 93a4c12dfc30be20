using Septim.Hooks.Recording;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Delivery;

/// <summary>The shipper as a process: one at a time, staying a moment for what comes next, gone when there is nothing left to do.</summary>
internal static class ShipLoop
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Delivers until the spool has been empty for a moment. Returns at once when another shipper runs.</summary>
    public static async Task RunAsync(Shipper shipper, IFileSystem files, SpoolPaths paths, CancellationToken end)
    {
        // Why the loop: a hook that saw the lock held leaves its event to us, so after giving the lock back we look once more.
        do
        {
            using var held = ShipLock.TryTake(paths.Lock, LockPatience);
            if (held is null) return;
            do await shipper.RunAsync(evenResting: false, end).ConfigureAwait(false);
            while (await Comes(files, paths, end).ConfigureAwait(false));
        }
        while (IsSpooled(files, paths) && !end.IsCancellationRequested);
    }

    /// <summary>Delivers everything that waits, sinks that rest included, or what can be delivered by the deadline.</summary>
    /// <returns>What the sinks did last; null when another shipper held on until the deadline.</returns>
    public static async Task<List<SinkRun>?> FlushAsync(Shipper shipper, SpoolPaths paths, CancellationToken deadline)
    {
        while (shipper.HasWork)
        {
            using (var held = ShipLock.TryTake(paths.Lock, LockPatience))
            {
                if (held is not null) return await shipper.RunAsync(evenResting: true, deadline).ConfigureAwait(false);
            }
            if (deadline.IsCancellationRequested) return null;
            await Task.Delay(Look, CancellationToken.None).ConfigureAwait(false);
        }
        return [];
    }

    private static async Task<bool> Comes(IFileSystem files, SpoolPaths paths, CancellationToken end)
    {
        for (var waited = TimeSpan.Zero; waited < Linger && !end.IsCancellationRequested; waited += Look)
        {
            if (IsSpooled(files, paths)) return true;
            await Task.Delay(Look, CancellationToken.None).ConfigureAwait(false);
        }
        return false;
    }

    private static bool IsSpooled(IFileSystem files, SpoolPaths paths) =>
        Queue.List(files, paths.Spool).Count > 0 || Queue.List(files, paths.Notices).Count > 0;
}
