using System.Globalization;
using Septim.Hooks.Gates;
using Septim.Hooks.Shell;
using Septim.Hooks.Shell.Code;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Shell;

/// <summary>Hostile text meets a counted limit by name, and below the limits everything is read.</summary>
public sealed class LimitTests
{
    [Theory]
    [InlineData("$(", "nesting depth 64")]
    [InlineData("(", "nesting depth 64")]
    [InlineData("((", "nesting depth 64")]
    [InlineData("\"$(", "nesting depth 64")]
    [InlineData("${a:-", "nesting depth 64")]
    [InlineData("<(", "nesting depth 64")]
    [InlineData("$[", "nesting depth 64")]
    [InlineData("{ ", "nesting depth 64")]
    [InlineData("if a; then ", "nesting depth 64")]
    [InlineData("while a; do ", "nesting depth 64")]
    [InlineData("case a in a) ", "nesting depth 64")]
    [InlineData("f() { ", "nesting depth 64")]
    public void Ten_thousand_times(string text, string limit) => Assert.Equal(limit, Reading.Of(Repeat(text, 10_000)).Breach);

    [Fact]
    public void Brace_lists_nest()
    {
        Assert.Equal("nesting depth 64", Reading.Of("x " + Repeat("{a,", 10_000) + Repeat("}", 10_000)).Breach);
        Assert.Null(Reading.Of("x " + Repeat("{a,", 10_000)).Breach);
        Assert.Null(Reading.Of("x " + Repeat("{a}", 10_000)).Breach);
    }

    [Theory]
    [InlineData("sudo ", 100, "nesting depth 64")]
    [InlineData("env -i ", 100, "nesting depth 64")]
    [InlineData("sudo ", 10_000, "250000 steps of evaluation")]
    [InlineData("env -i ", 10_000, "250000 steps of evaluation")]
    public void Wrappers_nest(string text, int count, string limit) => Assert.Equal(limit, Reading.Of(Repeat(text, count)).Breach);

    [Theory]
    [InlineData("{a,b}")]
    [InlineData("a b;")]
    [InlineData("a ")]
    [InlineData("A=1 ")]
    public void Too_many_nodes(string text) => Assert.Equal("50000 syntax nodes", Reading.Of(Repeat(text, 100_000)).Breach);

    [Theory]
    [InlineData("'", 10_001)]
    [InlineData("\"", 10_001)]
    [InlineData("\\", 10_001)]
    [InlineData("`", 10_001)]
    [InlineData("cat <<A\n", 10_000)]
    [InlineData("bash -c ", 10_000)]
    [InlineData("'x'y", 10_000)]
    [InlineData("a[", 100_000)]
    [InlineData("[[ ", 10_000)]
    [InlineData("esac ", 10_000)]
    [InlineData(")", 100_000)]
    [InlineData("<", 100_000)]
    [InlineData("a|", 5_000)]
    [InlineData("$((a) ", 10_000)]
    public void Text_that_nests_nothing_is_read_or_refused_but_always_the_same(string text, int count)
    {
        var command = Repeat(text, count);
        var first = Reading.Of(command);
        var second = Reading.Of(command);
        Assert.Equal(first.Breach, second.Breach);
        Assert.Equal(first.Gap, second.Gap);
        Assert.Equal(first.Invocations.Length, second.Invocations.Length);
    }

    [Fact]
    public void More_than_a_mebibyte_is_too_much() =>
        Assert.Equal("1048576 characters", Reading.Of("echo " + new string('a', ShellLimits.Characters)).Breach);

    [Theory]
    [InlineData(ShellLimits.Depth, "depth {0}")]
    [InlineData(ShellLimits.Nodes, "{0} nodes")]
    [InlineData(ShellLimits.Commands, "{0} commands")]
    [InlineData(ShellLimits.Expansions, "{0} expansions")]
    [InlineData(ShellLimits.CodeLevels, "{0} levels of nested code")]
    [InlineData(ShellLimits.Steps, "{0} steps")]
    [InlineData(BashSetting.MaxProbes, "{0} paths")]
    [InlineData(CodeWork.MostTokens, "{0} tokens of one command")]
    [InlineData(CodeEffects.MostCalls, "{0} effects")]
    public void The_page_names_each(int limit, string words) => Assert.Contains(
        string.Format(CultureInfo.InvariantCulture, words, limit.ToString("N0", CultureInfo.InvariantCulture)),
        File.ReadAllText(Path.Combine(Repository.Root, "docs", "bash-gate.md")), StringComparison.Ordinal);

    [Fact]
    public void A_word_of_64_KiB_is_one_word()
    {
        var reading = Reading.Of("echo " + new string('a', 65_536));
        Assert.Null(reading.Breach);
        Assert.Equal(65_536, reading.Invocations[0].Arguments[0].Text!.Length);
    }

    [Fact]
    public void A_large_here_document_is_one_text()
    {
        var reading = Reading.Of("cat <<'E'\n" + Repeat("rm -rf /\n", 100_000) + "E\n");
        Assert.Null(reading.Breach);
        Assert.Equal("cat", Reading.Say(Assert.Single(reading.Invocations)));
    }

    [Theory]
    [InlineData("f() { f1; f1; }; f1() { f2; f2; }; f2() { g; }; f", 4)]
    [InlineData("for a in 1 2 3; do for b in 1 2; do g; done; done", 6)]
    public void Below_the_limits_everything_runs(string command, int times) =>
        Assert.Equal(times, Reading.Of(command).Invocations.Count(i => i.Name == "g"));

    [Theory]
    [InlineData("X=aaaaaaaaaaaaaaaa;", "X=$X$X;", 40, "3145728 characters of expanded text")]
    [InlineData("", "X=$X$X;", 40, "250000 steps of evaluation")]
    [InlineData("", "for i in 1 2 3; do ", 10, "512 expansions")]
    public void Growth_is_bounded(string head, string text, int count, string limit)
    {
        var tail = text.StartsWith("for", StringComparison.Ordinal) ? "x" + Repeat("; done", count) : "echo $X";
        Assert.Equal(limit, Reading.Of(head + Repeat(text, count) + tail).Breach);
    }

    [Fact]
    public void Braces_multiply_up_to_512_words()
    {
        Assert.Equal(256, Reading.Of("echo " + Repeat("{a,b}", 8)).Invocations[0].Arguments.Length);
        Assert.Equal("512 expansions", Reading.Of("echo " + Repeat("{a,b}", 12)).Breach);
    }

    [Fact]
    public void A_long_range_is_one_unknown_number()
    {
        var reading = Reading.Of("for i in {1..100000}; do rm -rf build/$i; done");
        Assert.Null(reading.Breach);
        Assert.Equal("build/", Assert.Single(reading.Invocations).Arguments[1].Prefix);
    }

    [Theory]
    [InlineData(9, null)]
    [InlineData(11, "10 levels of nested code")]
    public void Code_nests_ten_levels(int levels, string? limit)
    {
        var command = "rm -rf /";
        for (var i = 0; i < levels; i++) command = "bash -c '" + command.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
        var reading = Reading.Of(command);
        Assert.Equal(limit, reading.Breach);
        if (limit is null) Assert.Equal("rm -rf /", Reading.Say(reading.Invocations[^1]));
    }

    [Fact]
    public void Endless_recursion_of_code_ends() =>
        Assert.Equal("10 levels of nested code", Reading.Of("X='eval \"$X\"'; eval \"$X\"").Breach);

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
