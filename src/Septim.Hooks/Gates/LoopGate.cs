using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Gates;

/// <summary>
/// Notices a thread that goes round in circles: the same call again and again, a cycle of up to four calls, or one failure after the
/// other. First the call is denied, with what to do instead; who goes on all the same is stopped. What happened is read from the end
/// of the thread's own transcript, so nothing is counted twice and no state can be lost or forged. Equal calls whose results differ by
/// more than digits, or between which somebody spoke, are no loop but waiting, and have its limit.
/// </summary>
internal sealed class LoopGate : IGate
{
    private const int LongestCycle = 4;

    public string Id => "loop-gate";

    public bool Judges(GateContext context) => context.Input.EventName == HookEvent.PreToolUse;

    public Verdict Judge(GateContext context)
    {
        var config = context.Config;
        var call = context.Input.Tool!;
        var repeats = config.CountOrOff(ConfigKeys.LoopRepeats);
        var failures = config.CountOrOff(ConfigKeys.LoopFailures);
        if ((repeats ?? failures) is null) return Verdict.Pass;
        var polls = config.CountOrOff(ConfigKeys.LoopPolls);
        var patience = config.Count(ConfigKeys.LoopDenials);
        var isPolling = repeats is not null && IsPolling(context, call);
        var limit = isPolling ? polls : repeats;
        var enough = Math.Max(limit ?? 1, failures ?? 1) + patience + 1;
        var track = Track(context, call, enough, closely: false);
        if (!(track.Rounds(out _) > limit) && !(track.Failures >= failures)) return Verdict.Pass;

        // Why again: only who seems to go round in circles is worth the look at what the results said.
        track = Track(context, call, Math.Max(enough, (polls ?? 1) + patience + 1), closely: true);
        if (limit is { } most && track.Rounds(out var period, withoutNews: !isPolling) is var rounds && rounds > most)
            return Refuse(rounds - most > patience, period == 1
                ? $"the same {call.Name} call was made {rounds} times in a row, this one included (at most {most}). Repeating it will not change the answer: read the last result, change the call, or report what blocks you. {Waiting(isPolling)}"
                : $"the last {period} calls were repeated {rounds} times in a row (at most {most}). Step out of the circle: read what the results say, try something else, or report what blocks you. {Waiting(isPolling)}");
        if (repeats is not null && polls is { } mostPolls && track.Rounds(out _) is var total && total > mostPolls)
            return Refuse(total - mostPolls > patience, $"the same call, or the same few in turn, was made {total} times in a row (at most {mostPolls}, although the results differ). {Waiting(isPolling: true)}");
        if (failures is { } mostFailures && track.Failures >= mostFailures)
            return Refuse(track.Failures - mostFailures >= patience,
                $"the last {track.Failures} calls failed one after the other (at most {mostFailures}). Stop trying variants: read the first error again, look at the cause, or report what blocks you.");
        return Verdict.Pass;
    }

    private static string Waiting(bool isPolling) => isPolling
        ? "If you wait for something, wait longer in each call."
        : "If you wait for something, put a `sleep` into the call.";

    private static LoopTrack Track(GateContext context, ToolCall call, int enough, bool closely)
    {
        var track = new LoopTrack(CallKey.Of(call.Name, call.Input.Span), LongestCycle, enough);
        CallHistory.ReadBackwards(context.Files, ThreadPath(context), recorded =>
        {
            if (recorded.UseId != call.UseId) return track.Add(CallKey.Of(recorded.Tool, recorded.Input), recorded);
            track.Found(recorded.MessageId);
            return true;
        }, closely);
        return track;
    }

    private Verdict Refuse(bool stop, string reason) => new(stop ? VerdictKind.Stop : VerdictKind.Deny, Id, reason);

    private static string ThreadPath(GateContext context)
    {
        var main = context.Input.TranscriptPath;
        if (context.Input.AgentId is not { } agent || !main.EndsWith(".jsonl", StringComparison.Ordinal)) return main;
        var folder = Path.Combine(main[..^".jsonl".Length], "subagents");
        var flat = Path.Combine(folder, $"agent-{agent}.jsonl");
        return context.Files.Stat(flat).Kind == FileKind.Missing ? TranscriptOfWorkflowAgent(context, folder, agent) ?? flat : flat;
    }

    private static string? TranscriptOfWorkflowAgent(GateContext context, string folder, string agent)
    {
        var runs = new List<FileName>();
        if (!context.Files.List(Path.Combine(folder, "workflows"), runs)) return null;
        foreach (var run in runs)
        {
            var path = Path.Combine(folder, "workflows", run.Name, $"agent-{agent}.jsonl");
            if (context.Files.Stat(path).Kind == FileKind.File) return path;
        }
        return null;
    }

    /// <summary>A call that waits for something on purpose: a declared tool, or a command that sleeps or watches.</summary>
    private static bool IsPolling(GateContext context, ToolCall call)
    {
        var declared = context.Config.Texts(ConfigKeys.LoopPolling);
        if (Array.IndexOf(declared, call.Name) >= 0) return true;
        if (call.Name is not "Bash" || call.InputText("command") is not { } command || !MayHold(command, declared)) return false;
        foreach (var invocation in context.Command!.Reading.Invocations)
            if (Array.IndexOf(declared, invocation.Name) >= 0) return true;
        return false;
    }

    private static bool MayHold(string command, string[] programs)
    {
        foreach (var program in programs)
            if (command.Contains(program, StringComparison.Ordinal)) return true;
        return false;
    }
}
