using Septim.Hooks.Shell.Evaluation;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Shell;

public sealed class SedScriptTests
{
    [Theory]
    [InlineData("w out.txt", "w:out.txt")]
    [InlineData("s/a/b/w f;p", "s:f;p")]
    [InlineData("s/a/b/gw f\ns/c/d/", "s:f")]
    [InlineData("/x/!{p;W /etc/hosts\n}", "W:/etc/hosts")]
    [InlineData("\\,a/b,Iw f", "w:f")]
    [InlineData("r .env\nR list", "r:.env R:list")]
    [InlineData("s/[/]w f/x/", "")]
    [InlineData("s/[^]/]*/w/;y/w/r/", "")]
    [InlineData("s/[[:space:]/]/w f/", "")]
    [InlineData("i\\\nw f\\\nr g\ns/a/b/", "")]
    [InlineData("# w f\nb w\n:w\n$!N", "")]
    [InlineData("s/a", "")]
    [InlineData("s", "")]
    public void Files_are_those_of_its_commands(string script, string files) =>
        Assert.Equal(files, string.Join(' ', SedScript.Read(script).Where(command => command.Writes || command.Reads).Select(command => command.Name + ":" + command.File)));

    [Theory]
    [InlineData("seq 3 | sed e", "")]
    [InlineData("printf 'ls\\nrm -rf /srv/a\\n' | sed e", "ls; rm -rf /srv/a")]
    [InlineData("printf '/a\\n/b\\n' | sed 's/.*/ls &/e'", "ls /a; ls /b")]
    [InlineData("echo a | sed 's/^/ls /;s/$/ -l/;e'", "ls a -l")]
    [InlineData("echo a.b | sed 's/a/ls &/e'", "ls a.b")]
    [InlineData("echo a | sed 's/x/ls &/e'", "")]
    [InlineData("sed '1e ls -l' f", "ls -l")]
    public void The_line_that_was_made_is_run(string command, string expected) =>
        Assert.Equal(expected, string.Join("; ", Septim.Hooks.Shell.ShellProgram.Evaluate(command, BashCases.Setting().Shell).Invocations.Where(run => run.IsVia("sed")).Select(run => run.ToString())));

    [Theory]
    [InlineData("s/.*/&&&&&&&&/;", 4000)]
    [InlineData("s/[/x/;", 20000)]
    [InlineData("s/[[:/x/;", 20000)]
    [InlineData("s/^/xxxxxxxx/;", 20000)]
    [InlineData("e;", 20000)]
    public void Hostile_scripts_cost_little_and_run_unknown_code_at_worst(string part, int times)
    {
        var script = string.Concat(Enumerable.Repeat(part, times));
        var command = "echo abc | sed '" + script + "e'";
        Assert.Equal(BashCases.Judge(command), BashCases.Judge(command));
    }

    [Fact]
    public void What_stands_behind_very_many_commands_is_unknown_code()
    {
        var many = string.Concat(Enumerable.Repeat("s/a/b/;", SedScript.MostCommands + 1));
        Assert.Equal(Septim.Hooks.Gates.VerdictKind.Ask, BashCases.Judge("sed -n '" + many + "w /etc/hosts' x"));
        Assert.Equal(Septim.Hooks.Gates.VerdictKind.Pass, BashCases.Judge("sed '" + many[..700] + "' x"));
    }
}
