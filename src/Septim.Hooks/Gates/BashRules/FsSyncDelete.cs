namespace Septim.Hooks.Gates.BashRules;

/// <summary>A synchronisation that removes at its target what the source lacks.</summary>
internal static class FsSyncDelete
{
    public static readonly BashRule Rule = new("fs-sync-delete", BashSeverity.High)
    {
        Reason = "it removes what the source does not have",
        Alternative = "rsync -an --delete src/ dst/",
        Denies =
        [
            "rsync --delete -a src/ ~/",
            "rsync -a --delete empty/ /",
            "robocopy src C:\\\\ /MIR",
            "rclone sync ./a remote:bucket",
            "rclone sync empty /srv",
            "tar czf ../x.tgz --remove-files .",
            "rsync -a --del src/ host:/srv/app/",
            "rsync -a --remove-source-files ~/photos/ /mnt/x/",
        ],
        Passes =
        [
            "rsync -a src/ dst/",
            "rsync -an --delete src/ ~/",
            "rsync --list-only --delete src/ ~/",
            "rsync -a --delete src/ dist/",
            "rclone sync --dry-run ./a remote:b",
            "rclone copy ./a remote:b",
            "rclone sync src ./dst",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        return at.Name switch
        {
            "rsync" => Rsync(at),
            "rclone" => Rclone(at),
            "robocopy" => Robocopy(at),
            "mc" when at.Argument(0) == "mirror" && at.HasArgument("--remove") => BashFinding.Plain,
            "tar" or "bsdtar" or "zip" or "7z" or "7za" or "7zz" => Archive(at),
            _ => null,
        };
    }

    private static BashFinding? Rsync(RuleCase at)
    {
        var deletes = false;
        var moves = false;
        foreach (var argument in at.Arguments)
        {
            deletes |= argument.StartsWith("--del");
            moves |= argument.StartsWith("--remove-s");
        }
        if (!deletes && !moves) return null;
        foreach (var effect in at.Effects)
        {
            if (deletes && effect.Kind == FileEffectKind.Write && !effect.Place.IsOurs) return effect.Place.Kind == PlaceKind.Unknown ? BashFinding.Medium : BashFinding.Plain;
            if (moves && effect.Kind == FileEffectKind.MoveAway && !effect.Place.IsOurs) return BashFinding.Plain;
        }
        // Why: a target on another host is no effect on a file here.
        return deletes && at.Effects.Count > 0 && at.Arguments.Length > 0 && CopyingTools.IsRemote(at.Arguments[^1]) ? BashFinding.Plain : null;
    }

    private static BashFinding? Rclone(RuleCase at)
    {
        if (at.HasArgument("--dry-run") || at.HasArgument("-n") || at.AsksForHelp) return null;
        string? verb = null;
        foreach (var argument in at.Arguments)
        {
            if (argument.StartsWith("-")) continue;
            verb ??= argument.Text;
        }
        if (verb is "delete" or "purge" or "deletefile" or "rmdirs" or "cleanup" or "dedupe") return BashFinding.Plain;
        if (verb is "sync" or "bisync" && !CopyingTools.IsRemote(at.Arguments[^1]) && !at.Arguments[^1].StartsWith("-"))
        {
            var place = at.PlaceOf(at.Arguments[^1]);
            return place.IsOurs ? null : place.Kind == PlaceKind.Unknown ? BashFinding.Medium : BashFinding.Plain;
        }
        return verb is "sync" or "move" or "moveto" or "bisync" && CopyingTools.IsRemote(at.Arguments[^1]) ? BashFinding.Plain : null;
    }

    private static BashFinding? Robocopy(RuleCase at)
    {
        if (at.HasArgument("/L") || at.HasArgument("/l")) return null;
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is { } text && (text.Equals("/mir", StringComparison.OrdinalIgnoreCase) || text.Equals("/purge", StringComparison.OrdinalIgnoreCase)))
                return at.Arguments.Length > 1 && at.PlaceOf(at.Arguments[1]).IsOurs && !IsOnDrive(at.Arguments[1].Shown) ? null : BashFinding.Plain;
        }
        return null;
    }

    /// <summary><c>D:\b</c>, also where the shell has taken the backslash.</summary>
    private static bool IsOnDrive(string path) => path.Length > 2 && path[1] == ':' && char.IsAsciiLetter(path[0]);

    private static BashFinding? Archive(RuleCase at)
    {
        foreach (var effect in at.Effects)
        {
            if (effect.Kind == FileEffectKind.MoveAway && !effect.Place.IsOurs && effect.Place.Kind != PlaceKind.Unknown) return BashFinding.Plain;
        }
        return null;
    }
}
