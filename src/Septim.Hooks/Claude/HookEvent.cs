namespace Septim.Hooks.Claude;

/// <summary>
/// The hook events of Claude Code, as they stand in <c>hook_event_name</c>.
/// Source: event list of the client 2.1.330, measured 2026-11.
/// </summary>
internal static class HookEvent
{
    public const string PreToolUse = "PreToolUse";
    public const string PostToolUse = "PostToolUse";
    public const string PostToolUseFailure = "PostToolUseFailure";
    public const string PostToolBatch = "PostToolBatch";
    public const string UserPromptSubmit = "UserPromptSubmit";
    public const string SessionStart = "SessionStart";
    public const string SessionEnd = "SessionEnd";
    public const string Stop = "Stop";
    public const string StopFailure = "StopFailure";
    public const string SubagentStart = "SubagentStart";
    public const string SubagentStop = "SubagentStop";
    public const string Notification = "Notification";
    public const string ConfigChange = "ConfigChange";
    public const string CwdChanged = "CwdChanged";

    /// <summary>All events that the client knows, in its own order.</summary>
    public static readonly string[] All =
    [
        PreToolUse, PostToolUse, PostToolUseFailure, PostToolBatch, Notification, UserPromptSubmit,
        "UserPromptExpansion", SessionStart, SessionEnd, Stop, StopFailure, SubagentStart, SubagentStop,
        "PreCompact", "PostCompact", "PreModelSwitch", "PostModelSwitch", "PermissionRequest", "PermissionDenied",
        "Setup", "TeammateIdle", "TaskCreated", "TaskCompleted", "Elicitation", "ElicitationResult", ConfigChange,
        "WorktreeCreate", "WorktreeRemove", "InstructionsLoaded", CwdChanged, "FileChanged", "DirectoryAdded",
        "MessageDisplay",
    ];

    /// <summary>
    /// Events where a refusal holds something back. On all others exit 2 would only keep the model working or do
    /// nothing, so a fault there passes with one visible line.
    /// </summary>
    public static bool CanRefuse(string name) =>
        name is PreToolUse or UserPromptSubmit or PostToolBatch or ConfigChange;
}
