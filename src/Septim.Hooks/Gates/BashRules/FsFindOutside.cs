namespace Septim.Hooks.Gates.BashRules;

/// <summary>find removes or overwrites outside the project.</summary>
internal static class FsFindOutside
{
    public static readonly BashRule Rule = new("fs-find-outside", BashSeverity.Critical)
    {
        Reason = "it removes what it finds outside the project",
        Alternative = "find /var -name core -print",
        Denies =
        [
            "find /srv -delete",
            "find ~ -exec rm {} +",
            "find / -name '*.log' -exec rm -f {} \\;",
            "find ~ -name x | xargs rm -f",
            "find ../other -type f -delete",
            "find /srv | sed -E 's/(.*)/rm -rf \\1/e'",
        ],
        Passes =
        [
            "find / -name x -print",
            "find . -name '*.pyc' -delete",
            "find /tmp/x -delete",
            "find ~ -name core",
            "find src -name '*.cs' | sed 's/.*/wc -l \"&\"/e'",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        foreach (var effect in at.Effects)
        {
            var isFar = effect.Place.Kind is PlaceKind.Outside or PlaceKind.Git || effect.Place.IsHome || effect.Place.IsSystem;
            if (effect.IsSelection && isFar) return BashFinding.Plain;
        }
        return null;
    }
}
