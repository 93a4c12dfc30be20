using Septim.Hooks.Gates;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Gates.BashRules;

/// <summary>What the shell makes of a command before a rule sees it, by the verdict that follows; harmless neighbours beside it.</summary>
public sealed class EvaluationVerdictTests
{
    private static string Verdict(string command) => BashCases.Strictest(command) is { } found ? $"{found.Verdict} {found.Rule.Id}" : "Pass";

    [Theory]
    [InlineData("find / -name '*.log' | while read -r f; do rm -f \"$f\"; done", "Deny fs-find-outside")]
    [InlineData("while read f; do rm -f \"$f\"; done < <(find /srv -type f)", "Deny fs-find-outside")]
    [InlineData("find ~ -name '*.jpg' | sort | while IFS= read -r f; do unlink \"$f\"; done", "Deny fs-find-outside")]
    [InlineData("readarray -t a < <(find /srv -type f); for f in \"${a[@]}\"; do rm \"$f\"; done", "Deny fs-find-outside")]
    [InlineData("find . -type f | while read f; do rm \"$f\"; done", "Ask fs-mass-delete")]
    [InlineData("find . -name '*.pyc' | while read f; do rm \"$f\"; done", "Pass")]
    [InlineData("find /srv -type f | while read f; do echo \"$f\"; done", "Pass")]
    [InlineData("find /tmp/build -type f | while read f; do rm \"$f\"; done", "Pass")]
    [InlineData("find src -name '*.orig' | while read f; do rm \"$f\"; done", "Pass")]
    [InlineData("ls *.bak | while read f; do rm \"$f\"; done", "Pass")]
    public void Names_that_find_found_and_a_loop_removes(string command, string verdict) => Assert.Equal(verdict, Verdict(command));

    [Theory]
    [InlineData("rm -rf \"$(command -v node)\"", "Deny fs-rm-system")]
    [InlineData("rm -rf \"$(type -P node)\"", "Deny fs-rm-system")]
    [InlineData("rm -rf \"$(type -p node)\"", "Deny fs-rm-system")]
    [InlineData("rm -f \"$(command -v septim)\"", "Deny fs-rm-system")]
    [InlineData("rm -f \"$(which septim)\"", "Deny fs-rm-system")]
    [InlineData("rm -f ~/.local/bin/septim", "Deny fs-self-protect")]
    [InlineData("rm -f bin/septim", "Pass")]
    [InlineData("if command -v node >/dev/null; then node x.js; fi", "Pass")]
    [InlineData("PY=$(command -v python3); \"$PY\" -m pytest", "Pass")]
    [InlineData("\"$(command -v python3)\" x.py", "Pass")]
    [InlineData("\"$(type -P python3 || type -P python)\" x.py", "Pass")]
    [InlineData("command -v septim && septim explain ls", "Pass")]
    [InlineData("ls -l \"$(command -v node)\"", "Pass")]
    public void The_path_of_a_program(string command, string verdict) => Assert.Equal(verdict, Verdict(command));

    [Theory]
    [InlineData("IFS=/; a=('' etc nginx); rm -rf \"${a[*]}\"", "Deny fs-rm-system")]
    [InlineData("IFS=/; a=('' etc nginx); p=${a[*]}; rm -rf \"$p\"", "Deny fs-rm-system")]
    [InlineData("set -- r m; IFS=; \"$*\" -rf /etc", "Deny fs-rm-system")]
    [InlineData("a=(x y); rm -f \"${a[*]}\"", "Pass")]
    [InlineData("join() { local IFS=,; echo \"$*\"; }; join a b c", "Pass")]
    [InlineData("IFS=/; a=(build cache); rm -rf \"${a[*]}\"", "Pass")]
    public void Words_are_joined_with_the_separator(string command, string verdict) => Assert.Equal(verdict, Verdict(command));

    [Theory]
    [InlineData("readonly D=/etc\nD=build\nrm -rf $D", "Deny fs-rm-system")]
    [InlineData("declare -r D=/etc\nD=build\nrm -rf $D", "Deny fs-rm-system")]
    [InlineData("D=/etc; readonly D\nD=build\nrm -rf $D", "Deny fs-rm-system")]
    [InlineData("f() { local -r d=$1; rm -rf \"$d\"; }; f build; f dist", "Pass")]
    [InlineData("readonly D=build; rm -rf \"$D\"", "Pass")]
    [InlineData("readonly D=/etc; bash -c 'D=build; rm -rf $D'", "Pass")]
    [InlineData("D=/etc; ls $D; D=build; rm -rf $D", "Pass")]
    public void A_readonly_variable_keeps_its_value(string command, string verdict) => Assert.Equal(verdict, Verdict(command));

    [Theory]
    [InlineData("CDPATH=/ ; cd etc && rm -rf nginx", "Deny fs-rm-system")]
    [InlineData("CDPATH=/ cd etc && rm -rf nginx", "Deny fs-rm-system")]
    [InlineData("export CDPATH=/; cd etc; rm -rf nginx", "Deny fs-rm-system")]
    [InlineData("CDPATH=$X; cd etc && rm -rf nginx", "Ask fs-rm-unknown")]
    [InlineData("CDPATH=/ ; cd ./etc && rm -rf nginx", "Pass")]
    [InlineData("CDPATH= cd -- packages/a && rm -rf dist", "Pass")]
    [InlineData("unset CDPATH; cd packages/a && rm -rf dist", "Pass")]
    [InlineData("CDPATH=.:/ ; cd packages && rm -rf dist", "Pass")]
    public void The_search_path_of_cd(string command, string verdict) => Assert.Equal(verdict, Verdict(command));

    [Theory]
    [InlineData("sed -i 's/septim//' .claude/*", "Deny fs-self-protect")]
    [InlineData("sed -i 's/septim//' ~/.claude/*", "Deny fs-self-protect")]
    [InlineData("for f in .claude/*; do sed -i 's/septim//' \"$f\"; done", "Deny fs-self-protect")]
    [InlineData("cd .claude; sed -i 's/septim//' *", "Deny fs-self-protect")]
    [InlineData("ln -s .claude c; echo '{}' > c/settings.json", "Deny fs-self-protect")]
    [InlineData("ln -s .claude c; sed -i 's/septim//' c/*", "Deny fs-self-protect")]
    [InlineData("cat .claude/*", "Pass")]
    [InlineData("ls .claude/*", "Pass")]
    [InlineData("for f in .claude/*; do cat \"$f\"; done", "Pass")]
    [InlineData("for f in .claude/*.json; do jq . \"$f\"; done", "Pass")]
    [InlineData("for f in .claude/commands/*.md; do sed -i 's/a/b/' \"$f\"; done", "Pass")]
    [InlineData("for f in .claude/*.md; do sed -i 's/a/b/' \"$f\"; done", "Pass")]
    [InlineData("ln -s .claude c; echo x > c/commands/a.md", "Pass")]
    [InlineData("cp .claude/* /tmp/backup/", "Pass")]
    public void Names_for_the_clients_settings(string command, string verdict) => Assert.Equal(verdict, Verdict(command));
}
