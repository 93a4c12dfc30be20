namespace Septim.Hooks.Gates.BashRules;

/// <summary>A home, a system directory, the repository or all of the project is moved away.</summary>
internal static class FsMoveAway
{
    public static readonly BashRule Rule = new("fs-move-away", BashSeverity.High)
    {
        Reason = "it takes away what others expect in that place",
        Alternative = "cp -a ~/notes ./notes-copy",
        Denies =
        [
            "mv ~ /tmp/x",
            "mv /etc /tmp",
            "mv /* /mnt",
            "mv .git /tmp",
            "mv ~/* /tmp/",
            "mv notes.txt /dev/null",
            "mv . /tmp/x",
        ],
        Passes =
        [
            "mv a b",
            "mv src/a.ts src/b.ts",
            "mv ../sibling /tmp/sibling.bak",
            "mv ~/Downloads/x.zip .",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        if (at.Name is "trash" or "trash-put" or "trash-cli" or "gtrash") return IsTrashed(at) ? BashFinding.Plain : null;
        if (at.Name is not ("mv" or "gmv")) return null;
        if (TakesAll(at)) return new BashFinding(BashSeverity.Medium, "it moves every file of the project into one folder");
        foreach (var effect in at.Effects)
        {
            if (effect.Kind == FileEffectKind.MoveAway
                && (effect.Place.IsSystem || effect.Place.Kind is PlaceKind.HomeRoot or PlaceKind.ProjectRoot or PlaceKind.Git or PlaceKind.TempRoot)) return BashFinding.Plain;
            if (effect.Kind == FileEffectKind.MoveAway && effect.Place.IsHome && ProtectedFile.Of(effect.Place, effect.Path, at.Setting) == ProtectedKind.Startup)
                return new BashFinding(BashSeverity.Medium, "a shell starts without it from now on");
            if (effect.Kind is FileEffectKind.Write && effect.Path.Is("/dev/null")) return new BashFinding(BashSeverity.High, "what is moved onto /dev/null is gone");
        }
        return null;
    }

    /// <summary><c>find . -type f -exec mv {} /tmp \;</c>: all that there is, without the folders that it lay in.</summary>
    private static bool TakesAll(RuleCase at)
    {
        foreach (var wrapper in at.Invocation.Via)
        {
            if (wrapper.Name != "find" || at.Of(wrapper) is not { Finder.IsFiltered: false } find) continue;
            foreach (var root in find.Finder.Roots)
            {
                if (find.PlaceOf(root).Kind == PlaceKind.ProjectRoot) return true;
            }
        }
        return false;
    }

    /// <summary>Into the trash goes what no one may move away.</summary>
    private static bool IsTrashed(RuleCase at)
    {
        foreach (var argument in at.Arguments)
        {
            if (!argument.StartsWith("-") && at.PlaceOf(argument) is { } place && (place.IsSystem || place.Kind is PlaceKind.HomeRoot or PlaceKind.ProjectRoot or PlaceKind.Git or PlaceKind.SystemRoot)) return true;
        }
        return false;
    }
}
