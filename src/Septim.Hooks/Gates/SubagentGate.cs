using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Spend;

namespace Septim.Hooks.Gates;

/// <summary>
/// Bounds agents: how deep they nest, how many run at once, how many a session and a run may start, which kinds and models, and how
/// many clients a session may start from its Bash calls. Workflow and SendMessage start agents without an Agent call, so they count too.
/// </summary>
internal sealed class SubagentGate : IGate
{
    public string Id => "subagent-gate";

    public bool Judges(GateContext context) => context.Input.EventName switch
    {
        HookEvent.PreToolUse => context.Input.Tool?.Name is "Agent" or "Task" or "Workflow" or "SendMessage",
        HookEvent.UserPromptSubmit => context.Tree.RootSessionId != context.Input.SessionId || !context.Client.Attended,
        _ => false,
    };

    public Verdict Judge(GateContext context) => context.Input.EventName == HookEvent.UserPromptSubmit
        ? JudgeClient(context)
        : JudgeCall(context, context.Input.Tool!);

    private Verdict JudgeClient(GateContext context)
    {
        if (context.Config.CountOrOff(ConfigKeys.MaxClientDepth) is { } limit && Math.Max(context.Tree.Depth, context.ClientDepth ?? 0) is var depth && depth > limit)
            return Deny($"this client was started {depth} deep inside other clients, and at most {limit} is allowed. Do this work in the session that started it, or have a person raise subagents.maxClientDepth.", VerdictKind.Stop);
        if (context.Config.CountOrOff(ConfigKeys.MaxClients) is not { } clients) return Verdict.Pass;
        var links = new SessionLinks(context.Files, context.Paths.StateDirectory);
        var others = 0;
        foreach (var member in links.Members(SessionLinks.TreeGroup(context.Tree.RootSessionId)))
            if (member != context.Input.TranscriptPath && Path.GetFileNameWithoutExtension(member) != context.Tree.RootSessionId) others++;
        return context.Tree.Depth > 0 && others >= clients
            ? Deny($"the session has started {others} clients of its own, and at most {clients} are allowed. Do the work in the session itself, or have a person raise subagents.maxClients.", VerdictKind.Stop)
            : Verdict.Pass;
    }

    private Verdict JudgeCall(GateContext context, ToolCall call)
    {
        if (call.UseId is not { Length: > 0 } id) throw new HookFault($"the {call.Name} call has no tool_use_id, so it cannot be counted");
        if (KindOrModel(context, call) is { } refused) return refused;
        var ledger = new AdmissionLedger(context.Files, context.Paths.StateDirectory, context.Tree.RootSessionId, context.Deadline);
        var now = context.Time.GetUtcNow();
        var target = call.Name == "SendMessage" ? call.InputText("to") ?? "" : "";
        return ledger.Decide(admissions =>
        {
            // Why: wired in two files, the same call is asked about twice.
            var count = AgentCount.Take(context, admissions.FindAll(admission => admission.ToolUseId != id), now);
            // A message to an agent that runs starts nothing.
            if (count.Awake.Contains(target)) return (Verdict.Pass, count.Pending);
            if (Depth(context, count, call) is { } tooDeep) return (tooDeep, count.Pending);
            if (Number(context, count, call) is { } tooMany) return (tooMany, count.Pending);
            return (Verdict.Pass, [.. count.Pending, new Admission(id, target, context.Input.TranscriptPath, now)]);
        });
    }

    private Verdict? KindOrModel(GateContext context, ToolCall call)
    {
        if (call.Name is not ("Agent" or "Task")) return null;
        var types = context.Config.Texts(ConfigKeys.AgentTypes);
        var type = call.InputText("subagent_type") ?? "general-purpose";
        if (types.Length > 0 && Array.IndexOf(types, type) < 0)
            return Deny($"agents of the type {type} are not allowed. Use one of {string.Join(", ", types)}, or do the step yourself.");
        var models = context.Config.Texts(ConfigKeys.AgentModels);
        if (models.Length == 0) return null;
        var model = call.InputText("model");
        if (model is null)
            return Deny($"the call names no model, so the agent would inherit this session's. Name one of {string.Join(", ", models)}.");
        return Array.Exists(models, allowed => model == allowed || model.Contains(allowed, StringComparison.OrdinalIgnoreCase))
            ? null
            : Deny($"agents on the model {model} are not allowed. Use one of {string.Join(", ", models)}.");
    }

    private Verdict? Depth(GateContext context, AgentCount count, ToolCall call)
    {
        if (call.Name == "SendMessage" || context.Config.CountOrOff(ConfigKeys.MaxDepth) is not { } limit) return null;
        var depth = count.CallerDepth + 1;
        return depth > limit
            ? Deny($"this would be an agent at depth {depth}, and at most {limit} is allowed. Do the step yourself, or hand it back to the agent above.")
            : null;
    }

    private Verdict? Number(GateContext context, AgentCount count, ToolCall call)
    {
        if (context.Config.CountOrOff(ConfigKeys.MaxConcurrent) is { } atOnce && count.Running >= atOnce)
            return Deny($"{count.Running} agents are running, and at most {atOnce} may at once. Wait for one to finish, then start the next.");
        if (call.Name == "SendMessage") return null;
        if (context.Config.CountOrOff(ConfigKeys.MaxPerSession) is { } perSession && count.InSession >= perSession)
            return Deny($"this session has started {count.InSession} agents, and at most {perSession} are allowed. Do the rest yourself; a person can raise subagents.maxPerSession.");
        if (context.Config.CountOrOff(ConfigKeys.MaxPerRun) is { } perRun && count.InRun(context) is var inRun && inRun >= perRun)
            return Deny($"this run has started {inRun} agents, and at most {perRun} are allowed. Do the rest yourself; a person can raise subagents.maxPerRun.");
        return null;
    }

    private Verdict Deny(string reason, VerdictKind kind = VerdictKind.Deny) => new(kind, Id, reason);
}
