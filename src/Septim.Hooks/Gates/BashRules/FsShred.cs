namespace Septim.Hooks.Gates.BashRules;

/// <summary>Overwriting so that nothing can be read back.</summary>
internal static class FsShred
{
    public static readonly BashRule Rule = new("fs-shred", BashSeverity.High)
    {
        Reason = "what it overwrites can never be read back",
        Alternative = "rm secret.txt",
        Denies =
        [
            "shred -u f",
            "wipe notes.txt",
            "srm -r dir",
            "scrub disk.img",
            "find . -name x -exec shred -u {} +",
        ],
        Passes =
        [
            "shred --help",
            "rm secret.txt",
            "echo shred",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        foreach (var effect in at.Effects)
        {
            if (effect.Kind == FileEffectKind.Shred || (at.Name == "srm" && effect.Kind == FileEffectKind.RemoveTree)) return BashFinding.Plain;
        }
        return null;
    }
}
