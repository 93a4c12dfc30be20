using Septim.Hooks.Shell;

namespace Septim.Hooks.Tests.Shell;

public sealed class OptionReaderTests
{
    private static readonly OptionTable Table = new("fo:c::", "force hard output= color=? dry-run harder");

    [Theory]
    [InlineData("x -f y", "-f", "x y")]
    [InlineData("-fv x", "-f -v", "x")]
    [InlineData("-fo out x", "-f -o=out", "x")]
    [InlineData("-oout x", "-o=out", "x")]
    [InlineData("-c x", "-c", "x")]
    [InlineData("-cred x", "-c=red", "x")]
    [InlineData("--output f x", "--output=f", "x")]
    [InlineData("--output=f x", "--output=f", "x")]
    [InlineData("--outp f x", "--output=f", "x")]
    [InlineData("--forc x", "--force", "x")]
    [InlineData("--hard x", "--hard", "x")]
    [InlineData("--har x", "--har", "x")]
    [InlineData("--color x", "--color", "x")]
    [InlineData("--color=red x", "--color=red", "x")]
    [InlineData("--other=1 x", "--other=1", "x")]
    [InlineData("-- -f --force", "", "-f --force")]
    [InlineData("- x", "", "- x")]
    [InlineData("-o", "-o", "")]
    [InlineData("--force=$V", "--force=$V", "")]
    [InlineData("\"-$F\" x", "", "x")]
    public void Arguments_become_options_and_operands(string arguments, string options, string operands)
    {
        var reading = OptionReader.Read(Reading.Of("x " + arguments).Invocations[0].Arguments, Table);
        var said = reading.Options.Select(o => o.Value is null ? o.Name : $"{o.Name}={o.Value.Shown}");
        Assert.Equal(options, string.Join(' ', said));
        if (arguments[0] != '"') Assert.Equal(operands, string.Join(' ', reading.Operands.Select(o => o.Shown)));
    }

    [Fact]
    public void A_wrapper_stops_at_its_command()
    {
        var reading = OptionReader.Read(Reading.Of("x -f -o a rm -f").Invocations[0].Arguments, Table with { StopsAtOperand = true });
        Assert.Equal(3, reading.FirstOperand);
        Assert.Equal(2, reading.Operands.Count);
        Assert.Equal(2, reading.Options.Count);
    }

    [Fact]
    public void One_dash_is_enough_for_some_tools()
    {
        var reading = OptionReader.Read(Reading.Of("x -destroy -var a=b -chdir=d p").Invocations[0].Arguments, new("", "destroy var= chdir=") { SingleDash = true });
        Assert.True(reading.Has("--destroy"));
        Assert.Equal("a=b", reading.Value("--var")?.Text);
        Assert.Equal("d", reading.Value("--chdir")?.Text);
        Assert.Equal("p", Assert.Single(reading.Operands).Text);
    }

    [Fact]
    public void The_last_of_a_flag_and_its_negation_counts()
    {
        static bool On(string arguments) => OptionReader.Read(Reading.Of("x " + arguments).Invocations[0].Arguments, Table).IsOn("-f", "--force");
        Assert.True(On("--force"));
        Assert.True(On("--no-force -f"));
        Assert.False(On("-f --no-force"));
        Assert.False(On(""));
    }

    [Fact]
    public void An_unknown_word_may_hold_options() =>
        Assert.True(OptionReader.Read(Reading.Of("x $OPTS y").Invocations[0].Arguments, Table).MayHaveMore);
}
