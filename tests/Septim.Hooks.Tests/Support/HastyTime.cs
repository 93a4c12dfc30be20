namespace Septim.Hooks.Tests.Support;

/// <summary>The real date, or as much later as it was moved, and a stopwatch on which every look takes a second: what waits for long gives up at once.</summary>
internal sealed class HastyTime : TimeProvider
{
    private long _looks;
    private TimeSpan _moved;

    public void Advance(TimeSpan by) => _moved += by;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _moved;

    public override long TimestampFrequency => 1;

    public override long GetTimestamp() => Interlocked.Increment(ref _looks);
}
