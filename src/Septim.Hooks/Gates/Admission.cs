namespace Septim.Hooks.Gates;

/// <summary>A call that was let start an agent and whose agent the session's files do not show yet.</summary>
/// <param name="ToolUseId">The call.</param>
/// <param name="Target">SendMessage: the agent that is to run again; else empty.</param>
/// <param name="TranscriptPath">The session's main transcript.</param>
/// <param name="At">When it was admitted.</param>
internal sealed record Admission(string ToolUseId, string Target, string TranscriptPath, DateTimeOffset At);
