using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Delivery;
using Septim.Hooks.Recording;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Commands;

/// <summary>
/// Delivers the log at the end of <c>septim run</c>: a CI machine may be gone a moment later. What cannot be delivered in time is one
/// line on stderr and never changes the exit code, which belongs to the client.
/// </summary>
internal static class LogDrain
{
    /// <param name="patience">By when; zero leaves everything for later.</param>
    /// <param name="io">Its stderr is told what is left.</param>
    public static void Run(TimeSpan patience, CommandIo io)
    {
        if (patience == TimeSpan.Zero) return;
        try
        {
            var client = ClientEnvironment.Read(io.Variable);
            var paths = SeptimPaths.Read(client, io.Variable);
            var spool = SpoolPaths.In(paths.StateDirectory);
            if (!Directory.Exists(spool.Root)) return;
            var config = ConfigLoader.Load(paths, client, null, io.Variable, io.Time);
            using var end = new CancellationTokenSource(patience);
            var runs = ShipLoop.FlushAsync(new Shipper(config, paths, FileSystem.Real, io.Variable, io.Time), spool, end.Token).GetAwaiter().GetResult();
            foreach (var run in runs ?? [])
                if (run.Failure is not null || run.Dead > 0) io.Err.WriteLine($"septim run: the log: {run.Sink} {(run.Dead > 0 ? $"refused {Plural.Of(run.Dead, "event")}: {run.DeadReason}" : $"does not take events: {run.Failure}")}");
            var letters = new DeadLetters(FileSystem.Real, spool);
            if (letters.Spooled + letters.Sinks().Sum(letters.Waiting) is var left and > 0)
                io.Err.WriteLine($"septim run: the log: {Plural.Of(left, "event")} not delivered in time, kept in {spool.Root}; `septim ship --flush` sends them");
        }
        catch (Exception e)
        {
            io.Err.WriteLine($"septim run: the log could not be delivered: {Cause.Of(e)}");
        }
    }
}
