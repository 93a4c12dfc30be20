namespace Septim.Hooks.Tests.Support;

/// <summary>The real date, and a stopwatch on which every look takes a second: what waits for long gives up at once.</summary>
internal sealed class HastyTime : TimeProvider
{
    private long _looks;

    public override long TimestampFrequency => 1;

    public override long GetTimestamp() => Interlocked.Increment(ref _looks);
}
