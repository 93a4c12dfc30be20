using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Symbolic links that the command makes itself: <c>ln -s / r; rm -rf r/etc</c> is judged by where it leads.</summary>
internal static class MadeLinks
{
    /// <summary>More links than this are not followed; a chain is no longer either.</summary>
    private const int Most = 16;

    /// <param name="Order">Of the command that makes it.</param>
    /// <param name="Path">Where it lies, absolute.</param>
    /// <param name="Target">Where it leads, absolute.</param>
    internal readonly record struct Link(int Order, string Path, string Target);

    public static List<Link> Of(RuleCase[] all)
    {
        var links = new List<Link>();
        foreach (var at in all)
        {
            if (at.Name != "ln" || links.Count == Most) continue;
            var given = OptionReader.Read(at.Arguments, ToolTables.Copy);
            if (!given.Has("-s", "--symbolic") || given.Operands.Count is not (1 or 2) || given.Operands[0].FileName is not { Length: > 0 } target) continue;
            var name = given.Operands.Count == 1 ? ShellPath.Leaf(target.TrimEnd('/')) : given.Operands[1].FileName;
            if (name is null or "") continue;
            if (name is "." || name.EndsWith('/')) name = name.TrimEnd('/') + "/" + ShellPath.Leaf(target.TrimEnd('/'));
            if (ShellPath.Absolute(at.Invocation.Directory, name) is not { } path) continue;
            if (ShellPath.Absolute(path[..Math.Max(1, path.LastIndexOf('/'))], target) is { } leads) links.Add(new Link(at.Invocation.Order, path, leads));
        }
        return links;
    }

    /// <summary>The worse of a place and of where the links made before lead from it.</summary>
    public static Place Through(Place place, Word word, RuleCase at)
    {
        // Why: these act on the link, not on what it leads to.
        var isLinkItself = !place.IsPattern && at.Name is "rm" or "unlink" or "mv" or "ln" or "readlink" or "ls" or "stat" && !word.Shown.EndsWith('/');
        var worst = place;
        var path = place.Path;
        for (var hops = 0; hops < Most && Next(path, at, isLinkItself) is { } next; hops++)
        {
            path = next;
            isLinkItself = false;
            var led = PathClass.Known(path, at.Setting) with { IsPattern = place.IsPattern };
            worst = led.Kind > worst.Kind ? led with { Target = path } : worst with { Target = path };
        }
        return worst;
    }

    private static string? Next(string path, RuleCase at, bool isLinkItself)
    {
        if (path.Length == 0) return null;
        foreach (var link in at.Work.Links(at.All))
        {
            if (link.Order >= at.Invocation.Order || link.Target == link.Path || !ShellPath.IsAtOrBelow(path, link.Path)) continue;
            if (path.Length > link.Path.Length || !isLinkItself) return ShellPath.Absolute("/", link.Target + path[link.Path.Length..]);
        }
        return null;
    }
}
