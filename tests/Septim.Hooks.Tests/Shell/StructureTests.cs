using Septim.Hooks.Shell;

namespace Septim.Hooks.Tests.Shell;

public sealed class StructureTests
{
    [Theory]
    [InlineData("a; b && c || d & e | f |& g", "a | b | c | d | e | f | g")]
    [InlineData("(a; b) && { c; d; }", "a | b | c | d")]
    [InlineData("if a; then b; elif c; then d; else e; fi", "a | b | c | d | e")]
    [InlineData("while a; do b; done; until c; do d; done", "a | b | c | d")]
    [InlineData("for x in 1 2; do e $x; done", "e 1 | e 2")]
    [InlineData("for x in 1 2\ndo\ne $x\ndone", "e 1 | e 2")]
    [InlineData("for ((i=0; i<3; i++)); do e; done", "e")]
    [InlineData("select x in a; do e $x; done", "e a")]
    [InlineData("case b in a) x;; b|c) y;; *) z;; esac", "y")]
    [InlineData("case $Q in (a) x;; b) y;& *) z;; esac", "x | y | z")]
    [InlineData("f() { e $1; }; f 7", "e 7")]
    [InlineData("function f { e \"$@\"; }\nf 7 '8 9'", "e 7 '8 9'")]
    [InlineData("f() (a); f", "a")]
    [InlineData("f() { rm -rf /; }", "")]
    [InlineData("[[ -n $(a) && x =~ (b|c) ]] && d", "a | d")]
    [InlineData("(( x = $(a) + 1 )); b", "a | b")]
    [InlineData("! a; time b; time -p c", "a | b | c")]
    [InlineData("coproc a b; coproc N { c; }", "a b | c")]
    [InlineData("echo $(a $(b `c`))", "c | b `c` | a '$(b `c`)' | echo '$(a $(b `c`))'")]
    [InlineData("a <(b) >(c)", "b | a /dev/fd/63 /dev/fd/62 | c")]
    [InlineData("cat <<E | b\n$(c)\nE\nd", "c | cat | b | d")]
    [InlineData("cat <<'E'\n$(c)\nE\nd", "cat | d")]
    [InlineData("cat <<-E\n\tx\n\tE\nd", "cat | d")]
    [InlineData("a <<X <<Y; b\n1\nX\n2\nY\nc", "a | b | c")]
    [InlineData("x=$(cat <<E\na) 'b\nE\n); c", "cat | c")]
    [InlineData("trap 'a b' EXIT; c", "trap 'a b' EXIT | c | a b")]
    [InlineData("shopt -s expand_aliases\nalias g='a b'\ng c", "shopt -s expand_aliases | alias 'g=a b' | a b c")]
    [InlineData("alias g='a b'; g c", "alias 'g=a b' | g c")]
    [InlineData("alias g='a b'\ng c", "alias 'g=a b' | a b c")]
    [InlineData("shopt -u expand_aliases\nalias g='a b'\ng c", "shopt -u expand_aliases | alias 'g=a b' | g c")]
    [InlineData("a\\\n b", "a b")]
    [InlineData("if a; then exit; fi; b", "a | exit | b")]
    [InlineData("exit; b", "exit")]
    [InlineData("f() { return; b; }; f; c", "return | c")]
    [InlineData("for x in 1 2; do break; b; done; c", "break | break | c")]
    [InlineData("a || exit; b", "a | exit | b")]
    [InlineData("$(( (1) )); $( (a) )", "1 | a | ?")]
    public void Every_construct_gives_its_commands(string command, string expected) => Assert.Equal(expected, Reading.Runs(command));

    [Theory]
    [InlineData("cd src; a", "/home/dev/project/src")]
    [InlineData("cd /; a", "/")]
    [InlineData("cd; a", "/home/dev")]
    [InlineData("cd ~/x/../y; a", "/home/dev/y")]
    [InlineData("cd src && cd .. && a", "/home/dev/project")]
    [InlineData("(cd /); a", "/home/dev/project")]
    [InlineData("cd / & a", "/home/dev/project")]
    [InlineData("cd / | a; a", "/home/dev/project")]
    [InlineData("pushd /etc; popd; a", "/home/dev/project")]
    [InlineData("cd /etc; cd -; a", "/home/dev/project")]
    [InlineData("cd \"$X\"; a", null)]
    [InlineData("cd /x || exit; a", "/x")]
    [InlineData("mkdir b && cd b && c; a", "/home/dev/project/b")]
    [InlineData("env -C /etc a", "/etc")]
    [InlineData("git -C sub a", "/home/dev/project/sub")]
    [InlineData("bash -c 'cd /; a'", "/")]
    [InlineData("ssh h a", null)]
    public void The_directory_is_followed(string command, string? expected) =>
        Assert.Equal(expected, Reading.Of(command).Invocations[^1].Directory);

    [Theory]
    [InlineData("X=1; [ a ] && X=2; e $X", "e 2 | e 1")]
    [InlineData("if a; then X=1; else X=2; fi; e $X", "e 2 | e 1")]
    [InlineData("X=1; (X=2); e $X", "e 1")]
    [InlineData("X=1; X=2 a; e $X", "e 1")]
    [InlineData("X=1; f() { X=2; }; f; e $X", "e 2")]
    [InlineData("X=1; f() { local X=2; e $X; }; f; e $X", "e 2 | e 1")]
    [InlineData("X=1 bash -c 'e $X'", "e 1")]
    [InlineData("export X=1; bash -c 'e $X'", "e 1")]
    [InlineData("bash -c 'e $0 $1' z 1", "e z 1")]
    [InlineData("printf '1\\n2\\n' | while read x; do e $x; done", "e 1 | e 2")]
    [InlineData("set -- 1 2 3; shift; e $1 $#", "e 2 2")]
    public void Values_follow_the_state_of_the_shell(string command, string expected) =>
        Assert.Equal(expected, string.Join(" | ", Reading.Of(command).Invocations.Where(i => i.Name == "e").Select(Reading.Say)));

    [Fact]
    public void A_segment_is_what_stands_in_the_command()
    {
        const string command = "a && ( b; rm -rf \"/\" ) | c";
        var reading = Reading.Of(command);
        Assert.Equal("rm -rf \"/\"", Reading.Find(reading, "rm")!.Segment.In(command));
        Assert.Equal("c", reading.Invocations[^1].Segment.In(command));
    }

    [Fact]
    public void Nested_code_shows_its_own_text_and_the_segment_around_it()
    {
        const string command = "x; bash -c 'y; rm z'";
        var inner = Reading.Find(Reading.Of(command), "rm")!;
        Assert.Equal("rm z", inner.Source);
        Assert.Equal("bash -c 'y; rm z'", inner.Segment.In(command));
        Assert.Equal(Reach.Code, inner.Reach);
    }

    [Theory]
    [InlineData("f(){ f|f & }; f", true)]
    [InlineData(":(){ :|:& };:", true)]
    [InlineData(":(){:|:&};:", true)]
    [InlineData("b(){ b& b& }; b", true)]
    [InlineData("while true; do x & done", true)]
    [InlineData("for ((;;)); do x & done", true)]
    [InlineData("until false; do x & done", true)]
    [InlineData("while [ 1 ]; do x & wait; x & done", true)]
    [InlineData("f(){ f; }; f", false)]
    [InlineData("a(){ b & }; a; b(){ a; }", false)]
    [InlineData("while true; do x & wait; done", false)]
    [InlineData("while true; do x & break; done", false)]
    [InlineData("while true; do x; sleep 1; done", false)]
    [InlineData("for i in 1 2 3; do x & done; wait", false)]
    [InlineData("echo ':(){ :|:& };:'", false)]
    public void Fork_bombs_are_seen(string command, bool expected) =>
        Assert.Equal(expected, Reading.Of(command).ForkBombs.Count > 0);
}
