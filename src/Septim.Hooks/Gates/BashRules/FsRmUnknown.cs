using Septim.Hooks.Shell;

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
            "rm -f \"$DIR\"/*",
            "sed 's/.*/rm -rf &/e' list.txt",
        ],
        Passes =
        [
            "D=build; rm -rf \"$D\"",
            "W=$(mktemp -d); rm -rf \"$W\"",
            "rm -f \"$FILE\"",
            "rm -f \"$DIR\"/*.o",
            "rm -f \"$DIR/x.o\"",
            "for d in */; do rm -f \"$d\"/*; done",
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
            if (effect.Place.Kind != PlaceKind.Unknown || effect.IsSelection) continue;
            if (effect.Kind == FileEffectKind.RemoveTree || (effect.Kind == FileEffectKind.Remove && IsAllIn(effect.Path))) return BashFinding.Plain;
        }
        return null;
    }

    /// <summary><c>"$DIR"/*</c>: everything in it, and in the root directory when the value is empty.</summary>
    private static bool IsAllIn(Word path)
    {
        // Why: a variable of a loop over a glob holds the name of something that is there.
        if (!path.HasGlob || path.Pieces is not [{ IsUnknown: true, MayBeEmpty: true } value, ..] || value is { Kind: PieceKind.Substitution, From: null }) return false;
        for (var i = 1; i < path.Pieces.Length; i++)
        {
            if (path.Pieces[i].IsUnknown || path.Pieces[i].Text.AsSpan().IndexOfAnyExcept("/*.") >= 0) return false;
        }
        return true;
    }
}
