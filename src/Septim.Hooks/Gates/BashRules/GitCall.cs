using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>A git command: its own options, the subcommand, the subcommand's arguments.</summary>
internal sealed class GitCall
{
    private static readonly OptionTable s_global = new("C:c:pPhv", "git-dir= work-tree= namespace= super-prefix= config-env= exec-path=? list-cmds= attr-source= bare no-pager paginate no-replace-objects literal-pathspecs no-optional-locks help version")
    {
        StopsAtOperand = true,
        ExactLong = true,
    };

    private GitCall(OptionReading global, string verb, Word[] arguments)
    {
        Global = global;
        Verb = verb;
        Arguments = arguments;
    }

    public OptionReading Global { get; }

    /// <summary>The subcommand, <c>commit</c>; empty when it is not known or missing.</summary>
    public string Verb { get; }

    /// <summary>What follows the subcommand.</summary>
    public Word[] Arguments { get; }

    /// <summary>The git command of the case; null for other programs and for <c>git --help</c>.</summary>
    public static GitCall? Of(RuleCase at)
    {
        // Why: hub hands all that is not its own to git.
        if (at.Name is not ("git" or "hub")) return null;
        var global = OptionReader.Read(at.Arguments, s_global);
        if (global.Has("--help", "--version") || global.Has("-h", "-v")) return null;
        var rest = at.Arguments[Math.Min(global.FirstOperand + 1, at.Arguments.Length)..];
        var verb = global.FirstOperand < at.Arguments.Length ? at.Arguments[global.FirstOperand].Text ?? "" : "";
        // Why: git itself takes any case of no subcommand, but `git <x> --help` of any of them shows a manual page.
        if (rest.Length > 0 && rest[0].Is("--help") || (rest.Length == 1 && rest[0].Is("-h"))) return null;
        if (ShowsUsage(verb, rest)) return null;
        return new GitCall(global, verb, rest);
    }

    /// <summary>
    /// git's own option reader prints the usage and stops at <c>--help</c>, wherever it stands as an option. Behind an option that may
    /// take it as its value nothing is known.
    /// </summary>
    private static bool ShowsUsage(string verb, Word[] rest)
    {
        if (verb is not ("reset" or "clean" or "push" or "checkout" or "switch" or "restore" or "rm" or "branch" or "commit" or "merge" or "rebase" or "gc" or "prune" or "tag")) return false;
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i].Is("--")) return false;
            if (!rest[i].Is("--help")) continue;
            return !rest[i - 1].StartsWith("-") ? Operand(rest, i - 1)
                : rest[i - 1].Text is "--hard" or "--soft" or "--mixed" or "--merge" or "--keep" or "--force" or "--delete" or "--mirror" or "--prune" or "--all" or "--amend" or "--no-verify" or "-f" or "-d" or "-D" or "-fd" or "-fdx" or "-df" or "-n" or "-a";
        }
        return false;
    }

    /// <summary>The word is no value of an option before it, as far as can be told without the command's table.</summary>
    private static bool Operand(Word[] rest, int index) => index == 0 || !rest[index - 1].StartsWith("-") || rest[index - 1].Text is "--hard" or "--force" or "-f" or "-D" or "--delete";

    public OptionReading Read(OptionTable table) => OptionReader.Read(Arguments, table);

    /// <summary>The value of <c>-c name=value</c>, by a name in lower case; null when it is not given. Git ignores the case of names.</summary>
    public Word? Config(string name)
    {
        Word? found = null;
        foreach (var pair in Global.Values("-c"))
        {
            var text = pair.Shown;
            var equals = text.IndexOf('=');
            var key = equals < 0 ? text.AsSpan() : text.AsSpan(0, equals);
            if (!key.Equals(name, StringComparison.OrdinalIgnoreCase)) continue;
            found = equals < 0 ? Word.Of("true") : pair.Prefix.Length > equals ? pair.From(equals + 1) : Word.Of(text[(equals + 1)..]);
        }
        return found;
    }
}
