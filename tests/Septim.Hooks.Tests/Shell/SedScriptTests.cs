using Septim.Hooks.Shell.Evaluation;

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
}
