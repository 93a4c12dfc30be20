namespace Septim.Hooks.Tests;

public sealed class DeadlineTests
{
    [Fact]
    public void Never_passes_when_there_is_none() => Assert.False(Deadline.None.HasPassed);

    [Fact]
    public void Names_what_was_under_way_when_it_passes()
    {
        var deadline = Deadline.After(TimeSpan.FromSeconds(-1));
        var fault = Assert.Throws<HookFault>(() => deadline.ThrowIfPassed("reading a.jsonl"));
        Assert.Equal("ran out of time while reading a.jsonl", fault.Message);
    }
}
