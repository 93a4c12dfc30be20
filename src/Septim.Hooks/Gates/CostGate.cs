using Septim.Hooks.Claude;
using Septim.Hooks.Spend;

namespace Septim.Hooks.Gates;

/// <summary>
/// Stops a session before it crosses a ceiling: refuses a turn (UserPromptSubmit), a call (PreToolUse), or the next request
/// (PostToolBatch). What is on disk lags one message behind, so the message in flight and the next one are estimated, and only when
/// the answer hangs on that estimate does it wait, briefly, for the real line.
/// </summary>
internal sealed class CostGate : IGate
{
    private const int PollMs = 8;

    /// <summary>
    /// After a batch the message is complete and its lines are being written: they were seen within 83 ms (client 2.1.330, measured
    /// 2026-11). Before a call the message may still be streaming, so there the wait is the configured one.
    /// </summary>
    private const int BatchWaitMs = 2000;

    public string Id => "cost-gate";

    public bool Judges(GateContext context) => context.Input.EventName is HookEvent.PreToolUse or HookEvent.UserPromptSubmit
        or HookEvent.PostToolBatch or HookEvent.SessionStart or HookEvent.SessionEnd;

    public Verdict Judge(GateContext context)
    {
        var input = context.Input;
        if (input.SessionId.Length == 0 || input.TranscriptPath.Length == 0)
            throw new HookFault("the payload names no session_id and transcript_path, so the spend cannot be read");
        var account = new SessionAccount(context);
        switch (input.EventName)
        {
            case HookEvent.SessionStart:
                account.Announce();
                if (input.Source == "compact") account.NoteCompaction();
                return Verdict.Pass;
            case HookEvent.SessionEnd:
                account.Close();
                return Verdict.Pass;
            default:
                return JudgeSpend(context, account);
        }
    }

    private Verdict JudgeSpend(GateContext context, SessionAccount account)
    {
        if (account.MissingTranscript() is { } missing) return new Verdict(VerdictKind.Stop, Id, missing);
        var started = context.Time.GetTimestamp();
        var statement = account.State();
        var isDue = context.Input.EventName == HookEvent.PostToolBatch || statement.Unwritten > 0;
        var waitMs = isDue ? Math.Max(context.Config.WaitMs, BatchWaitMs) : context.Config.WaitMs;
        while (statement.HangsOnEstimate && context.Time.GetElapsedTime(started).TotalMilliseconds < waitMs)
        {
            Thread.Sleep(PollMs);
            context.Deadline.ThrowIfPassed("waiting for the message in flight");
            statement = account.State();
        }
        if (UnknownModel(context, statement) is { } denied) return denied;
        foreach (var ceiling in statement.Ceilings)
            if (ceiling.IsDue) return Refuse(context, account, ceiling, statement);
        if (statement.MustBeOnDisk) return new Verdict(VerdictKind.Stop, Id, CeilingText.Unseen(context.Input.TranscriptPath, context.Paths.StateDirectory));
        return Warn(context, statement);
    }

    private Verdict Refuse(GateContext context, SessionAccount account, Ceiling ceiling, SpendStatement statement)
    {
        var kind = context.Config.OnCeiling switch
        {
            "ask" when context.Client.Attended => VerdictKind.Ask,
            "ask" or "deny" => VerdictKind.Deny,
            _ => VerdictKind.Stop,
        };
        // Why: only a tool call can be asked about or denied alone; between calls the model may still sum up.
        if (kind != VerdictKind.Stop && context.Input.EventName == HookEvent.PostToolBatch) return Verdict.Pass;
        if (kind == VerdictKind.Ask && context.Input.EventName != HookEvent.PreToolUse) return Verdict.Pass;
        if (kind != VerdictKind.Ask) account.WithdrawChild();
        if (kind == VerdictKind.Stop) account.Withdraw();
        return new Verdict(kind, Id, CeilingText.Refusal(ceiling, kind, context.Input.AgentId is not null, statement.Unwritten)) { Ceiling = ceiling };
    }

    private Verdict? UnknownModel(GateContext context, SpendStatement statement) =>
        context.Config.DeniesUnknownModel && statement.UnknownModels.Count > 0
            ? new Verdict(VerdictKind.Stop, Id,
                $"no price is known for {string.Join(", ", statement.UnknownModels)}, and unknownModel is \"deny\". Add a price to a file named by \"prices\" in septim.json, or use a known model.")
            : null;

    private Verdict Warn(GateContext context, SpendStatement statement)
    {
        var marks = new WarningMarks(context.Files, context.Paths.StateDirectory);
        var percents = context.Config.WarnAtPercent;
        foreach (var ceiling in statement.Ceilings)
        {
            var percent = ceiling.WarningPercent(percents);
            var subject = ceiling.Unit == CeilingUnit.PicoUsd && ceiling.Name == "day" ? context.Time.GetUtcNow().Date.ToString("yyyy-MM-dd") : context.Input.SessionId;
            if (percent > 0 && marks.FirstTime(subject, $"{ceiling.Name} {ceiling.Limit} {percent}"))
                return new Verdict(VerdictKind.Pass, Id, CeilingText.Warning(ceiling, percent), CeilingText.WarningForModel(ceiling, percent)) { Ceiling = ceiling };
        }
        // Why not at one: its line may be late.
        if (statement.Unwritten > 1 && marks.FirstTime(context.Input.SessionId, "unwritten"))
            return new Verdict(VerdictKind.Pass, Id, CeilingText.Unwritten(statement.Unwritten));
        foreach (var model in statement.UnknownModels)
            if (marks.FirstTime(context.Input.SessionId, "model " + model))
                return new Verdict(VerdictKind.Pass, Id, $"no price is known for {model}; it is charged at the dearest known price. Add one to a file named by \"prices\" in septim.json.");
        return Verdict.Pass;
    }
}
