namespace Septim.Hooks.Tests.Shell;

public sealed class QuotingTests
{
    [Theory]
    [InlineData("rm -rf /")]
    [InlineData("'rm' \"-rf\" /")]
    [InlineData("r''m -r\"\"f /")]
    [InlineData("\\rm -\\r\\f \\/")]
    [InlineData("$'r\\x6d' $'-\\162f' $'\\u002f'")]
    [InlineData("$'rm\\0x' -rf /")]
    [InlineData("r\\\nm -rf \\\n  /")]
    [InlineData("{rm,-rf,/}")]
    [InlineData("/bin/rm -rf /")]
    [InlineData("RM -rf /")]
    [InlineData("rm${IFS}-rf${IFS}/")]
    [InlineData("rm  \t -rf    /   # comment")]
    [InlineData("$\"rm\" -rf /")]
    [InlineData("C=rm; $C -rf /")]
    [InlineData("A=r B=m; $A$B -rf \"/\"")]
    [InlineData("X='-rf /'; rm $X")]
    [InlineData("`echo rm` $(echo -rf) $(printf %s /)")]
    [InlineData("$(printf '\\x72\\155') -rf /")]
    [InlineData("rm -rf ${NOT_SET_HERE:-/}")]
    [InlineData("set -- -rf /; rm \"$@\"")]
    [InlineData("set -- rm -rf /; $1 $2 $3")]
    [InlineData("printf -v x %s rm; $x -rf /")]
    [InlineData("a=(rm -rf /); \"${a[@]}\"")]
    [InlineData("read c f <<< 'rm -rf'; $c $f /")]
    [InlineData("x=xrmx; x=${x#x}; ${x%x} -rf /")]
    [InlineData("x=RM; ${x,,} -rf /")]
    [InlineData("x=_rm_; ${x:1:2} -rf /")]
    [InlineData("x=rXm; ${x/X/} -rf /")]
    [InlineData("n=C; C=rm; ${!n} -rf /")]
    public void One_command_in_many_spellings(string command) => Assert.Equal("rm -rf /", Reading.Last(command));

    [Theory]
    [InlineData("echo 'a  b' c", "echo 'a  b' c")]
    [InlineData("echo \"$HOME\" ~ '~' \"~\"", "echo /home/dev /home/dev ~ ~")]
    [InlineData("echo ~root/x ~anna", "echo /root/x /home/anna")]
    [InlineData("echo \"a\\\"b\" \"c\\d\" \"\\$x\"", "echo a\"b c\\d $x")]
    [InlineData("echo ''", "echo ''")]
    [InlineData("echo $NOTHING_SET", "echo $NOTHING_SET")]
    [InlineData("unset E; echo $E x \"$E\"", "unset E | echo x ''")]
    [InlineData("echo {a,b}{1,2}", "echo a1 a2 b1 b2")]
    [InlineData("echo {a}b,c} x{}y,z} {}y,z} {1..2}a,b}", "echo a}b c x}y xz {}y,z} 1a,b} 2a,b}")]
    [InlineData("echo {~/x..y} {~/x,~/y} {a,b},~/x", "echo {~/x..y} /home/dev/x /home/dev/y a,~/x b,~/x")]
    [InlineData("echo {a{b,c} {x..{1,2}} {a..}b,c} {a}b", "echo {ab {ac x..1 x..2 a..}b c {a}b")]
    [InlineData("echo {1..4} {c..a}", "echo 1 2 3 4 c b a")]
    [InlineData("echo {a} {a,b x{}y", "echo {a} {a,b x{}y")]
    [InlineData("echo '{a,b}' \\{a,b}", "echo {a,b} {a,b}")]
    [InlineData("X={a,b}; echo $X", "echo {a,b}")]
    [InlineData("echo $((2 + 3 * 4))", "echo 14")]
    [InlineData("echo a#b #c", "echo a#b")]
    [InlineData("A='x y'; echo $A \"$A\"", "echo x y 'x y'")]
    [InlineData("IFS=:; A=x:y; echo $A", "echo x y")]
    [InlineData("a \"$@\" \"$*\" b", "a '' b")]
    [InlineData("e=(); a \"${e[@]}\" b", "a b")]
    [InlineData("A=~/x:~/y; echo $A", "echo /home/dev/x:/home/dev/y")]
    [InlineData("echo \"${U:-a b}\" ${U:-c d}", "echo 'a b' c d")]
    public void Words_expand_as_bash_expands_them(string command, string expected) => Assert.Equal(expected, Reading.Runs(command));

    [Fact]
    public void Quoted_globs_are_text_and_open_ones_are_not()
    {
        var arguments = Reading.Of("rm *.log '*.log' \\*.log \"$X\"*").Invocations[0].Arguments;
        Assert.Equal([true, false, false, true], [.. arguments.Select(a => a.HasGlob)]);
        Assert.Equal("*.log", arguments[1].Text);
        Assert.Null(arguments[3].Text);
    }

    [Fact]
    public void A_word_says_where_its_value_comes_from()
    {
        var arguments = Reading.Of("K=s3cret; echo $K \"$API_KEY\" $(cat .env)").Invocations[^1].Arguments;
        Assert.Equal("K", arguments[0].StartsWithVariable);
        Assert.Equal("API_KEY", arguments[1].StartsWithVariable);
        Assert.True(arguments[1].MayBeEmpty);
        Assert.Equal("cat", Assert.Single(arguments[2].Pieces[0].From!.From).Name);
    }

    [Fact]
    public void A_temporary_path_is_known_as_one()
    {
        var word = Reading.Of("D=$(mktemp -d) && rm -rf \"$D\"/x").Invocations[^1].Arguments[1];
        Assert.True(word.IsFreshTemp);
        Assert.StartsWith("/tmp/", word.Text, StringComparison.Ordinal);
    }
}
