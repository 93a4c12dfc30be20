using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary><c>git clean</c> that removes untracked files.</summary>
internal static class GitClean
{
    public static readonly BashRule Rule = new("git-clean", BashSeverity.High)
    {
        Reason = "untracked files are removed, and git never had them",
        Alternative = "git clean -nd",
        Denies =
        [
            "git clean -f",
            "git clean -fdx",
            "git -c clean.requireForce=false clean",
            "git clean -xfd .",
            "git clean --forc -d",
            "git -C x clean -fd",
            "git clean -fe x",
        ],
        Passes =
        [
            "git clean -n",
            "git clean -nfd",
            "git clean --dry-run -fd",
            "git clean -i",
            "git clean",
            "git clean -fdn",
        ],
        Judge = static at => OwnRepository.Spares(at, Judge(at)),
    };

    private static BashFinding? Judge(RuleCase at)
    {
        if (at.Git is not { Verb: "clean" } git) return null;
        var given = git.Read(new OptionTable("dfinqxXe:", "force no-force no-dry-run interactive dry-run quiet exclude="));
        if (given.IsOn("-n", "--dry-run") || given.IsOn("-i", "--interactive") || given.Has("-h")) return null;
        var needsNoForce = git.Config("clean.requireforce")?.Text is { } value && (value.Equals("false", StringComparison.OrdinalIgnoreCase) || value is "0" or "no" or "off" or "");
        return given.IsOn("-f", "--force") || needsNoForce || given.MayHaveMore || IsSetBefore(at) ? BashFinding.Plain : null;
    }

    /// <summary><c>git config clean.requireForce false &amp;&amp; git clean -d</c>.</summary>
    private static bool IsSetBefore(RuleCase at)
    {
        foreach (var before in at.All)
        {
            if (before.Invocation.Order >= at.Invocation.Order || !at.Work.Step()) break;
            if (before.Git is { Verb: "config" } config && GitConfigKeys.Assigned(config) is { } setting && setting.Key.Equals("clean.requireForce", StringComparison.OrdinalIgnoreCase))
                return setting.Value is "false" or "0" or "no" or "off";
        }
        return false;
    }
}
