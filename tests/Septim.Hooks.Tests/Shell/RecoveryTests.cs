namespace Septim.Hooks.Tests.Shell;

public sealed class RecoveryTests
{
    [Theory]
    [InlineData("rm -rf /x 'open", "rm -rf /x open", false)]
    [InlineData("echo \"open", "echo open", false)]
    [InlineData("| rm x", "rm x", false)]
    [InlineData("& rm x", "rm x", false)]
    [InlineData("a && && b", "a | b", false)]
    [InlineData("a )) b", "a | b", false)]
    [InlineData("fi; rm x", "rm x", false)]
    [InlineData("if a; then rm x", "a | rm x", false)]
    [InlineData("{ rm x", "rm x", false)]
    [InlineData("(rm x", "rm x", false)]
    [InlineData("for i in a b; do rm $i", "rm a | rm b", false)]
    [InlineData("echo $(rm x", "rm x | echo '$(rm x'", true)]
    [InlineData("cat <(rm x", "rm x | cat /dev/fd/63", true)]
    [InlineData("echo `rm x", "rm x | echo '`rm x'", true)]
    [InlineData("a > ; b", "a | b", false)]
    [InlineData("case x in x) rm y", "rm y", false)]
    [InlineData("while a; do rm x; )", "a | rm x", false)]
    [InlineData("echo ${x", "echo $x", false)]
    public void What_stands_before_and_behind_an_error_is_read(string command, string runs, bool open)
    {
        var reading = Reading.Of(command);
        Assert.NotNull(reading.Gap);
        Assert.Equal(open, reading.Gap.HasOpenCode);
        Assert.Equal(runs, Reading.Runs(command));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\n\n# x\n")]
    [InlineData(";")]
    [InlineData("\0")]
    [InlineData("\u202e\ud83d\ude00")]
    [InlineData("\\")]
    [InlineData("$")]
    [InlineData("${}")]
    [InlineData("${!}")]
    [InlineData("${#}")]
    [InlineData("$((")]
    [InlineData("<<")]
    [InlineData("<<<")]
    [InlineData("a=(")]
    [InlineData("[[")]
    [InlineData("((")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("function")]
    [InlineData("for")]
    [InlineData("case")]
    [InlineData("coproc")]
    [InlineData("f()")]
    [InlineData("!")]
    [InlineData("time")]
    [InlineData("sudo")]
    [InlineData("env -S")]
    [InlineData("bash -c")]
    [InlineData("find -exec")]
    [InlineData("xargs -I")]
    [InlineData("git -c alias.x=! x")]
    [InlineData("printf -v")]
    [InlineData("${x:99999999999999999999}")]
    [InlineData("${x//}")]
    [InlineData("echo {1..9223372036854775807}")]
    [InlineData("echo {-9223372036854775808..9223372036854775807..-9223372036854775808}")]
    [InlineData("echo $((9223372036854775807 * 9223372036854775807 + 1))")]
    [InlineData("echo $((-9223372036854775807 - 2)) $((5 / 0)) $((1 % -1))")]
    [InlineData("a 99999999999999999999>f <&99999999999999999999")]
    [InlineData("shift 99999999999")]
    [InlineData("read -u 99999999999 x")]
    public void Odd_text_never_throws(string command) => Assert.Equal(command, Reading.Of(command).Command);

    [Fact]
    public void A_here_document_without_its_end_is_read_as_bash_reads_it() =>
        Assert.Equal("bash | rm x", Reading.Runs("bash <<E\nrm x"));
}
