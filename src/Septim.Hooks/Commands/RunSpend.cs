using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Spend;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Commands;

/// <summary>What a run cost, from the transcripts of its sessions.</summary>
internal static class RunSpend
{
    /// <returns>For people: <c>spent at least $0.12 in 2 sessions</c>.</returns>
    public static string Read(string runId, List<(string Transcript, string SessionId)> sessions, CommandIo io)
    {
        try
        {
            var client = ClientEnvironment.Read(io.Variable);
            var paths = SeptimPaths.Read(client, io.Variable);
            var config = ConfigLoader.Load(paths, client, null, io.Variable, io.Time);
            var files = FileSystem.Real;
            var transcripts = sessions.Select(session => session.Transcript).Distinct().ToList();
            if (transcripts.Count == 0) return "no session started";
            var meter = new SpendMeter(files, paths.StateDirectory, PriceTable.Load(files, config.Prices), io.Time, Deadline.None);
            var total = meter.Read(SpendScope.Run(runId, transcripts)).Total;
            return $"spent at least {total.ToDisplay()} in {Plural.Of(transcripts.Count, "session")}";
        }
        catch (HookFault fault)
        {
            return $"what was spent cannot be read: {fault.Message}";
        }
    }
}
