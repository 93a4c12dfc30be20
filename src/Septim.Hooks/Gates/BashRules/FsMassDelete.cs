using Septim.Hooks.Shell;

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
            if (!effect.IsSelection || !effect.Removes) continue;
            var find = at.Name == "find" ? FindTool.Read(at.Arguments) : null;
            if (effect.Place.Kind == PlaceKind.ProjectRoot)
            {
                if (find is { IsFiltered: false }) return new BashFinding(BashSeverity.Critical, "it removes the whole project");
                if (find is not { OnlyBuildProducts: true }) return BashFinding.Plain;
            }
            if (effect.Place.Kind is PlaceKind.Unknown or PlaceKind.TempRoot && find is not { OnlyBuildProducts: true }) return BashFinding.Plain;
        }
        return FromList(at);
    }

    /// <summary><c>… | xargs rm</c>: the names come from a list that is not known here.</summary>
    private static BashFinding? FromList(RuleCase at)
    {
        if (at.Name is not ("rm" or "unlink") || !(at.Invocation.IsVia("xargs") || at.Invocation.IsVia("parallel"))) return null;
        foreach (var effect in at.Effects)
        {
            if (effect.Place.Kind == PlaceKind.Unknown && !IsHarmlessList(at, effect.Path)) return BashFinding.Plain;
        }
        return null;
    }

    /// <summary>All of it comes from one find that stays in a safe place or lists build products.</summary>
    private static bool IsHarmlessList(RuleCase at, Word names)
    {
        var seen = false;
        foreach (var piece in names.Pieces)
        {
            if (piece.From is null) continue;
            foreach (var source in piece.From.From)
            {
                if (source.Name is "sort" or "head" or "tail" or "grep" or "xargs" or "uniq") continue;
                if (source.Name != "find") return false;
                seen = true;
                var find = FindTool.Read(source.Arguments);
                if (find.OnlyBuildProducts) continue;
                foreach (var root in find.Roots)
                {
                    if (!PathClass.Of(root, source.Directory, at.Setting, source.IsRemote).IsOurs) return false;
                }
            }
        }
        return seen;
    }
}
