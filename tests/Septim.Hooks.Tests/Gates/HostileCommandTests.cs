using Septim.Hooks.Config;
using Septim.Hooks.Gates;
using Septim.Hooks.Gates.BashRules;
using Septim.Hooks.Shell;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Gates;

/// <summary>
/// Commands that are made to be slow: the benchmarks measure what they cost, these tests that they meet the counted limits
/// and that the answer depends on nothing else.
/// </summary>
public sealed class HostileCommandTests
{
    public static TheoryData<string> Families => [.. HostileCommands.All.Select(family => family.Name)];

    [Theory, MemberData(nameof(Families))]
    public void Has_one_answer(string name)
    {
        var command = HostileCommands.All.First(family => family.Name == name).Make(12_000);
        var first = Answer(command);
        Assert.Equal(first, Answer(command));
        Assert.True(first.Commands <= ShellLimits.Commands);
    }

    /// <summary>What multiplies or looks back must meet a limit long before a mebibyte does.</summary>
    [Theory]
    [InlineData("variables of two values")]
    [InlineData("variables exported")]
    [InlineData("variables in subshells")]
    [InlineData("assignments joined")]
    [InlineData("branches")]
    [InlineData("functions defined in or")]
    [InlineData("a variable appended to")]
    [InlineData("an array appended to")]
    [InlineData("an array filled")]
    [InlineData("arguments shifted")]
    [InlineData("find that runs")]
    [InlineData("repeated: find . -exec ")]
    [InlineData("repeated: >")]
    [InlineData("repeated: ;")]
    [InlineData("repeated: do ")]
    [InlineData("repeated: ((")]
    [InlineData("here-documents in here-documents")]
    [InlineData("IFS of many characters")]
    [InlineData("patterns with stars")]
    [InlineData("xargs that replaces a lot")]
    [InlineData("commas")]
    [InlineData("many globs")]
    public void Meets_a_limit(string name)
    {
        var reading = Shell.Reading.Of(HostileCommands.All.First(family => family.Name == name).Make(600_000));
        Assert.NotNull(reading.Breach);
        Assert.True(reading.Invocations.Count <= ShellLimits.Commands);
    }

    /// <summary>Large data is ordinary: what is only text passes, however much of it there is.</summary>
    [Theory]
    [InlineData("a here-document in quotes")]
    [InlineData("a here-document with tabs")]
    [InlineData("a here-document")]
    [InlineData("one comment")]
    [InlineData("psql in a here-document")]
    [InlineData("python in a here-document")]
    public void Large_data_passes(string name)
    {
        var reading = Shell.Reading.Of(HostileCommands.All.First(family => family.Name == name).Make(400_000));
        Assert.Null(reading.Breach);
    }

    private static (string? Breach, int Commands, string? Rule, VerdictKind? Verdict) Answer(string command)
    {
        var reading = Shell.Reading.Of(command);
        var finding = BashJudge.Strictest(BashJudge.Judge(reading, BashCases.Setting(), BashPolicy.Standard, BashCases.Today));
        // The gate stops reading at what decides; that must change nothing.
        var decided = BashJudge.Strictest(BashJudge.Judge(reading, BashCases.Setting(), BashPolicy.Standard, BashCases.Today, untilDecided: true));
        Assert.Equal((finding?.Rule.Id, finding?.Verdict), (decided?.Rule.Id, decided?.Verdict));
        return (reading.Breach, reading.Invocations.Count, finding?.Rule.Id, finding?.Verdict);
    }
}
