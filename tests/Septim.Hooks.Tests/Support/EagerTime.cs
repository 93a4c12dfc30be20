using System.Collections.Concurrent;

namespace Septim.Hooks.Tests.Support;

/// <summary>
/// A clock on which pauses are over at once and are written down. Timers of ten minutes and more never ring: those are limits, not
/// pauses.
/// </summary>
internal sealed class EagerTime : TimeProvider
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private long _ticks = DateTimeOffset.UtcNow.Ticks;

    public ConcurrentQueue<TimeSpan> Pauses { get; } = new();

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Pause(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Pause(EagerTime time, TimerCallback callback, object? state) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == Timeout.InfiniteTimeSpan || dueTime >= Limit) return true;
            time.Pauses.Enqueue(dueTime);
            time.Advance(dueTime);
            ThreadPool.QueueUserWorkItem(_ => callback(state));
            return true;
        }

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
