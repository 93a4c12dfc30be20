using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>A branch or tag is deleted on the server.</summary>
internal static class GitPushDelete
{
    public static readonly BashRule Rule = new("git-push-delete", BashSeverity.High)
    {
        Reason = "it deletes a branch or tag that others may need",
        Alternative = "git push --dry-run --delete origin old",
        Denies =
        [
            "git push origin :branch",
            "git push origin --delete x",
            "git push -d origin x",
            "git push --prune origin",
            "git push --delet origin x",
            "git push origin :refs/tags/v1",
        ],
        Passes =
        [
            "git push origin HEAD:new",
            "git fetch --prune",
            "git push origin a:b",
            "git push -n --delete origin x",
            "git push origin :",
            "git push --tags",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        if (at.Git is not { Verb: "push" } git) return null;
        var given = git.Read(Push);
        if (given.IsOn("-n", "--dry-run")) return null;
        if (given.Has("-d", "--delete") || given.Has("--prune")) return BashFinding.Plain;
        for (var i = 1; i < given.Operands.Count; i++)
        {
            var spec = given.Operands[i].Shown.AsSpan().TrimStart('+');
            if (spec.Length > 1 && spec[0] == ':') return BashFinding.Plain;
        }
        return null;
    }

    internal static readonly OptionTable Push = new("46fnqvudo:", "all branches mirror tags force force-with-lease=? force-if-includes dry-run delete prune porcelain set-upstream receive-pack= exec= repo= push-option= thin no-thin atomic signed=? follow-tags no-verify verify recurse-submodules= verbose quiet progress");
}
