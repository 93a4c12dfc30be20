using System.Diagnostics;
using CsCheck;

namespace Septim.Hooks.Tests.Shell;

/// <summary>
/// Our reading beside bash's own, where bash can be asked without running anything but printf: <c>bash -n</c>, <c>printf %q</c>,
/// and words made of an alphabet without commands, redirections or substitutions.
/// </summary>
public sealed class BashComparisonTests
{
    private const string Bash = "/bin/bash";

    [Fact]
    public void What_printf_q_writes_is_read_back()
    {
        Assert.SkipUnless(File.Exists(Bash), "no bash here");
        var texts = Gen.Char[' ', '~'].Array[0, 10].Select(c => new string(c)).Array[200].Single();
        var quoted = Ask("for s in \"$@\"; do printf '%q\\0' \"$s\"; done", texts);
        Assert.Equal(texts, quoted.Select(q => Reading.Of("x " + q).Invocations[0].Arguments[0].Text!));
    }

    [Fact]
    public void Words_become_what_bash_makes_of_them()
    {
        Assert.SkipUnless(File.Exists(Bash), "no bash here");
        var token = Gen.OneOf("a", "b c", " ", "'", "\"", "\\", "{", "}", ",", "..", "1", "3", "$A", "\"$A\"", "${A}", "${A:-x}", "${N:-y z}", "\"${N:-y z}\"", "${N-'q r'}", "${A:+w}", "${A#x}", "${A%y}", "${A/x/_}", "${#A}", "$N", "\"\"", "''", "$'\\t'", "$'\\x41'", "~/", "/", "=", "#", "$((1+2))", "${A:1}", "${A^^}");
        var cases = token.Array[1, 8].Select(string.Concat).Array[400].Single();
        var script = "A='x y'; unset N; set -f; HOME=/home/dev; printf '%s\\0' ";
        // Each case in a bash of its own: an open quote in one must not swallow the next.
        var answers = Ask("for c in \"$@\"; do o=$(" + Bash + " -c \"$c\" 2>&1 | tr '\\0' '\\1'; exit ${PIPESTATUS[0]}) && printf 'ok%s\\0' \"$o\" || printf 'no\\0'; done", [.. cases.Select(c => script + c)]);
        for (var i = 0; i < cases.Length; i++)
        {
            var reading = Reading.Of(script + cases[i]);
            if (answers[i] == "no") continue;
            Assert.True(reading.Gap is null, $"bash reads {cases[i]}, we do not: {reading.Gap?.Message}");
            var ours = reading.Invocations[^1].Arguments.Skip(1).Select(a => a.Text ?? "?").ToList();
            // A name like $A1 is nobody's here and unknown to us.
            if (ours.Contains("?")) continue;
            // printf with no argument writes its format once, with an empty one.
            if (ours.Count == 0) ours.Add("");
            Assert.Equal((cases[i], answers[i][2..]), (cases[i], string.Concat(ours.Select(o => o + "\u0001")).TrimEnd('\n')));
        }
    }

    [Fact]
    public void What_bash_can_parse_has_no_gap_and_the_other_way_round()
    {
        Assert.SkipUnless(File.Exists(Bash), "no bash here");
        string[] commands =
        [
            .. WrapperTests.Ways.Select(w => w.Data.Replace("§", "rm -rf /x", StringComparison.Ordinal)),
            "a 'open", "a \"open", "a $(b", "a `b", "(a", "a)", "{ a", "a }", "{ a; }", "if a; then b", "if a; then b; fi", "fi", "done", "do", "for x in a; do b; done", "for x do b; done", "for ((;;)) { a; }", "for x in a b; { a; }", "while a; do b; done", "until a; do b; done", "case a in esac", "case a in b) c;; esac", "case a in (b|c) d;& *) e; esac", "case a in b) c", "f() { a; }", "f() (a)", "function f { a; }", "function f() { a; }", "f()", "a &", "a & b", "a ;; b", "; a", "a ; ; b", "& a", "| a", "a |", "a &&", "a && b ||", "a |& b", "! a", "! ! a", "time a", "[[ a ]]", "[[ a && ( b || ! c ) ]]", "[[ a", "[[ $x =~ ^(a|b)$ ]]", "[[ a < b ]]", "((1+1))", "(( a", "((a))", "( (a) )", "((a); b)", "$(( 1 ))", "$((a); b)", "echo $(( (1) + (2) ))", "echo ${a", "echo ${a:-b}", "echo ${a:-$(b)}", "echo ${a/b/c} ${a//\\//_} ${a%%b*} ${!a} ${#a} ${a[@]} ${a:1:2} ${a@Q}", "a=(b c)", "a=(b", "a+=(d)", "a[1]=b", "declare -a x=(1 2)", "a <<E\nb\nE", "a <<'E'\n$(\nE", "a <<-E\n\tb\n\tE", "a <<E; b\nc\nE\nd", "cat <<A <<B\n1\nA\n2\nB", "a <<< b", "a < b > c 2>&1 &> d >| e <> f 3<&- {g}>h", "a >", "a <<<", "a <(b) >(c)", "a <(b", "coproc a", "coproc N { a; }", "a#b # c", "#a", "a \\\nb", "a\\", "$'a\\'b'", "$\"a\"", "a{b,c}d{1..3}", "{", "}", "{}", "a {} b", "select x in a; do b; done", "a && b || c; d & e | f", "if a; then b; elif c; then d; else e; fi", "if a; then fi", "while a; do done", "a $[1+1]", "echo a=(b)", "x=1 y=2 a", "!a", "a!b", "function", "echo function if then", "if\na\nthen\nb\nfi", "{ a; } > f 2>&1", "(a) | (b) && { c; }", "a; # b\nc", "case $x in\n  a|b) c ;;\n  *) d\nesac", "trap 'a' EXIT", "echo \"a $(b \"c $(d)\") e\"", "echo \"${a:-\"b c\"}\"", "echo `a \\`b\\` c`", "x=$(cat <<E\na) b\nE\n)", "echo $(case a in a) b;; esac)", "f(){ :; };f", "until [ a ]; do b; done > f < g",
        ];
        var valid = Ask("for c in \"$@\"; do if " + Bash + " -n -c \"$c\" 2>/dev/null; then printf 'yes\\0'; else printf 'no\\0'; fi; done", commands);
        for (var i = 0; i < commands.Length; i++) Assert.Equal((commands[i], valid[i]), (commands[i], Reading.Of(commands[i]).Gap is null ? "yes" : "no"));
    }

    private static List<string> Ask(string script, string[] arguments)
    {
        var start = new ProcessStartInfo(Bash) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--norc", "-c", script, "bash", .. arguments]) start.ArgumentList.Add(argument);
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return [.. output.Split('\0')[..^1]];
    }
}
