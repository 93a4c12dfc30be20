using static Septim.Hooks.Config.ConfigKind;
using static Septim.Hooks.Config.Tightening;

namespace Septim.Hooks.Config;

/// <summary>Every key of <c>septim.json</c>. A key that is not in this list is refused, so that a typing error cannot switch a ceiling off.</summary>
internal static class ConfigKeys
{
    public static readonly ConfigKey SessionUsd = new("ceilings.sessionUsd", "SEPTIM_SESSION_USD", UsdOrOff, "10", Lower,
        "What one session may cost with its subagents and the clients it starts, in US dollars.");
    public static readonly ConfigKey SubagentUsd = new("ceilings.subagentUsd", "SEPTIM_SUBAGENT_USD", UsdOrOff, "off", Lower,
        "What one subagent may cost, in US dollars; reaching it ends that subagent alone.");
    public static readonly ConfigKey RunUsd = new("ceilings.runUsd", "SEPTIM_RUN_USD", UsdOrOff, "off", Lower,
        "What all sessions of one run (SEPTIM_RUN_ID or the CI service's run) may cost, in US dollars.");
    public static readonly ConfigKey DayUsd = new("ceilings.dayUsd", "SEPTIM_DAY_USD", UsdOrOff, "off", Lower,
        "What all sessions of all projects of this user may cost in any 24 hours, in US dollars.");
    public static readonly ConfigKey SessionMinutes = new("ceilings.sessionMinutes", "SEPTIM_SESSION_MINUTES", CountOrOff, "off", Lower,
        "How many minutes a session may last, from its first line on.");
    public static readonly ConfigKey SessionToolCalls = new("ceilings.sessionToolCalls", "SEPTIM_SESSION_TOOL_CALLS", CountOrOff, "off", Lower,
        "How many tool calls a session may make, subagents included.");
    public static readonly ConfigKey OnCeiling = new("onCeiling", "SEPTIM_ON_CEILING", Choice, "stop", Later,
        "What happens at a ceiling: the person is asked, the call is denied, or the session is stopped.")
    { Choices = ["ask", "deny", "stop"] };
    public static readonly ConfigKey Reserve = new("reserve", "SEPTIM_RESERVE", Choice, "typical", Later,
        "What is kept for the next request: nothing, what the last ones cost, or the dearest that it can be.")
    { Choices = ["none", "typical", "worst"] };
    public static readonly ConfigKey OverheadPercent = new("overheadPercent", "SEPTIM_OVERHEAD_PERCENT", Count, "0", Higher,
        "Added to what the transcripts show, in percent, for requests that leave no line (titles, permission checks).");
    public static readonly ConfigKey UnknownModel = new("unknownModel", "SEPTIM_UNKNOWN_MODEL", Choice, "dearest", Later,
        "A model without a price: charged at the dearest known price, or the call is denied.")
    { Choices = ["dearest", "deny"] };
    public static readonly ConfigKey WarnAtPercent = new("warnAtPercent", "SEPTIM_WARN_AT_PERCENT", Percents, "50,80,95", Free,
        "At which shares of a ceiling to warn, once each, in percent.");
    public static readonly ConfigKey Prices = new("prices", "SEPTIM_PRICES", Text, null, Never,
        "A file with prices that override the built-in table, in the same format.");
    public static readonly ConfigKey WaitMs = new("waitMs", "SEPTIM_WAIT_MS", Count, "400", Never,
        "How long to wait for the message in flight to be written when the answer depends on it, in milliseconds.");
    public static readonly ConfigKey DeadlineMs = new("deadlineMs", "SEPTIM_DEADLINE_MS", Count, "8000", Never,
        "By when an answer must stand, in milliseconds; later is a fault. Keep it below the wiring's timeout.");

    /// <summary>In the order of the documentation.</summary>
    public static readonly ConfigKey[] All =
    [
        SessionUsd, SubagentUsd, RunUsd, DayUsd, SessionMinutes, SessionToolCalls,
        OnCeiling, Reserve, OverheadPercent, UnknownModel, WarnAtPercent, Prices, WaitMs, DeadlineMs,
    ];

    public static ConfigKey? Find(string path)
    {
        foreach (var key in All)
            if (key.Path == path) return key;
        return null;
    }

    /// <summary>Whether a path names an object that holds keys: <c>ceilings</c>.</summary>
    public static bool IsSection(string path)
    {
        foreach (var key in All)
            if (key.Path.Length > path.Length && key.Path[path.Length] == '.' && key.Path.StartsWith(path, StringComparison.Ordinal)) return true;
        return false;
    }
}
