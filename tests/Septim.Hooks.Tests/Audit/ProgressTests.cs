using Septim.Hooks.Commands;

namespace Septim.Hooks.Tests.Audit;

/// <summary>The bar of a long audit: beyond one second, on a terminal, and nowhere else.</summary>
public sealed class ProgressTests
{
    [Fact]
    public void A_bar_shows_beyond_one_second_on_a_terminal_and_is_wiped_at_the_end()
    {
        var (io, time) = Io(isTerminal: true);
        using (var progress = new AuditProgress(io))
        {
            progress.ItemDone(3, 30);
            Assert.Equal("", io.Err.ToString());
            time.Advance(TimeSpan.FromSeconds(1.1));
            progress.Report(50, 100);
            // Why nothing for this one: a bar that is drawn at every step costs more than it tells.
            progress.Report(60, 100);
            time.Advance(TimeSpan.FromSeconds(0.2));
            progress.ItemDone(15, 30);
            time.Advance(TimeSpan.FromSeconds(0.2));
            // Why: the next item starts its own count; the bar never runs backwards.
            progress.ItemDone(14, 30);
        }
        var shown = io.Err.ToString()!.Split('\r', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            [
                "[##..................] audit: 11 %\u001b[K",
                "[##########..........] audit: 50 %\u001b[K",
                "[##########..........] audit: 50 %\u001b[K",
                "\u001b[K",
            ],
            shown);
    }

    [Fact]
    public void The_bar_shows_by_itself_while_one_step_takes_long()
    {
        var (io, time) = Io(isTerminal: true);
        using var progress = new AuditProgress(io);
        progress.ItemDone(6, 30);
        time.Advance(TimeSpan.FromSeconds(1.1));
        time.Ring();
        Assert.Contains("audit: 20 %", io.Err.ToString()!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 0.5)]
    [InlineData(false, 60)]
    public void Nothing_shows_before_a_second_or_without_a_terminal(bool isTerminal, double seconds)
    {
        var (io, time) = Io(isTerminal);
        using (var progress = new AuditProgress(io))
        {
            time.Advance(TimeSpan.FromSeconds(seconds));
            progress.Report(5, 10);
            progress.ItemDone(20, 30);
            time.Ring();
        }
        Assert.Equal("", io.Err.ToString());
    }

    private static (CommandIo Io, HandTime Time) Io(bool isTerminal)
    {
        var time = new HandTime();
        return (new CommandIo { Out = new StringWriter(), Err = new StringWriter(), Variable = _ => null, WorkingDirectory = "/", ErrIsTerminal = isTerminal, Time = time }, time);
    }

    /// <summary>Moves and rings only by hand.</summary>
    private sealed class HandTime : TimeProvider
    {
        private long _ticks;
        private TimerCallback? _callback;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _callback = callback;
            return new Silent();
        }

        public void Advance(TimeSpan by) => _ticks += by.Ticks;

        public void Ring() => _callback?.Invoke(null);
    }

    private sealed class Silent : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
