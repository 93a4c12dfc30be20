namespace Septim.Hooks.Gates.BashRules;

/// <summary>Removal of <c>/</c> or of all in it.</summary>
internal static class FsRmRoot
{
    public static readonly BashRule Rule = new("fs-rm-root", BashSeverity.Critical)
    {
        Reason = "it removes the whole system",
        Alternative = "rm -rf ./build",
        Denies = ["rm -rf /", "rm -rf /*", "cd / && rm -rf *", "rm -r --no-preserve-root /", "sudo rm -fr //", "rm -rf /tmp/../*"],
        Passes = ["echo 'rm -rf /'", "rm -rf / --help", "rm -rf ./build", "ls /"],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        foreach (var effect in at.Effects)
        {
            if (effect.Removes && effect.Place.Kind == PlaceKind.SystemRoot && !effect.IsSelection) return BashFinding.Plain;
        }
        return null;
    }
}
