namespace Septim.Hooks.Gates.BashRules;

/// <summary>Stashed work is dropped.</summary>
internal static class GitStashLose
{
    public static readonly BashRule Rule = new("git-stash-lose", BashSeverity.High)
    {
        Reason = "the stashed work is lost from view and soon for good",
        Alternative = "git stash list",
        Denies =
        [
            "git stash drop",
            "git stash clear",
            "git stash drop stash@{1}",
            "git -C x stash clear",
            "git reflog delete refs/stash@{0}",
        ],
        Passes =
        [
            "git stash push",
            "git stash list",
            "git stash pop",
            "git stash apply",
            "git stash show",
            "git stash",
            "git stash -m \"drop\"",
        ],
        Judge = static at => OwnRepository.Spares(at, Judge(at)),
    };

    private static BashFinding? Judge(RuleCase at)
    {
        if (at.Git is not { Verb: "stash" } git) return at.Git is { Verb: "reflog" } log && log.Arguments.Length > 1 && log.Arguments[0].Is("delete") && log.Arguments[1].StartsWith("refs/stash") ? BashFinding.Plain : null;
        return git.Arguments.Length > 0 && git.Arguments[0].Text is "drop" or "clear" ? BashFinding.Plain : null;
    }
}
