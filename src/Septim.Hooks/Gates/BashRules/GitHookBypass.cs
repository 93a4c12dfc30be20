using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Hooks of the repository are skipped.</summary>
internal static class GitHookBypass
{
    public static readonly BashRule Rule = new("git-hook-bypass", BashSeverity.High)
    {
        Reason = "the checks that the repository asks for are skipped",
        Alternative = "git commit -m \"Explain the change\"",
        Advice = "let the hook run and fix what it reports",
        Denies =
        [
            "chmod -x .git/hooks/pre-commit",
            "OVERCOMMIT_DISABLE=1 git commit -m x",
            "git commit -n -m x",
            "git commit --no-verify -m x",
            "git push --no-verify",
            "git merge --no-verify x",
            "git rebase --no-verify main",
            "git am --no-verify x.patch",
            "git cherry-pick --no-verify x",
            "git -c core.hooksPath=/dev/null commit -m x",
            "git config core.hooksPath /dev/null",
            "HUSKY=0 git commit -m x",
            "LEFTHOOK=0 git push",
            "SKIP=flake8 git commit -m x",
            "PRE_COMMIT_ALLOW_NO_CONFIG=1 git commit -m x",
            "git commit -anm x",
            "git commit --no-verif -m x",
            "export HUSKY=0",
            "git config --global core.hooksPath /tmp/h",
            "printf '[core]\\n\\thooksPath=/dev/null\\n' >> ~/.gitconfig",
        ],
        Passes =
        [
            "git push -n",
            "git merge -n x",
            "git rebase -n main",
            "git commit -m \"use --no-verify\"",
            "git commit -m \"core.hooksPath= issue\"",
            "git config --get core.hooksPath",
            "git config --unset core.hooksPath",
            "git commit -mn",
            "SKIP=1 make test",
            "git log -n 5",
            "git cherry-pick -n abc",
            "git commit --verify -m x",
            "printf '[user]\\n\\tname=x\\n' >> ~/.gitconfig",
            "printf '[core]\\n\\thooksPath=/dev/null\\n' >> notes.md",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        foreach (var assignment in at.Invocation.Assignments)
        {
            if (Disables(assignment, at)) return BashFinding.Plain;
        }
        if (at.Name is "export" or "declare" or "typeset")
        {
            foreach (var argument in at.Arguments)
            {
                if (IsOff(argument.Text)) return BashFinding.Plain;
            }
        }
        if (at.Name is "setx" && IsOff(at.Argument(0) + "=" + at.Argument(1))) return BashFinding.Plain;
        if (at.Name is "overcommit" && at.HasArgument("--uninstall")) return BashFinding.Medium;
        if (at.Name is "pre-commit" or "husky" or "lefthook" && at.Argument(0) is "uninstall") return BashFinding.Medium;
        if (at.Name == "chmod" && SwitchesOff(at)) return BashFinding.Plain;
        if (SkipsByTool(at)) return BashFinding.Plain;
        if (WritesHooksPath(at)) return BashFinding.Plain;
        if (TakesHooksAway(at)) return BashFinding.Medium;
        if (at.Git is not { } git) return null;
        if (git.Verb is "commit" or "push" or "merge" or "rebase" && at.Invocation.Variable("SKIP") is { Text: not "" }) return BashFinding.Plain;
        if (git.Config("core.hookspath") is not null) return BashFinding.Plain;
        foreach (var pair in git.Global.Values("--config-env"))
        {
            if (pair.Shown.StartsWith("core.hookspath=", StringComparison.OrdinalIgnoreCase)) return BashFinding.Plain;
        }
        return git.Verb switch
        {
            "commit" or "ci" or "cz" => git.Read(s_commit) is var commit && commit.IsOn("-n", "--no-verify") && !Overruled(commit) ? BashFinding.Plain : null,
            "push" => Skips(git, GitPushDelete.Push),
            "merge" or "pull" => Skips(git, s_merge),
            "rebase" => Skips(git, s_rebase),
            "am" or "cherry-pick" or "revert" => Skips(git, s_am),
            "config" => SetsHooksPath(git) ? BashFinding.Plain : null,
            _ => null,
        };
    }

    private static bool IsOff(string? setting) => setting is "HUSKY=0" or "LEFTHOOK=0" or "HUSKY_SKIP_HOOKS=1" or "LEFTHOOK=false" or "PRE_COMMIT_ALLOW_NO_CONFIG=1" or "OVERCOMMIT_DISABLE=1" or "SKIP_SIMPLE_GIT_HOOKS=1" or "GIT_CONFIG_KEY_0=core.hooksPath";

    private static readonly OptionTable s_commit = new("apvqesnoizF:m:c:C:t:S::u::", "all patch verbose quiet edit signoff no-verify verify only include null file= message= reedit-message= reuse-message= template= gpg-sign=? untracked-files=? author= date= fixup= squash= cleanup= pathspec-from-file= amend allow-empty allow-empty-message reset-author dry-run short branch porcelain long trailer= no-edit no-post-rewrite status no-status");
    private static readonly OptionTable s_merge = new("nqvm:F:s:X:S::e", "no-verify verify no-commit commit edit no-edit ff no-ff ff-only log=? no-log stat no-stat squash no-squash strategy= strategy-option= message= file= abort quit continue into-name= gpg-sign=? rebase=? autostash");
    private static readonly OptionTable s_rebase = new("inqvpfmkx:s:X:C:S::", "no-verify verify interactive onto= exec= strategy= strategy-option= root autosquash no-autosquash autostash abort continue skip quit edit-todo keep-base empty= rebase-merges=? no-stat stat gpg-sign=?");
    private static readonly OptionTable s_am = new("nexs3qkm:X:S::", "no-verify verify edit no-commit signoff mainline= strategy= strategy-option= ff allow-empty continue abort quit skip 3way patch-format= gpg-sign=?");

    private static bool Disables(Assignment assignment, RuleCase at)
    {
        var value = assignment.Value.Text;
        var runsGit = at.Name is "git" or "" or "sh" or "bash" or "gh" or "lerna" or "npm" or "pnpm" or "yarn";
        return assignment.Name switch
        {
            "HUSKY" or "LEFTHOOK" => value is "0" or "false",
            "HUSKY_SKIP_HOOKS" or "PRE_COMMIT_ALLOW_NO_CONFIG" or "OVERCOMMIT_DISABLE" or "SKIP_SIMPLE_GIT_HOOKS" => value is not ("" or "0"),
            "SKIP" or "LEFTHOOK_EXCLUDE" => at.Git is { Verb: "commit" or "push" or "merge" or "rebase" },
            "GIT_CONFIG_PARAMETERS" => runsGit && assignment.Value.Shown.Contains("hookspath", StringComparison.OrdinalIgnoreCase),
            _ => assignment.Name.StartsWith("GIT_CONFIG_KEY_", StringComparison.Ordinal) && value is not null && value.Equals("core.hooksPath", StringComparison.OrdinalIgnoreCase),
        };
    }

    /// <summary>The setting is written into git's own file past <c>git config</c>.</summary>
    private static bool WritesHooksPath(RuleCase at)
    {
        foreach (var effect in at.Effects)
        {
            if (effect.Kind is not (FileEffectKind.Write or FileEffectKind.Append) || ProtectedFile.OfWritten(effect, at.Setting) != ProtectedKind.GitConfig) continue;
            if (at.Invocation.Input.Content?.Shown.Contains("hookspath", StringComparison.OrdinalIgnoreCase) == true) return true;
            foreach (var argument in at.Arguments)
            {
                if (argument.Shown.Contains("hookspath", StringComparison.OrdinalIgnoreCase)) return true;
            }
        }
        return false;
    }

    /// <summary>Tools that commit or push by themselves, told to leave the hooks out.</summary>
    private static bool SkipsByTool(RuleCase at) => at.Name switch
    {
        "npm" or "pnpm" or "yarn" or "bun" => at.HasArgument("--no-commit-hooks") || at.HasArgument("--commit-hooks=false") || at.HasArgument("--no-verify") && NamesGitWork(at),
        "gt" or "cz" or "git-cz" or "commitizen" or "lerna" or "standard-version" or "release-it" or "commit-and-tag-version" => at.HasArgument("--no-verify") || at.HasArgument("--no-commit-hooks"),
        _ => false,
    };

    /// <summary>The script that is run commits, pushes or releases: <c>npm run commit -- --no-verify</c>.</summary>
    private static bool NamesGitWork(RuleCase at)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is { } text && text[0..Math.Min(text.Length, 40)] is var name && (name.Contains("commit", StringComparison.Ordinal) || name.Contains("push", StringComparison.Ordinal) || name is "cz" or "release")) return true;
        }
        return false;
    }

    /// <summary><c>rm -rf .husky</c>, <c>mv .husky x</c>: the hooks of the project are gone for whatever is committed next.</summary>
    private static bool TakesHooksAway(RuleCase at)
    {
        foreach (var effect in at.Effects)
        {
            if (!effect.Removes && effect.Kind != FileEffectKind.MoveAway || effect.Place.Kind != PlaceKind.Project) continue;
            var path = effect.Place.Path;
            if (path.Length > at.Setting.ProjectRoot.Length && path.AsSpan(at.Setting.ProjectRoot.Length).TrimStart('/') is var inside && (inside is ".husky" || inside.StartsWith(".husky/"))) return true;
        }
        return false;
    }

    /// <summary><c>chmod -x .git/hooks/pre-commit</c>: git passes over a hook that may not be run.</summary>
    private static bool SwitchesOff(RuleCase at)
    {
        foreach (var effect in at.Effects)
        {
            if (effect.Place.Path.Contains("/.git/hooks", StringComparison.Ordinal) || effect.Place.Path.Contains("/.husky", StringComparison.Ordinal))
                return at.Argument(0) is "-x" or "a-x" or "u-x" or "ugo-x" or "644" or "600" or "0644" or "000" or "-R" && (at.Argument(0) != "-R" || at.Argument(1) is "-x" or "a-x");
        }
        return false;
    }

    /// <summary>A later <c>--verify</c> takes <c>--no-verify</c> back.</summary>
    private static bool Overruled(OptionReading given)
    {
        for (var i = given.Options.Count - 1; i >= 0; i--)
        {
            if (given.Options[i].Name is "-n" or "--no-verify") return false;
            if (given.Options[i].Name == "--verify") return true;
        }
        return false;
    }

    private static BashFinding? Skips(GitCall git, OptionTable table)
    {
        var given = git.Read(table);
        return given.Has("--no-verify") && !Overruled(given) ? BashFinding.Plain : null;
    }

    private static bool SetsHooksPath(GitCall git)
    {
        var given = git.Read(new OptionTable("f:lez", "file= blob= type= default= get get-all get-regexp= unset unset-all list edit global local system worktree add replace-all bool path"));
        var operands = given.Operands;
        var first = operands.Count > 0 && operands[0].Text is "set" ? 1 : 0;
        if (given.Has("--get", "--get-all", "--unset") || given.Has("--unset-all") || given.Has("-l", "--list")) return false;
        return operands.Count > first + 1 && operands[first].Shown.Equals("core.hooksPath", StringComparison.OrdinalIgnoreCase);
    }
}
