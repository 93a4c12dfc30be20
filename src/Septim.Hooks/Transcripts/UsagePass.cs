namespace Septim.Hooks.Transcripts;

/// <summary>One entry of <c>usage.iterations[]</c>.</summary>
internal sealed class UsagePass
{
    public Utf8Text Type { get; } = new();

    public Utf8Text Model { get; } = new();

    public TokenUsage Usage;

    /// <summary>An ordinary request: the top level counts it already.</summary>
    public bool RepeatsTopLevel => Type.Span.SequenceEqual("message"u8) || Type.Span.SequenceEqual("fallback_message"u8);

    public void Clear()
    {
        Type.Clear();
        Model.Clear();
        Usage = default;
    }
}
