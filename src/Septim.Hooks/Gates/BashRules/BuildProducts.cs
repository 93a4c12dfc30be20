using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>What builds and editors leave behind and make again (bash-policy §2), and patterns that match nothing else.</summary>
internal static class BuildProducts
{
    private const int LongestPattern = 1024;

    /// <summary>A name, or a glob for names: <c>*.pyc</c>, <c>__pycache__</c>, <c>*.py[co]</c>.</summary>
    public static bool Has(string glob)
    {
        if (IsListed(glob)) return true;
        if (glob.Length > LongestPattern) return false;
        int open = glob.IndexOf('[', StringComparison.Ordinal), close = glob.IndexOf(']', StringComparison.Ordinal);
        if (open < 0 || close <= open + 1) return false;
        foreach (var letter in glob.AsSpan(open + 1, close - open - 1))
        {
            if (!char.IsAsciiLetterOrDigit(letter) || !IsListed(glob[..open] + letter + glob[(close + 1)..])) return false;
        }
        return true;
    }

    /// <summary>A glob for paths that all lie in a directory of products or are one: <c>./build/*</c>, <c>*/__pycache__/*</c>.</summary>
    public static bool HaveAllIn(string glob)
    {
        if (glob.Length > LongestPattern) return false;
        foreach (var part in glob.Split('/'))
        {
            if (!part.Contains('*', StringComparison.Ordinal) && IsListed(part)) return true;
        }
        return Has(ShellPath.Leaf(glob));
    }

    /// <summary>A regular expression of which each branch matches products alone: <c>\.py[co]$</c>, <c>(/__pycache__$|\.pyc$)</c>.</summary>
    /// <param name="regex">Basic or extended.</param>
    /// <param name="isWhole">It has to match the path whole, as find's does; else each branch needs its own end.</param>
    public static bool AreAllOf(string regex, bool isWhole)
    {
        if (regex.Length > LongestPattern) return false;
        // Why: only the shape PREFIX(a|b)SUFFIX is taken apart; what is left over is a name that is not listed.
        regex = regex.Replace("\\(", "(", StringComparison.Ordinal).Replace("\\)", ")", StringComparison.Ordinal).Replace("\\|", "|", StringComparison.Ordinal);
        string before = "", after = "";
        if (regex.IndexOf('(', StringComparison.Ordinal) is >= 0 and var open && regex.LastIndexOf(')') is var close && close > open)
            (before, regex, after) = (regex[..open], regex[(open + 1)..close], regex[(close + 1)..]);
        foreach (var branch in regex.Split('|'))
        {
            if (!IsOne(before + branch + after, isWhole)) return false;
        }
        return true;
    }

    private static bool IsOne(string regex, bool isWhole)
    {
        if (regex.EndsWith('$')) regex = regex[..^1];
        else if (!isWhole) return regex.Length > 0 && regex[0] == '_' && Has(regex);
        if (regex.StartsWith('^')) regex = regex[1..];
        if (regex.StartsWith(".*", StringComparison.Ordinal)) regex = regex[2..];
        else if (isWhole) return false;
        // Why: no other name ends with one that begins with a sign.
        if (regex.Length > 0 && regex[0] == '_' && Has(regex)) return true;
        if (regex.StartsWith("\\.", StringComparison.Ordinal)) return Has("*." + regex[2..]) || Has("." + regex[2..]);
        return regex.StartsWith('/') && Has(regex[1..].Replace("\\.", ".", StringComparison.Ordinal));
    }

    private static bool IsListed(string name) => name is "*.pyc" or "*.pyo" or "*.pyd" or "*.o" or "*.obj" or "*.class" or "*.tmp" or "*.temp"
        or "__pycache__" or ".DS_Store" or "*.a" or "*.so" or "*.dylib" or "*.swp" or "*.swo" or "*~" or "*.bak" or "*.orig" or "*.rej" or "*.log" or "*.cache"
        or "node_modules" or "dist" or "build" or "target" or "bin" or "obj" or ".pytest_cache" or ".mypy_cache" or ".ruff_cache" or ".next" or ".nuxt"
        or ".turbo" or ".tox" or "*.egg-info" or "coverage" or ".coverage" or "*.gcda" or "*.gcno" or "*.tsbuildinfo" or "Thumbs.db" or ".ipynb_checkpoints" or "*.d" or "*.lo" or "*.la"
        or "TestResults" or ".vs" or ".gradle" or ".parcel-cache" or ".svelte-kit" or ".angular" or ".vite" or ".nyc_output" or ".eggs"
        or ".terraform" or ".terragrunt-cache" or ".serverless" or "cdk.out" or ".aws-sam" or ".nox" or ".hypothesis" or "htmlcov" or ".docusaurus" or ".astro" or "DerivedData" or "CMakeFiles" or "CMakeCache.txt"
        or "*.egg" or "*.snap.new" or "*.pending-snap" or "*.profraw" or "*.profdata" or "*.gcov" or "*.beam" or "*.elc" or "*.hi" or "*.dyn_o" or "*.dyn_hi" or "*.cmi" or "*.cmo" or "*.cmx" or "*.cmt" or "*.cmti" or "*.ilk" or "*.pch" or "*.gch"
        or "*.aux" or "*.bbl" or "*.bcf" or "*.blg" or "*.toc" or "*.lof" or "*.lot" or "*.fls" or "*.fdb_latexmk" or "*.synctex.gz" or "*.synctex" or "*.nav" or "*.snm" or "*.vrb" or "*.run.xml" or "*.ilg" or "*.xdv";
}
