namespace Septim.Hooks.Transcripts;

/// <summary>The top-level <c>type</c> of a line, as far as money is concerned.</summary>
internal enum LineType : byte
{
    NotGiven,
    Assistant,
    CostState,
    Other,
}
