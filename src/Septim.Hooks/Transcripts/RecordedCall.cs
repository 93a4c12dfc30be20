namespace Septim.Hooks.Transcripts;

/// <summary>One tool call as a transcript recorded it.</summary>
/// <param name="UseId">Its <c>toolu_…</c> id.</param>
/// <param name="Tool">The tool's name.</param>
/// <param name="Input">The raw JSON of its input.</param>
/// <param name="Failed">True when its result is an error (a refusal by a hook is one); false while there is none.</param>
/// <param name="MessageId">The message that made it; calls of one message were made side by side. Null when the line does not say.</param>
internal sealed record RecordedCall(string UseId, string Tool, byte[] Input, bool Failed, string? MessageId)
{
    /// <summary>What its result said, digits left out; null when it failed, is not there yet, or was not read.</summary>
    public UInt128? Output { get; init; }

    /// <summary>Whether a prompt from outside came after it and before the next call; false when that was not read.</summary>
    public bool BeforePrompt { get; init; }
}
