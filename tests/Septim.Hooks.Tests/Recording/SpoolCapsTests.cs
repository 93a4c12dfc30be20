using Septim.Hooks.Recording;
using Septim.Hooks.Tests.Support;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Recording;

public sealed class SpoolCapsTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 20, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData(10, 1_000_000, 30, 0)]
    [InlineData(3, 1_000_000, 30, 2)]
    [InlineData(10, 250, 30, 3)]
    [InlineData(5, 500, 30, 0)]
    [InlineData(10, 1_000_000, 2, 2)]
    public void The_oldest_go_until_every_cap_holds(int events, long bytes, int days, int dropped)
    {
        for (var day = 0; day < 5; day++) _place.Write(SpoolPaths.FileName(Guid.CreateVersion7(Now.AddDays(-day).AddHours(-1))), new string('x', 100));
        Assert.Equal(dropped, new SpoolCaps(events, bytes, TimeSpan.FromDays(days + 1)).Enforce(FileSystem.Real, _place.Path, "spool", Now));
        Assert.Equal(5 - dropped + (dropped > 0 ? 1 : 0), Directory.GetFiles(_place.Path).Length);
    }

    [Fact]
    public void A_name_tells_when_its_event_happened()
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(1_795_000_000_123);
        Assert.Equal(at, SpoolCaps.TimeOf(SpoolPaths.FileName(Guid.CreateVersion7(at))));
        Assert.Null(SpoolCaps.TimeOf("what.json"));
    }

    [Theory]
    [InlineData("ffffffff-ffff-7fff-bfff-ffffffffffff.json")]
    [InlineData("x.json")]
    [InlineData(".json")]
    [InlineData("")]
    public void A_name_that_no_writer_of_ours_gave_tells_nothing(string name) => Assert.Null(SpoolCaps.TimeOf(name));

    [Fact]
    public void What_a_killed_writer_left_half_done_is_swept_after_an_hour()
    {
        var old = _place.Write("a.json.1.tmp", "");
        var young = _place.Write("b.json.2.tmp", "");
        File.SetLastWriteTimeUtc(old, Now.UtcDateTime.AddHours(-2));
        File.SetLastWriteTimeUtc(young, Now.UtcDateTime);
        new SpoolCaps(10, 1000, TimeSpan.FromDays(1)).Enforce(FileSystem.Real, _place.Path, "spool", Now);
        Assert.Equal([young], Directory.GetFiles(_place.Path));
    }
}
