using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>
/// The client's own running totals as a floor: what they state beyond the lines before them was spent without leaving a line. "Before" is
/// by place in the main transcript, and for agents by time: earlier than the first time that follows the record.
/// </summary>
internal static class CostStates
{
    /// <summary>The client adds doubles: below 1e-8 USD its total is not beyond the lines.</summary>
    private const long CostStateNoise = 10_000;

    /// <summary>A cost record in a main transcript: the last one counts, never their sum.</summary>
    public static void Note(FileEntry file, TranscriptLine line)
    {
        if (line.TotalCostPico is not (>= 0 and var pico))
        {
            throw new HookFault($"{file.FullPath}: the cost record at byte {line.Offset} states no amount of dollars");
        }
        ref var figures = ref file.Figures;
        (figures.CostState, figures.TotalAtCostState) = (pico, figures.Total);
        (figures.CostStateEnd, figures.CostStateUntil) = (line.End, long.MaxValue);
    }

    /// <summary>What the client's own records prove beyond the lines, in pico-dollars, over all sessions of the scope.</summary>
    public static long BeyondLines(SpendState state)
    {
        if (state.IsDay) return 0;
        Dictionary<string, long>? before = null;
        long beyond = 0;
        foreach (var directory in state.Directories)
        {
            if (!directory.IsMain) continue;
            foreach (var main in directory.Files)
            {
                if (main.Figures.CostState < 0) continue;
                before ??= Before(state);
                var excess = main.Figures.CostState - main.Figures.TotalAtCostState - before.GetValueOrDefault(main.FullPath);
                if (excess > CostStateNoise) beyond += excess;
            }
        }
        return beyond;
    }

    /// <summary>A session's cost record changed, or the first time behind it became known: how much of its agents' spend lies before it?</summary>
    public static void Place(SpendState state, FileEntry main)
    {
        foreach (var directory in state.Directories)
        {
            if (directory.MainTranscript != main.FullPath || directory.IsPinned) continue;
            foreach (var agent in directory.Files)
            {
                if (agent.Figures.Responses == 0) continue;
                // Why: which of its responses lie before that time was not kept; only a new reading tells.
                if (agent.Figures.LatestTime >= main.Figures.CostStateUntil) throw new StaleStateException("cost record");
                if (agent.Figures.BeforeCostState == agent.Figures.Total) continue;
                agent.Figures.BeforeCostState = agent.Figures.Total;
                agent.IsDirty = true;
            }
        }
    }

    private static Dictionary<string, long> Before(SpendState state)
    {
        var before = new Dictionary<string, long>();
        foreach (var directory in state.Directories)
        {
            if (directory.IsMain) continue;
            var sum = before.GetValueOrDefault(directory.MainTranscript!);
            foreach (var agent in directory.Files) sum += agent.Figures.BeforeCostState;
            before[directory.MainTranscript!] = sum;
        }
        return before;
    }
}
