using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Transcripts;

public sealed class SideThreadTests
{
    [Fact]
    public void Does_one_thing_after_the_other_beside_the_caller_and_hands_faults_over()
    {
        if (Environment.ProcessorCount == 1)
        {
            Assert.Null(SideThread.Start());
            return;
        }
        var thread = SideThread.Start();
        Assert.NotNull(thread);
        var seen = new List<int>();
        int first = 0, second = 0;
        thread.Run(() => first = Environment.CurrentManagedThreadId);
        thread.Run(() => second = Environment.CurrentManagedThreadId);
        thread.Wait();
        Assert.NotEqual(Environment.CurrentManagedThreadId, first);
        Assert.Equal(first, second);
        for (var i = 0; i < 1_000; i++)
        {
            var number = i;
            thread.Run(() => seen.Add(number));
        }
        thread.Wait();
        Assert.Equal(Enumerable.Range(0, 1_000), seen);

        thread.Run(() => throw new InvalidOperationException("any"));
        Assert.Equal("any", Assert.Throws<InvalidOperationException>(thread.Wait).Message);
        thread.Wait();
        // Longer than a thread looks before it sleeps.
        Thread.Sleep(20);
        thread.Run(() => Thread.Sleep(20));
        thread.Run(() => seen.Clear());
        thread.Run(() => throw new InvalidOperationException("nobody waits for it"));
        thread.End();
        Assert.Empty(seen);
    }

    [Fact]
    public void Does_the_last_thing_too_whenever_it_begins()
    {
        var done = 0;
        for (var i = 0; i < 3_000; i++)
        {
            if (SideThread.Start() is not { } thread) return;
            if (i % 2 == 0) Thread.SpinWait(i % 1_000 * 10);
            thread.RunLast(() => done++);
            thread.End();
            Assert.Equal(i + 1, done);
        }
    }
}
