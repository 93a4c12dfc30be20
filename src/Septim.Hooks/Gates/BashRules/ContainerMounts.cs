using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Paths inside a container that are paths of this machine: <c>docker run -v "$PWD":/w image rm -rf /w/dist</c>.</summary>
internal static class ContainerMounts
{
    /// <summary>Where the path lies on the host; null when no directory of the host is mounted there.</summary>
    public static Place? Of(Word path, RuleCase at)
    {
        for (var i = at.Invocation.Via.Length - 1; i >= 0; i--)
        {
            if (!ContainerTool.Is(at.Invocation.Via[i].Name)) continue;
            var engine = at.Of(at.Invocation.Via[i]);
            if (ContainerTool.RunOptions(engine) is not { } run) continue;
            foreach (var (name, value) in run.Options)
            {
                if (name is "-v" or "--volume" && value is not null && Mapped(path, value, at.Invocation.Directory) is { } host)
                    return PathClass.Of(host, engine.Invocation.Directory, at.Setting, engine.Invocation.IsRemote);
            }
        }
        return null;
    }

    /// <summary>The word of the host, when the path is at or below the target of <c>host:target[:options]</c>.</summary>
    private static Word? Mapped(Word path, Word volume, string? directory)
    {
        // Why: without a slash, a dot or a variable in front it is a volume's name.
        if (!volume.StartsWith("/") && !volume.StartsWith(".") && volume.StartsWithVariable is null) return null;
        var shown = volume.Shown;
        var colon = shown.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || volume.HasUnknown) return null;
        var end = shown.IndexOf(':', colon + 1);
        var target = (end < 0 ? shown[(colon + 1)..] : shown[(colon + 1)..end]).TrimEnd('/');
        var isBelow = path.StartsWith(target + "/") || path.Is(target);
        if (target.Length < 2 || (!isBelow && (path.StartsWith("/") || directory is null || !ShellPath.IsAtOrBelow(directory, target)))) return null;
        var host = Word.Of(shown[..colon]);
        return isBelow
            ? new Word([.. host.Pieces, .. path.From(target.Length).Pieces])
            : new Word([.. host.Pieces, new WordPiece(PieceKind.Literal, directory![target.Length..] + "/", true), .. path.Pieces]);
    }
}
