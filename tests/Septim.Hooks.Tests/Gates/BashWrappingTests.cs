using Septim.Hooks.Gates;
using Septim.Hooks.Gates.BashRules;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Gates;

/// <summary>Every example of every rule, wrapped as code and as data; nothing here is typed by hand but the wrappers.</summary>
public sealed class BashWrappingTests
{
    /// <summary>{0}: the command as one quoted word.</summary>
    private static readonly string[] s_aroundText =
    [
        "sh -c {0}", "bash -c {0}", "zsh -c {0}", "dash -c {0}", "bash -lc {0}", "eval {0}", "sudo sh -c {0}", "sudo -u root -E bash -c {0}", "doas sh -c {0}",
        "env A=1 sh -c {0}", "env -i sh -c {0}", "command sh -c {0}", "builtin eval {0}", "exec sh -c {0}", "nohup sh -c {0}", "nice -n 5 sh -c {0}", "ionice -c 3 sh -c {0}",
        "timeout 5 sh -c {0}", "timeout -k 5 -s KILL 30 sh -c {0}", "time sh -c {0}", "stdbuf -o0 sh -c {0}", "setsid sh -c {0}", "unshare -r sh -c {0}",
        "strace -f -o t sh -c {0}", "watch -n 5 {0}", "script -q -c {0} out", "flock /tmp/l -c {0}", "systemd-run --user sh -c {0}", "busybox sh -c {0}", "xargs sh -c {0}",
        "su -c {0}", "su - root -c {0}", "trap {0} EXIT", "bash <<< {0}", "echo x | xargs -I% sh -c {0}", "find . -maxdepth 0 -exec sh -c {0} \\;",
        "nix-shell --run {0}", "tmux new-window {0}", "NESTED", "true && sh -c {0}", "git -c alias.z=!{0} z",
        "bash -c 'eval \"$1\"' _ {0}", "TEXT_OF_IT={0}; eval \"$TEXT_OF_IT\"", "TEXT_OF_IT={0}; bash -c \"$TEXT_OF_IT\"", "printf '%s' {0} | sh", "echo {0} | bash",
    ];

    /// <summary>{0}: the command as it is.</summary>
    private static readonly string[] s_aroundCode =
    [
        "({0}\n)", "{{ {0}\n}}", "true && {{ {0}\n}}", "false || {{ {0}\n}}", "if true; then {0}\nfi", "for i in 1; do {0}\ndone", "f() {{ {0}\n}}; f", "! {{ {0}\n}}",
        "bash <<'END_OF'\n{0}\nEND_OF", "cat <<'END_OF' | sh\n{0}\nEND_OF", "while :; do {0}\nbreak; done", "case x in x) {0}\n;; esac", "true # note\n{0}", "A=1\n{0}",
    ];

    private static readonly string[] s_dataText = ["echo {0}", "git commit -m {0}", "grep -r {0} src", "printf '%s\\n' {0}", "gh pr create --title x --body {0}", "# {0}"];

    private static readonly string[] s_dataCode = ["cat <<'END_OF'\n{0}\nEND_OF", "git commit -F - <<'END_OF'\n{0}\nEND_OF", "cat > notes.md <<'END_OF'\n{0}\nEND_OF"];

    public static TheoryData<string> Rules() => BashRuleTests.Rules();

    [Theory, MemberData(nameof(Rules))]
    public void Denied_examples_stay_refused_in_every_wrapper(string id)
    {
        var wrong = new List<string>();
        // Why: what is unfinished may be finished by the wrapper's own end.
        var codes = id == "syntax-recovered" ? [] : s_aroundCode;
        foreach (var command in BashRuleList.All.Single(rule => rule.Id == id).Denies)
        {
            if (BashCases.Judge(command) == VerdictKind.Pass) continue;
            foreach (var wrapped in Wrap(command, s_aroundText, codes))
            {
                if (BashCases.Judge(wrapped) == VerdictKind.Pass) wrong.Add(wrapped.ReplaceLineEndings("⏎"));
            }
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} passed:\n" + string.Join("\n", wrong.Take(40)));
    }

    [Theory, MemberData(nameof(Rules))]
    public void Examples_pass_when_they_are_only_data(string id)
    {
        var rule = BashRuleList.All.Single(rule => rule.Id == id);
        var wrong = new List<string>();
        foreach (var command in rule.Denies.Concat(rule.Passes).Concat(rule.Asks))
        {
            foreach (var wrapped in Wrap(command, s_dataText, s_dataCode))
            {
                if (BashCases.Judge(wrapped) != VerdictKind.Pass) wrong.Add($"{wrapped.ReplaceLineEndings("⏎")}  →  {BashCases.Told(wrapped)}");
            }
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} refused:\n" + string.Join("\n", wrong.Take(40)));
    }

    private static IEnumerable<string> Wrap(string command, string[] texts, string[] codes)
    {
        foreach (var form in texts)
        {
            // Why: a comment ends with its line, and find puts a path in the place of {}.
            if (form.StartsWith('#') && command.Contains('\n')) continue;
            if (form.StartsWith("find ", StringComparison.Ordinal) && command.Contains("{}", StringComparison.Ordinal)) continue;
            yield return form == "NESTED" ? "sh -c " + Quoted("bash -c " + Quoted(command)) : form.Replace("{0}", Quoted(command), StringComparison.Ordinal);
        }
        foreach (var form in codes) yield return form.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal).Replace("{0}", command, StringComparison.Ordinal);
    }

    private static string Quoted(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
