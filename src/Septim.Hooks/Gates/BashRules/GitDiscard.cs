using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Changes in the work tree are overwritten.</summary>
internal static class GitDiscard
{
    public static readonly BashRule Rule = new("git-discard", BashSeverity.High)
    {
        Reason = "uncommitted changes are lost, and no reflog holds them",
        Alternative = "git stash push -- f",
        Denies =
        [
            "git checkout -- f",
            "git checkout HEAD f",
            "git checkout -f",
            "git checkout -f main",
            "git checkout .",
            "git restore f",
            "git restore .",
            "git restore --staged --worktree f",
            "git switch -f main",
            "git switch --discard-changes main",
            "git rm -f f",
            "git checkout HEAD~1 -- src/",
            "git restore -SW f",
            "git checkout --ours f",
            "git checkout --pathspec-from-file=list",
        ],
        Passes =
        [
            "git checkout -b x",
            "git switch x",
            "git restore --staged f",
            "git rm --cached f",
            "git checkout main",
            "git switch -c x",
            "git checkout -",
            "git checkout -b x origin/x",
            "git checkout --track origin/x",
            "git rm f",
            "git checkout --detach",
            "git restore --staged .",
        ],
        Judge = static at => OwnRepository.Spares(at, Judge(at)),
    };

    private static BashFinding? Judge(RuleCase at)
    {
        if (at.Git is not { } git) return null;
        return git.Verb switch
        {
            "checkout" or "co" => Checkout(at, git),
            "restore" => Restore(git),
            "switch" => git.Read(s_switch).Has("-f", "--force", "--discard-changes") ? BashFinding.Plain : null,
            "rm" => Remove(git),
            "submodule" when git.Arguments.Length > 0 && Has(git, "-f", "--force") => git.Arguments[0].Text switch
            {
                "deinit" => BashFinding.Plain,
                "update" => new BashFinding(BashSeverity.Medium, "changes inside the submodules are lost"),
                _ => null,
            },
            _ => null,
        };
    }

    private static readonly OptionTable s_checkout = new("qftb:B:lmpU:23", "force quiet orphan= track=? no-track detach merge conflict= patch ours theirs pathspec-from-file= pathspec-file-nul overlay no-overlay guess no-guess recurse-submodules=? unified= inter-hunk-context= ignore-skip-worktree-bits overwrite-ignore ignore-other-worktrees progress no-progress");
    private static readonly OptionTable s_restore = new("s:SWpqm23U:", "source= staged worktree no-staged no-worktree unified= inter-hunk-context= patch no-patch quiet merge conflict= ours theirs ignore-unmerged overlay no-overlay pathspec-from-file= pathspec-file-nul recurse-submodules progress");
    private static readonly OptionTable s_switch = new("c:C:dfmqt", "create= force-create= detach force discard-changes merge conflict= orphan= track=? guess no-guess quiet recurse-submodules ignore-other-worktrees");
    private static readonly OptionTable s_rm = new("fnrq", "force no-force dry-run no-dry-run cached no-cached ignore-unmatch sparse quiet pathspec-from-file=");

    private static BashFinding? Checkout(RuleCase at, GitCall git)
    {
        var given = git.Read(s_checkout);
        if (given.Has("-h", "--version")) return null;
        if (given.IsOn("-f", "--force") || given.Has("--pathspec-from-file")) return BashFinding.Plain;
        if (given.Has("-b", "-B", "--orphan")) return null;
        if (given.IsOn("-p", "--patch")) return new BashFinding(BashSeverity.Medium, "it discards the changes that it is told to, and nobody answers here");
        if (given.Has("--ours", "--theirs") || given.Has("-2", "-3")) return given.Operands.Count == 0 || SettlesConflict(at, given) ? null : BashFinding.Plain;
        var operands = given.Operands;
        if (given.OperandsBeforeDashes >= 0) return operands.Count > given.OperandsBeforeDashes ? BashFinding.Plain : null;
        // Why: git refuses --track and --detach together with paths.
        if (given.Has("-t", "--track", "--detach") || operands.Count == 0) return null;
        if (operands.Count > 1) return BashFinding.Plain;
        return IsPath(at, operands[0]) ? BashFinding.Plain : null;
    }

    /// <summary>While git waits for conflicts to be settled, one side is taken of files that are named.</summary>
    private static bool SettlesConflict(RuleCase at, OptionReading given)
    {
        if (at.Setting.Shell.Probe is not { } probe) return false;
        foreach (var operand in given.Operands)
        {
            // Why: git has patterns of its own.
            if (operand.Shown.AsSpan().IndexOfAny('*', '?', '[') >= 0 || at.PlaceOf(operand).Kind is not (PlaceKind.Project or PlaceKind.Unknown)) return false;
        }
        foreach (var name in (ReadOnlySpan<string>)["MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply"])
        {
            if (probe(ShellPath.Absolute(at.Setting.ProjectRoot, ".git/" + name)!).Exists) return true;
        }
        return false;
    }

    /// <summary>One operand is a branch first; what cannot be one is a path: <c>.</c>, <c>src/</c>, <c>*.ts</c>, a file that is there.</summary>
    private static bool IsPath(RuleCase at, Word operand)
    {
        if (operand.HasGlob) return true;
        if (operand.Text is not { } text) return false;
        if (text is "." or ".." || text.StartsWith("./", StringComparison.Ordinal) || text.StartsWith("../", StringComparison.Ordinal) || text.StartsWith('/')
            || text.EndsWith('/') || text.StartsWith(":/", StringComparison.Ordinal) || text.StartsWith(":(", StringComparison.Ordinal) || text.Contains('*')) return true;
        return at.Setting.Shell.Probe is { } probe && ShellPath.Absolute(at.Invocation.Directory, text) is { } path && probe(path).Exists
            && !probe(ShellPath.Absolute(at.Setting.ProjectRoot, ".git/refs/heads/" + text)!).Exists;
    }

    private static BashFinding? Restore(GitCall git)
    {
        var given = git.Read(s_restore);
        // Why: git restore knows no --version and stops; and once -S or -W was named, even to switch it off, the default is gone.
        if (given.Has("-h", "--version")) return null;
        var named = given.Has("-S", "--staged", "--no-staged") || given.Has("-W", "--worktree", "--no-worktree");
        var touchesFiles = given.IsOn("-W", "--worktree") || !named;
        if (!touchesFiles) return null;
        if (given.IsOn("-p", "--patch")) return new BashFinding(BashSeverity.Medium, "it discards the changes that it is told to, and nobody answers here");
        return given.Operands.Count == 0 && !given.Has("--pathspec-from-file") ? null : BashFinding.Plain;
    }

    private static BashFinding? Remove(GitCall git)
    {
        var given = git.Read(s_rm);
        return given.IsOn("-f", "--force") && !given.IsOn("--cached", "--cached") && !given.IsOn("-n", "--dry-run") ? BashFinding.Plain : null;
    }

    private static bool Has(GitCall git, string name, string other)
    {
        foreach (var argument in git.Arguments)
        {
            if (argument.Is(name) || argument.Is(other)) return true;
        }
        return false;
    }
}
