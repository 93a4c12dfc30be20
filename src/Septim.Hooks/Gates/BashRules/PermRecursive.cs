namespace Septim.Hooks.Gates.BashRules;

/// <summary>Modes or owners of a whole tree that is not ours.</summary>
internal static class PermRecursive
{
    public static readonly BashRule Rule = new("perm-recursive", BashSeverity.Critical)
    {
        Reason = "it changes the access of a whole tree and nothing records what it was",
        Alternative = "chmod 755 run.sh",
        Denies =
        [
            "chmod -R a-rwx /usr",
            "chmod -R 777 ~",
            "chown -R user /usr",
            "setfacl -R -m u:x:rwx /etc",
            "chmod -R 755 /",
            "chown -R me:me ~/",
            "chattr -R +i /etc",
            "sudo chown -R $USER /usr/local",
        ],
        Asks =
        [
            "chmod -R 777 .",
        ],
        Passes =
        [
            "chmod +x run.sh",
            "chmod -R u+rw build",
            "chown -R me ./data",
            "chmod -R 755 /tmp/x",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        foreach (var effect in at.Effects)
        {
            if (effect.Kind == FileEffectKind.Mode && effect.Place.IsSystem && at.Name is not "chmod" && !at.HasArgument("+i")) return new BashFinding(BashSeverity.Medium, "it changes the access of a file that the system runs on");
            if (effect.Kind == FileEffectKind.Mode && effect.Place.IsSystem && at.Name is "chmod" && (at.Invocation.IsVia("find") || at.Invocation.IsVia("xargs") || TakesAway(at))) return new BashFinding(BashSeverity.Medium, "it changes the access of files that the system runs on");
            if (effect.Kind != FileEffectKind.ModeTree) continue;
            if (effect.Place.IsSystem || effect.Place.Kind == PlaceKind.HomeRoot) return BashFinding.Plain;
            if (effect.Place.Kind == PlaceKind.Home)
            {
                // Why: `sudo chown -R "$USER" ~/.npm` gives back what sudo took; all in a home is its owner's.
                if (GivesToOneself(at)) continue;
                return BashFinding.High;
            }
            if (effect.Place.Kind == PlaceKind.Outside) return BashFinding.Medium;
            if (effect.Place.Kind is PlaceKind.ProjectRoot or PlaceKind.Project or PlaceKind.Git && PermWorldWritable.OpensToAll(at)) return BashFinding.Medium;
        }
        return null;
    }

    /// <summary>The owner is whoever runs it: <c>$USER</c>, <c>$(whoami)</c>, <c>$(id -u):$(id -g)</c>.</summary>
    private static bool GivesToOneself(RuleCase at)
    {
        if (at.Name != "chown" || ModeTools.Chmod(at.Arguments) is not { Operands: [{ } owner, ..] } given || given.Has("--reference") || owner.Pieces.Length == 0) return false;
        var first = owner.Pieces[0];
        if (first.Variable is "USER" or "LOGNAME" or "UID") return true;
        return first.From is { From: [var source] } && (source.Name == "whoami" || (source.Name == "id" && at.Of(source).Argument(0) is "-u" or "-un" or "-nu"));
    }

    /// <summary>Nobody can run or read it afterwards.</summary>
    private static bool TakesAway(RuleCase at) =>
        ModeTools.Chmod(at.Arguments).Operands is [{ Text: { } mode }, ..] && mode is "0" or "00" or "000" or "0000" or "a-x" or "ugo-x" or "a-rwx" or "ugo-rwx" or "a-r" || at.Argument(0) is "-x" or "-r" or "-rwx" or "-rx";
}
