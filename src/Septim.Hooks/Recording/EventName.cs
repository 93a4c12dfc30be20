using Septim.Hooks.Claude;
using Septim.Hooks.Gates;

namespace Septim.Hooks.Recording;

/// <summary>The names of our events, as they stand in <c>event</c>. Verdicts are named gate_kind: <c>cost_stop</c>, <c>bash_deny</c>.</summary>
internal static class EventName
{
    public const string Stop = "stop";
    public const string StopFailure = "stop_failure";
    public const string SubagentStop = "subagent_stop";
    public const string SessionEnd = "session_end";
    public const string Notification = "notification";
    public const string CostStop = "cost_stop";
    public const string CostDeny = "cost_deny";
    public const string CostWarning = "cost_warning";

    /// <summary>A call that was refused because a gate could not judge.</summary>
    public const string FaultDeny = "fault_deny";

    /// <summary>What the spool's caps have cost: written by whoever drops.</summary>
    public const string EventsDropped = "events_dropped";

    /// <summary>Every name that <c>event</c> can have, in alphabetical order.</summary>
    public static readonly string[] All =
    [
        "bash_ask", "bash_deny", "bash_warning", "config_ask", "config_deny", "config_warning", "cost_ask", CostDeny, CostStop, CostWarning,
        EventsDropped, FaultDeny, "loop_ask", "loop_deny", "loop_warning", Notification, SessionEnd, Stop, StopFailure,
        "subagent_ask", "subagent_deny", SubagentStop, "subagent_warning",
    ];

    /// <returns>The event that a hook event of the client is recorded as; null for all others.</returns>
    public static string? Of(string hookEvent) => hookEvent switch
    {
        HookEvent.Stop => Stop,
        HookEvent.StopFailure => StopFailure,
        HookEvent.SubagentStop => SubagentStop,
        HookEvent.SessionEnd => SessionEnd,
        HookEvent.Notification => Notification,
        _ => null,
    };

    /// <summary>The event of one gate's verdict. An ask that nobody can answer is a denial.</summary>
    public static string Of(GateVerdict judged, bool attended)
    {
        var gate = judged.GateId.EndsWith("-gate", StringComparison.Ordinal) ? judged.GateId[..^5] : judged.GateId;
        return judged.Verdict.Kind switch
        {
            VerdictKind.Pass => gate + "_warning",
            VerdictKind.Ask when attended => gate + "_ask",
            VerdictKind.Stop when gate == "cost" => CostStop,
            _ => gate + "_deny",
        };
    }
}
