using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>A branch, work tree or reference goes although its work is not merged.</summary>
internal static class GitBranchForce
{
    public static readonly BashRule Rule = new("git-branch-force", BashSeverity.High)
    {
        Reason = "commits that are nowhere else are lost from view",
        Alternative = "git branch -d x",
        Denies =
        [
            "git branch -D x",
            "git branch -f main HEAD~3",
            "git branch --delete --force x",
            "git branch -d -f x",
            "git worktree remove --force x",
            "git update-ref -d refs/heads/x",
            "git branch -dfr origin/x",
            "git symbolic-ref --delete HEAD",
        ],
        Passes =
        [
            "git branch -d x",
            "git branch x",
            "git worktree remove x",
            "git branch -m old new",
            "git branch -M main",
            "git tag -f v1",
            "git switch -C main",
            "git checkout -B x",
            "git branch --list",
            "git tag v1",
            "git tag -d v1",
            "git update-ref refs/heads/x HEAD",
        ],
        Judge = static at => OwnRepository.Spares(at, Judge(at)),
    };

    private static BashFinding? Judge(RuleCase at)
    {
        if (at.Git is not { } git) return null;
        switch (git.Verb)
        {
            case "branch":
                var branch = git.Read(s_branch);
                // Why: a branch that is overwritten stays in its reflog; renaming the first branch to main is daily work.
                if (branch.Has("-M")) return BashFinding.Low;
                return branch.Has("-D") || branch.Has("-f", "--force") || branch.Has("-C") ? BashFinding.Plain : null;
            case "worktree":
                return First(git) is "remove" && git.Read(s_worktree).Has("-f", "--force") ? new BashFinding(null, "changes in that work tree that are not committed are lost") : null;
            case "update-ref":
                return git.Read(s_updateRef) is var update && (update.Has("-d") || update.Has("--stdin")) ? BashFinding.Plain : null;
            case "symbolic-ref":
                return git.Read(s_updateRef).Has("-d", "--delete") ? BashFinding.Plain : null;
            case "tag":
                var tag = git.Read(s_tag);
                return tag.Has("-f", "--force") && !tag.Has("-d", "--delete") ? BashFinding.Low : null;
            case "switch":
                return git.Read(s_switch).Has("-C", "--force-create") ? BashFinding.Low : null;
            case "checkout":
                return git.Read(s_switch).Has("-B") ? BashFinding.Low : null;
            default:
                return null;
        }
    }

    private static readonly OptionTable s_branch = new("dDmMcCfrailvqu:t", "delete move copy force remotes all list verbose quiet set-upstream-to= unset-upstream track=? no-track contains= no-contains= merged=? no-merged=? sort= points-at= format= color=? show-current edit-description create-reflog column=?");
    private static readonly OptionTable s_worktree = new("fb:B:dv", "force detach checkout lock reason= expire= orphan porcelain");
    private static readonly OptionTable s_updateRef = new("dzm:q", "delete stdin no-deref create-reflog short");
    private static readonly OptionTable s_tag = new("asu:fdvln::m:F:i", "annotate sign local-user= force delete verify list message= file= sort= contains=? no-contains=? merged=? points-at= format= column=?");
    private static readonly OptionTable s_switch = new("c:C:dfmqtb:B:", "create= force-create= detach force orphan= track=?");

    private static string? First(GitCall git) => git.Arguments.Length > 0 ? git.Arguments[0].Text : null;
}
