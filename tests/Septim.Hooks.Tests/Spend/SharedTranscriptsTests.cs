using Septim.Hooks.Spend;
using Septim.Hooks.Tests.Support;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Spend;

/// <summary>The specification's example transcripts, where they lie beside the repository; our own cases are in the other files.</summary>
public sealed class SharedTranscriptsTests
{
    [Theory]
    [InlineData("plain", 6_500_000_000, 6_500_000_000)]
    [InlineData("blocks", 15_600_000_000, 15_600_000_000)]
    [InlineData("parallel", 29_290_000_000, 29_290_000_000)]
    [InlineData("subagent", 7_475_000_000, 7_475_000_000)]
    [InlineData("nested", 7_570_000_000, 7_570_000_000)]
    [InlineData("workflow", 9_960_000_000, 9_960_000_000)]
    [InlineData("fork", 13_812_000_000, 13_812_000_000)]
    [InlineData("api-error", 2_500_000_000, 2_500_000_000)]
    [InlineData("truncated", 2_500_000_000, 2_500_000_000)]
    [InlineData("compact", 212_600_000_000, 321_600_000_000)]
    [InlineData("cost-state", 7_100_000_000, 7_100_000_000)]
    public void Adds_up_to_the_stated_total(string name, long lines, long total)
    {
        if (Repository.Shared is null) Assert.Skip("the example transcripts do not lie beside this repository");
        var directory = Path.Combine(Repository.Shared, "claude-code", "transcripts", name);
        using var state = new TemporaryDirectory();
        var meter = new SpendMeter(FileSystem.Real, state.Path, PriceTable.Embedded, TimeProvider.System, Deadline.None);

        foreach (var reading in new[] { meter.ReadInFull(SpendScope.Directory(directory)), meter.Read(SpendScope.Directory(directory)), meter.Read(SpendScope.Directory(directory)) })
        {
            Assert.Equal(lines, reading.LinesTotal.Pico);
            Assert.Equal(total, reading.Total.Pico);
            Assert.Empty(reading.UnknownModels);
        }
    }
}
