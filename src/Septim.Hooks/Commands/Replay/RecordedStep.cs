namespace Septim.Hooks.Commands.Replay;

/// <summary>One moment of a recorded thread at which the client would have asked.</summary>
/// <param name="Kind">Which event.</param>
/// <param name="File">The thread.</param>
/// <param name="Start">First byte of the lines that tell of it.</param>
/// <param name="End">The byte after them.</param>
/// <param name="TimeMs">When, milliseconds since 1970; never before the step above it in the same file.</param>
/// <param name="Key">What a copy of this step has as well, so that each is judged once: a call's id, a prompt's uuid.</param>
internal readonly record struct RecordedStep(RecordedStepKind Kind, RecordedFile File, long Start, long End, long TimeMs, string Key)
{
    /// <summary>How much of its own thread was on disk: a prompt is written after it was let in, a call and its batch before the answer.</summary>
    public long Visible => Kind == RecordedStepKind.Prompt ? Start : End;
}
