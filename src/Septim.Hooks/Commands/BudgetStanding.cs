using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Gates;
using Septim.Hooks.Spend;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Commands;

/// <summary>Where each ceiling stands now.</summary>
/// <param name="Transcript">The session's; null when there is none.</param>
/// <param name="Ceilings">Those that are set and can be told, with what is certain; nothing is reserved between calls.</param>
internal sealed record BudgetStanding(string? Transcript, IReadOnlyList<Ceiling> Ceilings)
{
    public string? SessionId => Transcript is null ? null : Path.GetFileNameWithoutExtension(Transcript);

    /// <param name="config">The ceilings.</param>
    /// <param name="paths">Where state lies.</param>
    /// <param name="client">Where transcripts lie.</param>
    /// <param name="transcript">The session's; it may not exist yet.</param>
    /// <param name="io">The clock and the environment.</param>
    /// <param name="clientTotal">What the client itself says; kept as a floor for the gate.</param>
    /// <exception cref="HookFault">A transcript cannot be read.</exception>
    public static BudgetStanding Read(SeptimConfig config, SeptimPaths paths, ClientEnvironment client, string? transcript, CommandIo io, Usd? clientTotal = null)
    {
        var files = FileSystem.Real;
        var prices = PriceTable.Load(files, config.Prices);
        var meter = new SpendMeter(files, paths.StateDirectory, prices, io.Time, Deadline.None);
        var links = new SessionLinks(files, paths.StateDirectory);
        var now = io.Time.GetUtcNow();
        var ceilings = new List<Ceiling>();
        void Add(string name, ConfigKey key, Usd? limit, Func<Usd> used)
        {
            if (limit is { } usd)
                ceilings.Add(new Ceiling(name, key, usd.Pico, used().Times(100 + config.OverheadPercent, 100).Pico, 0, 0, 0, CeilingUnit.PicoUsd));
        }

        if (transcript is not null)
        {
            var id = Path.GetFileNameWithoutExtension(transcript);
            var session = meter.Read(SpendScope.Session(transcript, links.Members(SessionLinks.TreeGroup(id))));
            if (clientTotal is { } total) StatusFloor.Write(files, paths.StateDirectory, id, total, session.LinesTotal, session.Beyond);
            Add("session", ConfigKeys.SessionUsd, config.SessionUsd, () => Usd.Max(session.Total, StatusFloor.Now(files, paths.StateDirectory, id, session.LinesTotal)));
            if (config.SessionMinutes is { } minutes && session.FirstTimestamp is { } first)
                ceilings.Add(new Ceiling("session time", ConfigKeys.SessionMinutes, minutes, Math.Max(0, (long)(now - first).TotalMinutes), 0, 0, 0, CeilingUnit.Minutes));
            if (config.SessionToolCalls is { } calls)
                ceilings.Add(new Ceiling("tool call", ConfigKeys.SessionToolCalls, calls, session.ToolCalls, 0, 0, 0, CeilingUnit.ToolCalls));
        }
        else
        {
            // Why: what will hold for the first session is what a person asks before it.
            Add("session", ConfigKeys.SessionUsd, config.SessionUsd, () => Usd.Zero);
            if (config.SessionMinutes is { } minutes) ceilings.Add(new Ceiling("session time", ConfigKeys.SessionMinutes, minutes, 0, 0, 0, 0, CeilingUnit.Minutes));
            if (config.SessionToolCalls is { } calls) ceilings.Add(new Ceiling("tool call", ConfigKeys.SessionToolCalls, calls, 0, 0, 0, 0, CeilingUnit.ToolCalls));
        }
        if (SessionTree.Read("", io.Variable).RunId is { Length: > 0 } run)
            Add("run", ConfigKeys.RunUsd, config.RunUsd, () => meter.Read(SpendScope.Run(run, links.Members(SessionLinks.RunGroup(run)))).Total);
        Add("day", ConfigKeys.DayUsd, config.DayUsd, () => meter.Read(SpendScope.Day(client.ProjectsDirectory)).WindowTotal(now));
        return new BudgetStanding(transcript, ceilings);
    }
}
