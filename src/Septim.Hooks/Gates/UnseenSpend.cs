using Septim.Hooks.Spend;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Gates;

/// <summary>
/// What a session spent and no line of it shows: compactions, and what its tools asked the model. Each is estimated when it happens and
/// counts until the client states a total of its own.
/// </summary>
internal sealed class UnseenSpend(GateContext context)
{
    private string Root => context.Tree.RootSessionId;

    private string State => context.Paths.StateDirectory;

    public Usd AtLeast(SpendReading session) => Usd.Max(session.Total, StatusFloor.Now(context.Files, State, Root, session.LinesTotal));

    public Usd AtLeast(FileReading agent) => Usd.Max(agent.Total, StatusFloor.Now(context.Files, State, agent.Path, agent.Total));

    /// <summary>The session has ended, and its client wrote its total.</summary>
    public void Settle(SpendReading session) => StatusFloor.Settle(context.Files, State, Root, session.Beyond);

    /// <summary>Adds to what the session spent and, where an agent did it, to what that agent spent. Without a ceiling nobody asks.</summary>
    /// <param name="session">As it is on disk.</param>
    /// <param name="thread">Whose doing it was; null: the session's.</param>
    /// <param name="unwritten">What else of the thread is not on disk.</param>
    /// <param name="spent">By estimate.</param>
    /// <exception cref="HookFault">The state cannot be written, so it would be counted nowhere.</exception>
    public void Note(SpendReading session, FileReading? thread, Usd unwritten, Usd spent)
    {
        if (context.Config is { SessionUsd: null, SubagentUsd: null, RunUsd: null, DayUsd: null }) return;
        var isNoted = context.Files.CreateDirectory(State);
        if (isNoted)
        {
            // Why: agents of one session may end their batches at the same instant.
            using var turn = FileLock.Take(Path.Combine(State, "floors.lock"), context.Deadline);
            isNoted = StatusFloor.Write(context.Files, State, Root, Usd.Max(AtLeast(session), session.Total + unwritten) + spent, session.LinesTotal, session.Beyond);
            if (thread is { AgentId: not null }) isNoted &= StatusFloor.Write(context.Files, State, thread.Path, AtLeast(thread) + spent, thread.Total);
        }
        if (!isNoted) throw new HookFault($"{State} cannot be written, so requests that leave no line in the transcript are counted nowhere; make it writable");
    }
}
