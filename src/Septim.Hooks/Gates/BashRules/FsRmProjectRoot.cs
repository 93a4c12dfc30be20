namespace Septim.Hooks.Gates.BashRules;

/// <summary>Removal of the project root or of all in it.</summary>
internal static class FsRmProjectRoot
{
    public static readonly BashRule Rule = new("fs-rm-project-root", BashSeverity.Critical)
    {
        Reason = "it removes the whole project",
        Alternative = "git clean -nd",
        Denies =
        [
            "rm -rf .",
            "rm -rf *",
            "rm -rf ./.*",
            "rm -rf \"$PWD\"",
            "rm -rf ./",
            "rm -f *",
            "rm -rf ./*",
            "rm -rf src/..",
            "rm -rf /home/dev/project",
        ],
        Passes =
        [
            "rm -rf dist",
            "rm -f *.log",
            "rm -rf ./src/old",
            "rm -rf node_modules/*",
            "cd build && rm -rf *",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        foreach (var effect in at.Effects)
        {
            if (effect.Removes && !effect.IsSelection && effect.Place.Kind == PlaceKind.ProjectRoot) return BashFinding.Plain;
        }
        return null;
    }
}
