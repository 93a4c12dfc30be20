namespace Septim.Hooks.Gates.BashRules;

/// <summary>Recursive removal of a path that is not known here.</summary>
internal static class FsRmUnknown
{
    public static readonly BashRule Rule = new("fs-rm-unknown", BashSeverity.Medium)
    {
        Reason = "the path is not known here and may be empty or wrong",
        Alternative = "rm -rf ./cache",
        Denies =
        [
            "rm -rf \"$DIR\"",
            "rm -rf \"$X/\"*",
            "rm -rf \"$(cat list.txt)\"",
            "cd \"$X\" && rm -rf build",
            "rm -rf ./$SUB",
            "sed 's/.*/rm -rf &/e' list.txt",
        ],
        Passes =
        [
            "D=build; rm -rf \"$D\"",
            "W=$(mktemp -d); rm -rf \"$W\"",
            "rm -f \"$FILE\"",
            "rm -rf build/\"$NAME\"",
            "sed 's/.*/echo &/e' list.txt",
            "echo hello | sed 's/hello/echo &/e'",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        foreach (var effect in at.Effects)
        {
            if (effect.Kind == FileEffectKind.RemoveTree && effect.Place.Kind == PlaceKind.Unknown && !effect.IsSelection) return BashFinding.Plain;
        }
        return null;
    }
}
