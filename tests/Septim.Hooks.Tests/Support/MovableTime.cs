namespace Septim.Hooks.Tests.Support;

/// <summary>A clock that stands still until it is moved. Its monotonic side runs on, so that waits end.</summary>
internal sealed class MovableTime : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.UtcNow;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
