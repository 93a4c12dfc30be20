using System.Globalization;
using Septim.Hooks.Gates;
using Septim.Hooks.Spend;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Recording;

/// <summary>What the transcripts of one session say at this moment.</summary>
internal sealed record SessionFigures
{
    public required SpendReading Reading { get; init; }

    /// <summary>At least this much: the lines, the client's own record, or its status line, whichever is most.</summary>
    public required Usd Total { get; init; }

    /// <summary>What was added since the last Stop; on SubagentStop what that agent has cost.</summary>
    public required Usd Turn { get; init; }

    /// <summary>The rolling 24 hours of this user; null unless the day's ceiling keeps them up to date.</summary>
    public Usd? Day { get; init; }

    public required string PriceVersion { get; init; }
    public long SubagentsSpawned { get; init; }
    public int SubagentsDepth { get; init; }

    /// <summary>False only when the client's own record of the session's cost stands above what its lines show.</summary>
    public bool IsLowerBound => Reading.CostStateFloor == Usd.Zero || Reading.CostStateFloor < Total;

    /// <summary>Cache reads over all prompt tokens, from 0 to 1 in ten-thousandths; null before the first prompt.</summary>
    public decimal? CacheHitRate =>
        Reading.Tokens.Prompt == 0 ? null : Math.Round((decimal)Reading.Tokens.CacheRead / Reading.Tokens.Prompt, 4);

    /// <returns>Null when there is no transcript, which is not the same as zero spend: <c>--no-session-persistence</c> leaves none.</returns>
    /// <exception cref="HookFault">A transcript cannot be read.</exception>
    public static SessionFigures? Read(GateContext context, SessionTally tally)
    {
        var input = context.Input;
        var state = context.Paths.StateDirectory;
        var prices = PriceTable.Load(context.Files, context.Config.Prices);
        // Why: the gate's snapshot is shared when this session stands alone; when it has children, whose cost their own events
        // report, reading it without them needs a snapshot of its own.
        var members = new SessionLinks(context.Files, state).Members(SessionLinks.TreeGroup(context.Tree.RootSessionId));
        var alone = members.Count == 0 || (members.Count == 1 && members[0] == input.TranscriptPath);
        var meter = new SpendMeter(context.Files, alone ? state : Path.Combine(state, "own"), prices, context.Time, context.Deadline);
        var reading = meter.Read(SpendScope.Session(input.TranscriptPath, alone ? members : []));
        if (reading.MainMissing) return null;
        var total = Usd.Max(reading.Total, StatusFloor.Now(context.Files, state, input.SessionId, reading.LinesTotal));
        var agents = 0;
        foreach (var one in reading.Files)
            if (one.AgentId is not null) agents++;
        return new SessionFigures
        {
            Reading = reading,
            Total = total,
            Turn = input.AgentId is null ? Usd.Max(total - tally.ReportedTotal, Usd.Zero) : AgentCost(reading, input.AgentId),
            Day = context.Config.DayUsd is null ? null : meter.Read(SpendScope.Day(context.Client.ProjectsDirectory)).WindowTotal(context.Time.GetUtcNow()),
            PriceVersion = prices.Version.ToString("x16", CultureInfo.InvariantCulture),
            SubagentsSpawned = agents,
            SubagentsDepth = agents == tally.Agents ? tally.AgentDepth : Depth(context.Files, reading),
        };
    }

    private static Usd AgentCost(SpendReading reading, string agentId)
    {
        foreach (var file in reading.Files)
            if (file.AgentId == agentId) return file.Total;
        return Usd.Zero;
    }

    private static int Depth(IFileSystem files, SpendReading reading)
    {
        var deepest = 0;
        foreach (var file in reading.Files)
            if (file.AgentId is not null && AgentMeta.Read(files, AgentMeta.PathFor(file.Path)) is { } meta) deepest = Math.Max(deepest, meta.SpawnDepth);
        return deepest;
    }
}
