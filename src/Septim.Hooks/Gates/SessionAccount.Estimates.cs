using Septim.Hooks.Claude;
using Septim.Hooks.Spend;

namespace Septim.Hooks.Gates;

/// <summary>What is not on disk yet: the message in flight, the next request, and what this call would start.</summary>
internal sealed partial class SessionAccount
{
    private (Usd InFlight, Usd Next, Usd Doubt) Estimate(SpendReading session, FileReading? thread, bool onDisk)
    {
        var appended = Input.EventName switch
        {
            HookEvent.UserPromptSubmit => Input.Prompt?.Length ?? 0L,
            HookEvent.PostToolBatch => Input.Json.Length,
            _ => 0L,
        };
        var model = thread ?? NewestThread(session) ?? NewestElsewhere();
        var next = _context.Config.Reserve switch
        {
            "none" => Usd.Zero,
            "worst" => NextRequest.Worst(model, appended, _prices),
            _ => NextRequest.Typical(model, appended, _prices),
        };
        if (onDisk || Input.EventName == HookEvent.UserPromptSubmit) return (Usd.Zero, next, Usd.Zero);
        var inFlight = Usd.Max(next, NextRequest.Typical(model, 0, _prices));
        var worst = thread?.Last is null ? NextRequest.WorstUnknown : NextRequest.Worst(thread, appended, _prices);
        return (inFlight, next, Usd.Max(worst, inFlight) - inFlight);
    }

    /// <summary>An agent without a transcript yet is judged by the thread that answered last.</summary>
    private static FileReading? NewestThread(SpendReading session)
    {
        FileReading? dearest = null;
        foreach (var file in session.Files)
            if (file.Last is { } last && (dearest?.Last is not { } best || last.Cost > best.Cost)) dearest = file;
        return dearest;
    }

    /// <summary>
    /// A session that has not answered yet is judged by the others on its account. Without that, one that starts when the others have
    /// used the rest up would cross the ceiling with its first request.
    /// </summary>
    private FileReading? NewestElsewhere()
    {
        var config = _context.Config;
        var run = config.RunUsd is null ? null : NewestThread(_meter.Read(SpendScope.Run(_context.Tree.RunId, _run)));
        return run ?? (config.DayUsd is null ? null : NewestThread(_meter.Read(SpendScope.Day(_context.Client.ProjectsDirectory))));
    }

    /// <summary>Of the thread, or of what answered last; none is known before the first answer.</summary>
    private static string ModelOf(SpendReading session, FileReading? thread) => (thread?.Last ?? NewestThread(session)?.Last)?.Model ?? "";

    /// <summary>An agent's first request passes no gate, nor does one that a tool makes, so the call that starts it reserves for it.</summary>
    private Reservation? ChildReservation(SpendReading session, Reservation own)
    {
        if (Input.EventName != HookEvent.PreToolUse || Input.Tool is not { UseId: { } id } tool || _context.Config.Reserve == "none") return null;
        var first = tool.Name is "Agent" or "Task" or "Workflow" or "SendMessage"
            ? NextRequest.Typical(NewestThread(session), 0, _prices)
            : ToolRequest.Estimate(tool, ModelOf(session, FindThread(session)), _prices);
        if (first == Usd.Zero) return null;
        return own with { Path = ChildThread.PathFor(SessionFolder, id), Responses = 0, InFlight = Usd.Zero, Next = first, Ended = 0, Unwritten = [], AboveLines = Usd.Zero };
    }
}
