namespace Septim.Hooks.Gates.BashRules;

/// <summary>Removal of what lies neither in the project nor in a temporary directory.</summary>
internal static class FsRmOutside
{
    public static readonly BashRule Rule = new("fs-rm-outside", BashSeverity.High)
    {
        Reason = "it removes files that are not of this project",
        Alternative = "mv ../sibling /tmp/sibling.bak",
        Denies =
        [
            "rm -r /data/set1",
            "rm -rf /data/*",
            "rm -f /mnt/disk/*.img",
            "cd /data && rm -rf set1",
        ],
        Asks =
        [
            "rm /data/one.csv",
            "rm -rf /tmp",
        ],
        Passes =
        [
            "rm /tmp/x.txt",
            "rm -rf dist",
            "rm -rf /tmp/build-$$",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        foreach (var effect in at.Effects)
        {
            if (!effect.Removes || effect.IsSelection) continue;
            if (effect.Place.Kind == PlaceKind.TempRoot) return new BashFinding(BashSeverity.Medium, "the temporary directory belongs to others too");
            if (effect.Place.Kind != PlaceKind.Outside) continue;
            return effect.Kind == FileEffectKind.Remove && !effect.Place.IsPattern ? BashFinding.Medium : BashFinding.Plain;
        }
        return null;
    }
}
