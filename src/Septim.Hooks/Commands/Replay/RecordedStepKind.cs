namespace Septim.Hooks.Commands.Replay;

/// <summary>The moments of a recorded session at which the client would have asked.</summary>
internal enum RecordedStepKind : byte
{
    /// <summary>UserPromptSubmit: before the first request of a turn.</summary>
    Prompt,

    /// <summary>PreToolUse.</summary>
    Call,

    /// <summary>PostToolBatch: the results are there, the next request is not made.</summary>
    Batch,
}
