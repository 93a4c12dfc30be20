namespace Septim.Hooks.Gates.BashRules;

/// <summary>A push that overwrites what others have.</summary>
internal static class GitForcePush
{
    public static readonly BashRule Rule = new("git-force-push", BashSeverity.High)
    {
        Reason = "it overwrites the branch that others work on",
        Alternative = "git push --force-with-lease",
        Denies =
        [
            "git push --force",
            "git push -f origin main",
            "git push origin +main",
            "git push --mirror origin",
            "git push --force-with-lease --force",
            "git push --force-with-lease origin +main",
            "git push -uf origin x",
            "git -C sub push -f",
            "awk 'BEGIN{c=\"git push\"; c=c \" --force\"; system(c)}'",
        ],
        Passes =
        [
            "git push origin main",
            "git push --force-with-lease",
            "git push --force-with-lease=main:abc origin main",
            "git push -f --dry-run",
            "git push -n --force",
            "git push -u origin x",
            "git push --force --no-force origin main",
            "git push",
            "awk 'BEGIN{c=\"git push\"; c=c \" origin main\"; system(c)}'",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        if (at.Git is not { Verb: "push" } git) return null;
        var given = git.Read(GitPushDelete.Push);
        if (given.IsOn("-n", "--dry-run")) return null;
        if (given.IsOn("-f", "--force") || given.Has("--mirror")) return BashFinding.Plain;
        // Why: git asks which of --force… is meant by `--forc`; the worst is taken here.
        if (given.Has("--forc") || given.Has("--for") || given.Has("--fo")) return BashFinding.Plain;
        for (var i = 0; i < given.Operands.Count; i++)
        {
            if (i > 0 && given.Operands[i].StartsWith("+")) return BashFinding.Plain;
        }
        return given.Has("--force-with-lease") ? BashFinding.Low : null;
    }
}
