namespace Septim.Hooks.Commands.Replay;

/// <summary>The clock as it stood when the client asked. It runs on only when somebody waits, so that nothing does.</summary>
internal sealed class ReplayTime : TimeProvider
{
    private long _ticks;

    public long NowMs { get; set; }

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(NowMs);

    public override long TimestampFrequency => 1;

    /// <summary>A minute each time: what waits has waited long enough, since all that was to come is there.</summary>
    public override long GetTimestamp() => _ticks += 60;
}
