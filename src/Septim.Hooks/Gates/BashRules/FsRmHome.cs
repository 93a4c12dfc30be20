namespace Septim.Hooks.Gates.BashRules;

/// <summary>Removal in a home directory, outside the project.</summary>
internal static class FsRmHome
{
    public static readonly BashRule Rule = new("fs-rm-home", BashSeverity.Critical)
    {
        Reason = "it removes a person's own files",
        Alternative = "ls ~/Music/*.flac",
        Denies =
        [
            "rm -rf ~",
            "rm -rf \"$HOME\"/*",
            "rm -rf ~bob",
            "rm -f ~/Music/*.flac",
            "rm -r ~/Documents",
            "rm -rf /home/dev",
            "rm -rf ../..",
        ],
        Asks =
        [
            "rm ~/notes.txt",
        ],
        Passes =
        [
            "rm -rf /home/dev/project/dist",
            "rm -rf ./~backup",
            "rm -rf \"~\"",
            "ls ~",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        foreach (var effect in at.Effects)
        {
            if (!effect.Removes || effect.IsSelection || !effect.Place.IsHome) continue;
            var isOneFile = effect.Kind == FileEffectKind.Remove && !effect.Place.IsPattern && effect.Place.Kind == PlaceKind.Home;
            return isOneFile ? BashFinding.Medium : BashFinding.Plain;
        }
        return null;
    }
}
