namespace Septim.Hooks.Gates.BashRules;

/// <summary>A selection of files is removed from the project root down.</summary>
internal static class FsMassDelete
{
    public static readonly BashRule Rule = new("fs-mass-delete", BashSeverity.Medium)
    {
        Reason = "it removes matching files all over the project; look at the list first",
        Alternative = "find . -name '*.ts' -print",
        Denies =
        [
            "find . -name '*.ts' -delete",
            "find . -type f -mtime +1 -exec rm {} +",
            "find . -name '*.md' | xargs rm -f",
            "fd -e ts -x rm",
            "ls | xargs rm",
        ],
        Passes =
        [
            "find . -print",
            "find /tmp/x -delete",
            "find /tmp -name 'test-*' -mtime +1 -delete",
            "find . -type d -empty -delete",
            "find . -name '*.pyc' -delete",
            "find src -name '*.orig' -delete",
            "find . -name __pycache__ -exec rm -rf {} +",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        foreach (var effect in at.Effects)
        {
            if (!effect.Removes) continue;
            if (!effect.IsSelection)
            {
                // Why: `ls | xargs rm` takes its names from a list that is not known here.
                if (effect.Place.Kind == PlaceKind.Unknown && (at.Invocation.IsVia("xargs") || at.Invocation.IsVia("parallel"))) return BashFinding.Plain;
                continue;
            }
            if (effect.Finder is { OnlyBuildProducts: true }) continue;
            if (effect.Place.Kind == PlaceKind.ProjectRoot)
                return effect.Finder is { IsFiltered: false } ? new BashFinding(BashSeverity.Critical, "it removes the whole project") : BashFinding.Plain;
            if (effect.Place.Kind == PlaceKind.Unknown) return BashFinding.Plain;
            if (effect.Place.Kind == PlaceKind.TempRoot && effect.Finder is not { IsFiltered: true }) return BashFinding.Plain;
        }
        return null;
    }
}
