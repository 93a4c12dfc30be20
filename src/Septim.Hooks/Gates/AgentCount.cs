using Septim.Hooks.Spend;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Gates;

/// <summary>The agents of a session as its files show them, with those that were just admitted and are not there yet.</summary>
/// <param name="Running">Not marked as finished, plus pending.</param>
/// <param name="InSession">Ever started, plus pending starts.</param>
/// <param name="CallerDepth">0 on the main thread.</param>
/// <param name="Pending">Admissions still in force.</param>
/// <param name="Awake">Ids of the agents that run now, as their files show them.</param>
internal sealed record AgentCount(int Running, int InSession, int CallerDepth, List<Admission> Pending, HashSet<string> Awake)
{
    /// <exception cref="HookFault">The agent that asks is not described, so its depth is not known.</exception>
    public static AgentCount Take(GateContext context, List<Admission> admissions, DateTimeOffset now)
    {
        var agents = SessionAgents.Read(context.Files, context.Input.TranscriptPath);
        var pending = new List<Admission>();
        foreach (var admission in admissions)
            if ((now - admission.At).Duration() < AdmissionLedger.Lifetime && !IsSeen(admission, agents)) pending.Add(admission);

        var awake = new HashSet<string>();
        foreach (var agent in agents)
            if (!agent.Meta.Finished && agent.TouchedNs >= context.SessionStartedNs) awake.Add(agent.AgentId);
        var running = awake.Count;
        var starts = 0;
        foreach (var admission in pending)
        {
            if (admission.TranscriptPath != context.Input.TranscriptPath) continue;
            running++;
            if (admission.Target.Length == 0) starts++;
        }
        return new AgentCount(running, agents.Count + starts, CallerDepthOf(context, agents), pending, awake);
    }

    /// <summary>Agents of all sessions of the run, this one's pending starts included.</summary>
    public int InRun(GateContext context)
    {
        var total = InSession;
        foreach (var transcript in new SessionLinks(context.Files, context.Paths.StateDirectory).Members(SessionLinks.RunGroup(context.Tree.RunId)))
        {
            if (transcript != context.Input.TranscriptPath) total += SessionAgents.Read(context.Files, transcript).Count;
        }
        foreach (var admission in Pending)
            if (admission.TranscriptPath != context.Input.TranscriptPath && admission.Target.Length == 0) total++;
        return total;
    }

    private static bool IsSeen(Admission admission, List<SessionAgent> agents)
    {
        foreach (var agent in agents)
        {
            if (agent.Meta.ToolUseId == admission.ToolUseId) return true;
            // A message to a finished agent is seen once that agent is marked as running again.
            if (admission.Target == agent.AgentId && !agent.Meta.Finished) return true;
        }
        return false;
    }

    private static int CallerDepthOf(GateContext context, List<SessionAgent> agents)
    {
        if (context.Input.AgentId is not { } id) return 0;
        foreach (var agent in agents)
            if (agent.AgentId == id) return agent.Meta.SpawnDepth;
        throw new HookFault($"the agent {id} is not described beside {context.Input.TranscriptPath}, so the depth of its call is not known");
    }
}
