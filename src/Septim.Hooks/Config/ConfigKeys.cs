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
        "Added to what the transcripts show, in percent, for requests that leave no line (titles, permission checks, hooks of the types prompt and agent).");
    public static readonly ConfigKey UnknownModel = new("unknownModel", "SEPTIM_UNKNOWN_MODEL", Choice, "dearest", Later,
        "A model without a price: charged at the dearest known price, or the call is denied.")
    { Choices = ["dearest", "deny"] };
    public static readonly ConfigKey WarnAtPercent = new("warnAtPercent", "SEPTIM_WARN_AT_PERCENT", Percents, "50,80,95", Adds,
        "At which shares of a ceiling to warn, once each, in percent.");
    public static readonly ConfigKey Prices = new("prices", "SEPTIM_PRICES", Text, null, Never,
        "A file with prices that override the built-in table, in the same format.");
    public static readonly ConfigKey WaitMs = new("waitMs", "SEPTIM_WAIT_MS", Count, "400", Never,
        "How long to wait for the message in flight to be written when the answer depends on it, in milliseconds.");
    public static readonly ConfigKey DeadlineMs = new("deadlineMs", "SEPTIM_DEADLINE_MS", Count, "8000", Never,
        "By when an answer must stand, in milliseconds; later is a fault. Keep it below the wiring's timeout.");
    public static readonly ConfigKey LogEnabled = new("log.enabled", "SEPTIM_LOG", Flag, "true", Later,
        "Whether stops, ends, denials and warnings are recorded.");
    public static readonly ConfigKey LogDirectory = new("log.directory", "SEPTIM_LOG_DIR", Text, null, Never,
        "Where the file sink writes septim-YYYYMMDD.jsonl; without it, below the state directory.");
    public static readonly ConfigKey LogFileMb = new("log.fileMb", "SEPTIM_LOG_FILE_MB", Count, "64", Never,
        "From which size on the file sink starts another file of the day, in MiB.");
    public static readonly ConfigKey LogKeepFiles = new("log.keepFiles", "SEPTIM_LOG_KEEP_FILES", Count, "400", Never,
        "How many files the file sink keeps; 0 keeps all.");
    public static readonly ConfigKey LogHash = new("log.hash", "SEPTIM_LOG_HASH", Texts, "", Never,
        "What is hashed before an event leaves: user, cwd (with project and transcript_path).");
    public static readonly ConfigKey LogShip = new("log.ship", "SEPTIM_LOG_SHIP", Choice, "auto", Never,
        "Who starts `septim ship`: the hooks, or only you (cron, systemd, CI).")
    { Choices = ["manual", "auto"] };
    public static readonly ConfigKey LogSinks = new("log.sinks", "SEPTIM_LOG_SINKS", Json, null, Never,
        "Where events go, a list of sinks; without it, the file sink alone.");
    public static readonly ConfigKey SpoolMaxEvents = new("log.spoolEvents", "SEPTIM_SPOOL_EVENTS", Count, "100000", Never,
        "How many events may wait for one sink; beyond it the oldest are dropped and counted.");
    public static readonly ConfigKey SpoolMaxMb = new("log.spoolMb", "SEPTIM_SPOOL_MB", Count, "512", Never,
        "How much may wait for one sink, in MiB; beyond it the oldest are dropped and counted.");
    public static readonly ConfigKey SpoolMaxDays = new("log.spoolDays", "SEPTIM_SPOOL_DAYS", Count, "30", Never,
        "How long an event may wait for a sink, in days; then it is dropped and counted.");
    public static readonly ConfigKey NotifyWebhooks = new("notify.webhooks", "SEPTIM_NOTIFY", Json, null, Never,
        "Who is told, and of what: a list of webhooks.");
    public static readonly ConfigKey NotifyLongTurn = new("notify.longTurnMinutes", "SEPTIM_NOTIFY_LONG_TURN_MINUTES", CountOrOff, "10", Never,
        "A turn that took longer is told of when it stops, in minutes.");
    public static readonly ConfigKey NotifyQuiet = new("notify.quietMinutes", "SEPTIM_NOTIFY_QUIET_MINUTES", Count, "10", Never,
        "How long the same news about the same session is not told again, in minutes.");

    public static readonly ConfigKey MaxDepth = new("subagents.maxDepth", "SEPTIM_SUBAGENTS_MAX_DEPTH", CountOrOff, "2", Lower,
        "How deep agents may nest; an agent of the main thread has depth 1.");
    public static readonly ConfigKey MaxConcurrent = new("subagents.maxConcurrent", "SEPTIM_SUBAGENTS_MAX_CONCURRENT", CountOrOff, "8", Lower,
        "How many agents of a session may run at once.");
    public static readonly ConfigKey MaxPerSession = new("subagents.maxPerSession", "SEPTIM_SUBAGENTS_MAX_PER_SESSION", CountOrOff, "40", Lower,
        "How many agents a session may start in all.");
    public static readonly ConfigKey MaxPerRun = new("subagents.maxPerRun", "SEPTIM_SUBAGENTS_MAX_PER_RUN", CountOrOff, "off", Lower,
        "How many agents all sessions of one run may start in all.");
    public static readonly ConfigKey MaxClientDepth = new("subagents.maxClientDepth", "SEPTIM_SUBAGENTS_MAX_CLIENT_DEPTH", CountOrOff, "1", Lower,
        "How deep clients (claude -p) may start one another from Bash calls; 1 lets a session start some, and those none.");
    public static readonly ConfigKey MaxClients = new("subagents.maxClients", "SEPTIM_SUBAGENTS_MAX_CLIENTS", CountOrOff, "8", Lower,
        "How many clients a session may start from its Bash calls.");
    public static readonly ConfigKey AgentTypes = new("subagents.types", null, Texts, null, Never,
        "The agent types that may be used; empty allows all.");
    public static readonly ConfigKey AgentModels = new("subagents.models", null, Texts, null, Never,
        "The models that agents may be started on, by id or a part of it; empty allows all.");

    public static readonly ConfigKey LoopRepeats = new("loop.repeats", "SEPTIM_LOOP_REPEATS", CountOrOff, "6", Lower,
        "How often the same call, or the same cycle of up to 4 calls, may be made in a row.");
    public static readonly ConfigKey LoopPolls = new("loop.polls", "SEPTIM_LOOP_POLLS", CountOrOff, "60", Lower,
        "The same for calls that wait for something on purpose.");
    public static readonly ConfigKey LoopPolling = new("loop.polling", null, Texts, "sleep,watch,inotifywait,BashOutput,TaskOutput,Monitor,Sleep", Never,
        "Programs and tools whose repetition is waiting, not a loop.");
    public static readonly ConfigKey LoopFailures = new("loop.failures", "SEPTIM_LOOP_FAILURES", CountOrOff, "12", Lower,
        "How many calls in a row may fail.");
    public static readonly ConfigKey LoopDenials = new("loop.denials", "SEPTIM_LOOP_DENIALS", Count, "3", Lower,
        "How many calls of a loop are denied before the thread is stopped.");

    public static readonly ConfigKey Bash = new("bash", null, Json, null, ByOwner,
        "What bash-gate refuses: preset (standard or strict), observe, rules by id (off, ask, deny), allow entries with reason and expiry.");

    /// <summary>In the order of the documentation.</summary>
    public static readonly ConfigKey[] All =
    [
        SessionUsd, SubagentUsd, RunUsd, DayUsd, SessionMinutes, SessionToolCalls,
        OnCeiling, Reserve, OverheadPercent, UnknownModel, WarnAtPercent, Prices, WaitMs, DeadlineMs,
        MaxDepth, MaxConcurrent, MaxPerSession, MaxPerRun, MaxClientDepth, MaxClients, AgentTypes, AgentModels,
        LoopRepeats, LoopPolls, LoopPolling, LoopFailures, LoopDenials,
        Bash,
        LogEnabled, LogDirectory, LogFileMb, LogKeepFiles, LogHash, LogShip, LogSinks, SpoolMaxEvents, SpoolMaxMb, SpoolMaxDays,
        NotifyWebhooks, NotifyLongTurn, NotifyQuiet,
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
