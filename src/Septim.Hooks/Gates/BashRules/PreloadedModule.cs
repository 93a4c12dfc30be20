using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>The modules that <c>NODE_OPTIONS</c> and <c>RUBYOPT</c> load before the program: <c>-r dotenv/config</c>, <c>--require /tmp/x</c>.</summary>
internal static class PreloadedModule
{
    /// <summary>Node's options whose value is a module. Source: node's manual, November 2026.</summary>
    public static bool IsForeignToNode(string options, RuleCase at)
    {
        var isNext = false;
        foreach (var range in options.AsSpan().Split(' '))
        {
            var word = options.AsSpan(range).Trim("\"'");
            if (word.IsEmpty) continue;
            if (isNext)
            {
                if (IsForeign(word, at)) return true;
                isNext = false;
                continue;
            }
            var equals = word.IndexOf('=');
            var name = equals < 0 ? word : word[..equals];
            // Why: node takes an underscore for a dash.
            if (name.ToString().Replace('_', '-') is not ("-r" or "--require" or "--import" or "--loader" or "--experimental-loader")) continue;
            if (equals < 0) isNext = true;
            else if (IsForeign(word[(equals + 1)..], at)) return true;
        }
        return isNext;
    }

    public static bool IsForeignToRuby(string options, RuleCase at)
    {
        var isNext = false;
        foreach (var range in options.AsSpan().Split(' '))
        {
            var word = options.AsSpan(range);
            if (word.IsEmpty) continue;
            if (isNext || (word.StartsWith("-r") && word.Length > 2))
            {
                if (IsForeign(isNext ? word : word[2..], at)) return true;
                isNext = false;
            }
            else isNext = word is "-r";
        }
        return isNext;
    }

    /// <summary>It is neither a package's name nor a file of the project or the system, or this command fetched it.</summary>
    private static bool IsForeign(ReadOnlySpan<char> module, RuleCase at)
    {
        module = module.Trim("\"'");
        if (module.StartsWith("file://")) module = module[7..];
        if (module.IsEmpty || module.ContainsAny("$:")) return true;
        if (module[0] is not ('.' or '/' or '~')) return module.Contains("/../", StringComparison.Ordinal);
        var file = Word.Of(module.ToString());
        return at.PlaceOf(file).Kind is not (PlaceKind.Project or PlaceKind.System) || (Origins.OfTrail(file, at) & OriginKinds.Network) != 0;
    }
}
