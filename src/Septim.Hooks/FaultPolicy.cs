using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Gates;
using Septim.Hooks.Recording;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks;

/// <summary>
/// What a fault means. The only place that catches everything: whatever was thrown while judging becomes a refusal on the events where
/// a refusal holds something back, and one visible line on all others. Exit codes are 0 and 2, stdout is empty or one JSON object.
/// See docs/decisions/0001-fail-closed.md.
/// </summary>
internal static class FaultPolicy
{
    /// <summary>By when the payload must have come in whole; below the timeout that `septim install` wires (10 s).</summary>
    private static readonly TimeSpan StdinTime = TimeSpan.FromSeconds(7);

    /// <summary>If everything else fails, the system ends us then, and the wiring turns that into a refusal.</summary>
    private static readonly TimeSpan LastResort = TimeSpan.FromSeconds(9);

    /// <param name="verb">hook, or the id of one gate.</param>
    /// <param name="gates">What is switched on.</param>
    /// <param name="recorders">What is recorded of it, and by whom.</param>
    /// <param name="variable">Looks up an environment variable.</param>
    public static int Run(string verb, IGate[] gates, Recorder[] recorders, Func<string, string?> variable)
    {
        var payload = ReadOnlyMemory<byte>.Empty;
        HookReply reply;
        try
        {
            StdStreams.ArmLastResort(LastResort);
            payload = StdStreams.ReadInput(Deadline.After(StdinTime));
            reply = Judge(verb, gates, recorders, HookInput.Parse(payload), variable, arms: true);
        }
        catch (Exception e)
        {
            reply = ReplyTo(verb, HookInput.EventNameOf(payload.Span), e, refuses: gates.Length > 0);
            RunNotes.Write(variable, RunNotes.Fault, verb, e.Message);
        }
        return StdStreams.Write(reply);
    }

    /// <summary>The same answer without streams and alarms: for the audit, which asks our own gates with broken and good payloads.</summary>
    internal static HookReply Answer(string verb, IGate[] gates, ReadOnlyMemory<byte> payload, Func<string, string?> variable)
    {
        try
        {
            return Judge(verb, gates, [], HookInput.Parse(payload), variable, arms: false);
        }
        catch (Exception e)
        {
            return ReplyTo(verb, HookInput.EventNameOf(payload.Span), e);
        }
    }

    private static HookReply Judge(
        string verb, IGate[] gates, Recorder[] recorders, HookInput input, Func<string, string?> variable, bool arms)
    {
        if (Array.IndexOf(HookEvent.All, input.EventName) < 0)
            throw new HookFault($"{verb} does not know the event {input.EventName}; update septim or take it out of the settings");
        var client = ClientEnvironment.Read(variable);
        var paths = SeptimPaths.Read(client, variable);
        var project = client.ProjectDirectory ?? (input.Cwd.Length > 0 ? input.Cwd : null);
        var config = ConfigLoader.Load(paths, client, project, variable, TimeProvider.System);
        if (arms && config.DeadlineMs + 1000 > LastResort.TotalMilliseconds) StdStreams.ArmLastResort(TimeSpan.FromMilliseconds(config.DeadlineMs + 1000));
        var context = new GateContext
        {
            Input = input,
            Config = config,
            Paths = paths,
            Client = client,
            Tree = SessionTree.Read(input.SessionId, variable),
            Files = FileSystem.Real,
            SessionStartedNs = input.Tool?.Name is "Agent" or "Task" or "Workflow" or "SendMessage" ? ClientAncestry.StartedNs(client.ClientPid) : 0,
            ClientDepth = input.EventName == HookEvent.UserPromptSubmit ? ClientAncestry.Depth() : null,
            Time = TimeProvider.System,
            Deadline = Deadline.After(TimeSpan.FromMilliseconds(config.DeadlineMs)),
        };
        var each = new List<GateVerdict>();
        // Why: a gate that is wired alone records its verdicts, and leaves the session's events to whoever records them.
        var summaries = verb == "hook" || gates.Length == 0;
        try
        {
            if (input.EventName == HookEvent.SessionStart) RunNotes.Write(variable, RunNotes.Session, input.TranscriptPath, input.SessionId);
            var verdict = GateList.Judge(gates, context, each);
            if (verdict.Kind == VerdictKind.Stop && input.AgentId is null && context.Tree.RootSessionId == input.SessionId)
                RunNotes.Write(variable, RunNotes.Stop, verdict.Id, verdict.Reason);
            return verdict.ToReply(input.EventName, client.Attended, Record(recorders, context, each, summaries, variable));
        }
        catch (Exception e)
        {
            // Why summaries: what the gates could not judge has still happened, and the session's end is told once or never.
            if (HookEvent.CanRefuse(input.EventName)) each.Add(new GateVerdict("fault", new Verdict(VerdictKind.Deny, verb, Describe(e))));
            _ = Record(recorders, context, each, summaries, variable);
            throw;
        }
    }

    /// <summary>Records without ever changing what was judged: whatever goes wrong is one line for the person.</summary>
    private static string? Record(
        Recorder[] recorders, GateContext context, List<GateVerdict> verdicts, bool summaries, Func<string, string?> variable)
    {
        try
        {
            return Recorders.Record(recorders, context, verdicts, summaries, variable);
        }
        catch (HookFault fault)
        {
            return $"stop-log: {fault.Message}.";
        }
        catch (Exception e)
        {
            return $"stop-log: this event could not be recorded: unexpected {e.GetType().Name} ({e.Message}). Please report it.";
        }
    }

    /// <summary>Refuses where that holds something back; elsewhere exit 2 would keep the model working, so it passes with one line.</summary>
    /// <param name="verb">Who speaks.</param>
    /// <param name="eventName">Null or unknown when the payload did not say: then it may be one that matters, and is refused.</param>
    /// <param name="fault">What was thrown.</param>
    /// <param name="refuses">Someone judges; who only records holds nothing up, whatever goes wrong.</param>
    internal static HookReply ReplyTo(string verb, string? eventName, Exception fault, bool refuses = true)
    {
        var message = $"{verb}: {Describe(fault)}";
        if (!refuses) return HookReply.Tell(eventName ?? "", message, null);
        if (eventName is null || Array.IndexOf(HookEvent.All, eventName) < 0) return new HookReply(2, "", message + "\n");
        return HookEvent.CanRefuse(eventName)
            ? HookReply.Deny(eventName, message + " Refused, because what cannot be judged is not let through.")
            : HookReply.Tell(eventName, message, null);
    }

    private static string Describe(Exception fault) => fault switch
    {
        HookFault => $"could not judge: {fault.Message}.",
        OverflowException => "could not judge: a figure is too large to be true.",
        OutOfMemoryException => "could not judge: out of memory.",
        _ => $"could not judge: unexpected {fault.GetType().Name} ({fault.Message}). Please report it; `septim doctor` shows the state of the set-up.",
    };
}
