namespace Septim.Hooks.Transcripts;

/// <summary>One entry of <c>usage.iterations[]</c>.</summary>
internal sealed class UsagePass
{
    public Utf8Text Type { get; } = new();

    public Utf8Text Model { get; } = new();

    public TokenUsage Usage;

    public void Clear()
    {
        Type.Clear();
        Model.Clear();
        Usage = default;
    }
}
