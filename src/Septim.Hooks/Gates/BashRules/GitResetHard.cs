using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary><c>git reset</c> that throws the work tree away.</summary>
internal static class GitResetHard
{
    public static readonly BashRule Rule = new("git-reset-hard", BashSeverity.High)
    {
        Reason = "uncommitted work is lost, and no reflog holds it",
        Alternative = "git stash push -u",
        Denies =
        [
            "git reset --hard",
            "git reset --hard HEAD~1",
            "git -C sub reset --hard",
            "git reset --har",
            "git reset --merge",
            "git -c alias.x='reset --hard' x",
            "git reset -q --hard origin/main",
            "sudo git reset --hard",
            "git read-tree --reset -u HEAD",
        ],
        Passes =
        [
            "git reset",
            "git reset --soft HEAD~1",
            "git reset HEAD~1",
            "git reset -- --hard",
            "git reset HEAD f",
            "git reset --mixed",
            "cd $(mktemp -d) && git init -q && git commit --allow-empty -m x && git reset --hard HEAD",
            "git clone -q . /tmp/never-there && git -C /tmp/never-there reset --hard HEAD~1",
        ],
        Judge = static at => OwnRepository.Spares(at, Judge(at)),
    };

    private static BashFinding? Judge(RuleCase at)
    {
        if (at.Git is not { } git) return null;
        switch (git.Verb)
        {
            case "reset":
                var given = git.Read(s_reset);
                return given.Has("--hard", "--merge", "--keep") ? BashFinding.Plain : null;
            case "read-tree":
                return git.Read(s_readTree).Has("--reset") && git.Read(s_readTree).Has("-u") ? BashFinding.Plain : null;
            case "checkout-index":
                var index = git.Read(new OptionTable("afunq", "all force prefix= temp stage="));
                return index.Has("-f", "--force") && !index.Has("--prefix") && !index.Has("--temp") ? BashFinding.Plain : null;
            default:
                return null;
        }
    }

    private static readonly OptionTable s_reset = new("qpNU:", "hard soft mixed merge keep quiet patch intent-to-add pathspec-from-file= pathspec-file-nul recurse-submodules no-refresh refresh");
    private static readonly OptionTable s_readTree = new("mnuiv", "reset prefix= dry-run index-output=");
}
