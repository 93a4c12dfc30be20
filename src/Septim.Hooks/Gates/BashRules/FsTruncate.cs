namespace Septim.Hooks.Gates.BashRules;

/// <summary>A file that is not of the project, or many of the project, are emptied.</summary>
internal static class FsTruncate
{
    public static readonly BashRule Rule = new("fs-truncate", BashSeverity.High)
    {
        Reason = "it empties a file that nobody can restore",
        Alternative = "cp -a ~/notes.txt ~/notes.txt.bak",
        Denies =
        [
            "> ~/.zshrc",
            "truncate -s 0 /var/log/syslog",
            "cp /dev/null ~/.profile",
            ": > /etc/hosts",
            "truncate -s0 ~/data.csv",
            "> ~/notes.txt",
        ],
        Asks =
        [
            "truncate -s 0 src/*.py",
            "truncate -s 0 $(git ls-files)",
        ],
        Passes =
        [
            "> out.log",
            "truncate -s 10M ./disk.img",
            "echo x > README.md",
            ": > build/stamp",
            "> /dev/null",
        ],
        Judge = Judge,
    };

    /// <summary>The names come from a listing of the tree: <c>$(git ls-files)</c>, <c>$(find . -type f)</c>.</summary>
    private static bool IsListing(Shell.Word path)
    {
        // Why: a loop over `*` takes each of its names.
        if (path.Pieces is [{ Kind: Shell.PieceKind.Substitution, Text: "*", From: null }]) return true;
        if (path.Pieces is not [{ IsUnknown: true, From: { } feed }]) return false;
        foreach (var source in feed.From)
        {
            if (source.Name is "find" or "fd" || (source.Name == "git" && source.Arguments.Length > 0 && source.Arguments[0].Is("ls-files"))) return true;
        }
        return false;
    }

    private static BashFinding? Judge(RuleCase at)
    {
        foreach (var effect in at.Effects)
        {
            if (effect.Kind != FileEffectKind.Empty) continue;
            if (effect.Place.IsHome || effect.Place.IsSystem || effect.Place.Kind == PlaceKind.Outside) return BashFinding.Plain;
            if (effect.Place.Kind == PlaceKind.Unknown && (at.Invocation.IsVia("xargs") || at.Invocation.IsVia("parallel") || IsListing(effect.Path))) return new BashFinding(BashSeverity.Medium, "it empties many files of the project at once");
            if (effect.Place.IsPattern && effect.Place.Kind is PlaceKind.Project or PlaceKind.ProjectRoot) return new BashFinding(BashSeverity.Medium, "it empties many files of the project at once");
        }
        return null;
    }
}
