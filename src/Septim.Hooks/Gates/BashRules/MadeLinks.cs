using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Symbolic links that the command makes itself: <c>ln -s / r; rm -rf r/etc</c> is judged by where it leads.</summary>
internal static class MadeLinks
{
    /// <summary>More links than this are not followed, nor more places that they lead to.</summary>
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

    /// <summary>The worst of a place and of where the links made before may lead from it.</summary>
    public static Place Through(Place place, Word word, RuleCase at)
    {
        if (place.Path.Length == 0) return place;
        // Why: these act on the link, not on what it leads to.
        var isLinkItself = !place.IsPattern && at.Name is "rm" or "unlink" or "mv" or "ln" or "readlink" or "ls" or "stat" && !word.Shown.EndsWith('/');
        var worst = place;
        List<string> paths = [place.Path];
        for (var i = 0; i < paths.Count; i++)
        {
            foreach (var link in at.Work.Links(at.All))
            {
                if (link.Order >= at.Invocation.Order || !ShellPath.IsAtOrBelow(paths[i], link.Path) || (i == 0 && isLinkItself && paths[i].Length == link.Path.Length)) continue;
                if (ShellPath.Absolute("/", link.Target + paths[i][link.Path.Length..]) is not { } path || paths.Count == Most || paths.Contains(path)) continue;
                paths.Add(path);
                var led = PathClass.Known(path, at.Setting) with { IsPattern = place.IsPattern };
                if (led.Kind > worst.Kind) worst = led with { Target = path };
                else if (worst.Target is null || SecretFile.IsPath(path)) worst = worst with { Target = path };
            }
        }
        return worst;
    }
}
