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
            "git -c remote.origin.mirror=true push",
            "git -c remote.origin.push=+main push origin",
            "git config remote.origin.push +refs/heads/main && git push",
            "gh api -X PATCH repos/o/r/git/refs/heads/main -f sha=x -F force=true",
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
            "git -c remote.origin.mirror=false push",
            "git config remote.origin.push refs/heads/main && git push",
            "git config --get remote.origin.push",
            "git config --add remote.origin.fetch +refs/heads/*:refs/remotes/origin/*",
            "gh api -X PATCH repos/o/r/git/refs/heads/main -f sha=x",
            "git push",
            "awk 'BEGIN{c=\"git push\"; c=c \" origin main\"; system(c)}'",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        if (at.Name == "gh") return MovesRef(at) ? BashFinding.Plain : null;
        if (at.Git is { Verb: "config" } config) return GitConfigKeys.Assigned(config) is { } setting && Forces(setting.Key, setting.Value) ? BashFinding.Plain : null;
        if (at.Git is not { Verb: "push" or "send-pack" or "http-push" } git) return null;
        var given = git.Read(GitPushDelete.Push);
        if (given.IsOn("-n", "--dry-run")) return null;
        foreach (var pair in git.Global.Values("-c"))
        {
            var text = pair.Shown;
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (Forces(equals < 0 ? text : text[..equals], equals < 0 ? "true" : text[(equals + 1)..])) return BashFinding.Plain;
        }
        if (given.IsOn("-f", "--force") || given.Has("--mirror")) return BashFinding.Plain;
        // Why: git asks which of --force… is meant by `--forc`; the worst is taken here.
        if (given.Has("--forc") || given.Has("--for") || given.Has("--fo")) return BashFinding.Plain;
        for (var i = 0; i < given.Operands.Count; i++)
        {
            if (i > 0 && given.Operands[i].StartsWith("+")) return BashFinding.Plain;
        }
        return given.Has("--force-with-lease") ? BashFinding.Low : null;
    }

    /// <summary>Settings by which every push is one by force: <c>remote.x.push=+ref</c>, <c>remote.x.mirror</c>.</summary>
    private static bool Forces(string name, string value) => name.StartsWith("remote.", StringComparison.OrdinalIgnoreCase)
        && ((name.EndsWith(".push", StringComparison.OrdinalIgnoreCase) && value.StartsWith('+'))
            || (name.EndsWith(".mirror", StringComparison.OrdinalIgnoreCase) && value is "true" or "yes" or "on" or "1"));

    /// <summary>The same through GitHub's own interface.</summary>
    private static bool MovesRef(RuleCase at)
    {
        if (at.Argument(0) is not "api" || !at.HasArgument("force=true")) return false;
        foreach (var argument in at.Arguments)
        {
            if (argument.Shown.Contains("/git/refs/", StringComparison.Ordinal)) return true;
        }
        return false;
    }
}
