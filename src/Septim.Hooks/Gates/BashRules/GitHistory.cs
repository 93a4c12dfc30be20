using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>History is rewritten or the way back to it is cut.</summary>
internal static class GitHistory
{
    public static readonly BashRule Rule = new("git-history", BashSeverity.High)
    {
        Reason = "it rewrites history or removes the way back to old commits",
        Alternative = "git branch backup-before-rewrite",
        Denies =
        [
            "git filter-branch --all",
            "git filter-repo --force --path x",
            "git reflog expire --expire=now --all",
            "git reflog delete HEAD@{0}",
            "git gc --prune=now",
            "git gc --prune=all",
            "git prune --expire=now",
            "git lfs migrate import --everything",
            "git replace a b",
            "git repack -a -d --cruft-expiration=now",
            "git reflog expire --expire-unreachable=now --all",
            "bfg --delete-files x",
        ],
        Passes =
        [
            "git gc",
            "git reflog show",
            "git rebase --abort",
            "git merge --abort",
            "git commit --amend",
            "git rebase main",
            "git prune -n",
            "git filter-repo --analyze",
            "git gc --prune=2.weeks.ago",
            "git replace -l",
        ],
        Judge = static at => OwnRepository.Spares(at, Judge(at)),
    };

    private static readonly OptionTable s_reflog = new("n", "expire= expire-unreachable= all dry-run rewrite updateref stale-fix verbose single-worktree");

    private static BashFinding? Judge(RuleCase at)
    {
        if (at.Name is "bfg" or "git-filter-repo") return at.AsksForHelp || at.HasArgument("--analyze") ? null : BashFinding.Plain;
        if (at.Name == "java" && RunsBfg(at)) return BashFinding.Plain;
        if (at.Git is not { } git) return null;
        switch (git.Verb)
        {
            case "filter-branch":
                return git.Arguments.Length > 0 ? BashFinding.Plain : null;
            case "filter-repo":
                return at.HasArgument("--analyze") || at.HasArgument("--dry-run") || git.Arguments.Length == 0 ? null : BashFinding.Plain;
            case "reflog":
                if (git.Arguments.Length == 0) return null;
                var given = git.Read(s_reflog);
                if (given.Has("-n", "--dry-run")) return null;
                if (git.Arguments[0].Is("delete")) return BashFinding.Plain;
                return git.Arguments[0].Is("expire") && (IsNow(given.Value("--expire")) || IsNow(given.Value("--expire-unreachable"))) ? BashFinding.Plain : null;
            case "gc":
                return IsNow(git, "--prune") || Config(git, "gc.pruneexpire") || Config(git, "gc.reflogexpire") ? BashFinding.Plain : null;
            case "prune":
                if (at.HasArgument("-n") || at.HasArgument("--dry-run")) return null;
                if (IsNow(git, "--expire")) return BashFinding.Plain;
                // Why: without a time git takes now.
                return git.Read(new OptionTable("nv", "expire= dry-run verbose progress no-progress exclude-promisor-objects")).Has("--expire") ? null : new BashFinding(BashSeverity.Medium, "without --expire all that no reference reaches is gone at once");
            case "config":
                return SetsExpiry(git) ? BashFinding.Plain : null;
            case "repack":
                return IsNow(git, "--cruft-expiration") || at.HasArgument("--expire-to") ? BashFinding.Plain : null;
            case "replace":
                return git.Arguments.Length == 0 || git.Arguments[0].Text is "-l" or "--list" ? null : BashFinding.Plain;
            case "lfs" or "annex":
                if (git.Verb == "lfs" && git.Arguments.Length > 1 && git.Arguments[0].Is("migrate") && git.Arguments[1].Text is "import" or "export" && !at.HasArgument("--no-rewrite")) return BashFinding.Plain;
                return git.Arguments.Length > 0 && git.Arguments[0].Text is "prune" or "drop" or "dropunused" && Has(at, "-f", "--force") ? new BashFinding(BashSeverity.Medium, "the content may be nowhere else") : null;
            default:
                return null;
        }
    }

    /// <summary><c>java -jar bfg-1.14.0.jar --delete-files x</c>.</summary>
    private static bool RunsBfg(RuleCase at)
    {
        for (var i = 0; i + 2 < at.Arguments.Length; i++)
        {
            if (at.Arguments[i].Is("-jar")) return Shell.ShellPath.Leaf(at.Argument(i + 1) ?? "").StartsWith("bfg", StringComparison.OrdinalIgnoreCase) && !at.AsksForHelp;
        }
        return false;
    }

    private static bool Has(RuleCase at, string name, string other) => at.HasArgument(name) || at.HasArgument(other);

    private static bool IsNow(GitCall git, string option)
    {
        var arguments = git.Arguments;
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].Text is not { } text) continue;
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? text.AsSpan() : text.AsSpan(0, equals);
            // Why: git takes any beginning that is nobody else's.
            if (name.Length < 4 || !option.AsSpan().StartsWith(name)) continue;
            var value = equals >= 0 ? text[(equals + 1)..]
                : option != "--prune" && i + 1 < arguments.Length ? arguments[i + 1].Text
                : null;
            if (value is "now" or "all" or "0") return true;
        }
        return false;
    }

    /// <summary><c>git config gc.pruneExpire now</c>: the next gc, whoever starts it, keeps nothing that is unreachable.</summary>
    private static bool SetsExpiry(GitCall git)
    {
        var given = git.Read(new OptionTable("f:lez", "file= blob= type= default= get get-all get-regexp= unset unset-all list edit global local system worktree add replace-all bool path"));
        var operands = given.Operands;
        var first = operands.Count > 0 && operands[0].Text is "set" ? 1 : 0;
        if (given.Has("--get", "--get-all", "--unset") || operands.Count < first + 2 || operands[first].Text is not { } key) return false;
        return IsNow(operands[first + 1]) && key.StartsWith("gc.", StringComparison.OrdinalIgnoreCase) && key.EndsWith("expire", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsNow(Word? value) => value?.Text is "now" or "all" or "0";

    private static bool Config(GitCall git, string name) => git.Config(name)?.Text is "now" or "all" or "0";
}
