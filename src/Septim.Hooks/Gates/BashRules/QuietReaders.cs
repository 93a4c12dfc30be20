namespace Septim.Hooks.Gates.BashRules;

/// <summary>Commands that read a file of settings and tell whether, how often or which names, never what stands behind a name.</summary>
internal static class QuietReaders
{
    public static bool Is(RuleCase at)
    {
        switch (at.Name)
        {
            case "grep" or "egrep" or "fgrep" or "zgrep" or "rg" or "ag" or "ack":
                return Greps(at);
            case "cut":
                return (at.HasArgument("-d=") || at.HasArgument("=") || at.HasArgument("--delimiter==")) && (at.HasArgument("-f1") || at.HasArgument("1") || at.HasArgument("--fields=1"));
            case "awk" or "gawk" or "mawk" or "nawk":
                return (at.HasArgument("-F=") || (at.HasArgument("-F") && at.HasArgument("="))) && HasScript(at, PrintsFirstField);
            case "sed" or "gsed" or "perl":
                return HasScript(at, CutsValues);
            case "sort" or "tee":
                return at.HasArgument("-o") || at.HasArgument("-c");
            case "diff":
                return at.HasArgument("-q") || at.HasArgument("--brief") || at.HasArgument("-rq") || at.HasArgument("-qr");
            default:
                return false;
        }
    }

    private static bool Greps(RuleCase at)
    {
        var onlyMatching = false;
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is not ['-', ..] text) continue;
            if (text is "--quiet" or "--silent" or "--count" or "--files-with-matches" or "--files-without-match" or "--files") return true;
            if (text[1..] is not ['-', ..] && text.AsSpan().IndexOfAny("qclL") > 0) return true;
            onlyMatching |= text is "--only-matching" || (text[1..] is not ['-', ..] && text.Contains('o', StringComparison.Ordinal));
        }
        return onlyMatching && HasScript(at, MatchesNames);
    }

    /// <summary><c>^[^=]*</c>, <c>^[A-Z_]+=</c>: from the line's start, and not beyond the first equals sign.</summary>
    private static bool MatchesNames(string pattern)
    {
        if (!pattern.StartsWith('^') || pattern.Contains('.', StringComparison.Ordinal) || pattern.Contains('\\', StringComparison.Ordinal) || pattern.Contains('|', StringComparison.Ordinal)) return false;
        for (var i = 1; i < pattern.Length; i++)
        {
            if (pattern[i] == '=' && i != pattern.Length - 1 && pattern[i - 1] != '^') return false;
            if (pattern[i] == '^' && pattern[i - 1] == '[' && (i + 1 == pattern.Length || pattern[i + 1] != '=')) return false;
        }
        return true;
    }

    /// <summary><c>{print $1}</c>, <c>/^[A-Z]/ {print $1 "=***"}</c>: one action, and no field in it but the first.</summary>
    private static bool PrintsFirstField(string program)
    {
        var open = program.IndexOf('{', StringComparison.Ordinal);
        if (open < 0 || program.LastIndexOf('{') != open || program.TrimEnd() is not [.., '}'] || program.AsSpan(0, open).Contains(';')) return false;
        var action = program[(open + 1)..];
        var fields = 0;
        for (var i = action.IndexOf('$', StringComparison.Ordinal); i >= 0; i = action.IndexOf('$', i + 1))
        {
            if (i + 1 >= action.Length || action[i + 1] != '1' || (i + 2 < action.Length && char.IsAsciiDigit(action[i + 2]))) return false;
            fields++;
        }
        // Why: a print without words prints the line.
        return fields > 0 && action.TrimStart().StartsWith("print", StringComparison.Ordinal) && action.IndexOf("print", StringComparison.Ordinal) == action.LastIndexOf("print", StringComparison.Ordinal);
    }

    /// <summary><c>s/=.*//</c>, <c>s/=.+$/=x/</c>: everything behind the equals sign goes.</summary>
    private static bool CutsValues(string script)
    {
        foreach (var start in (ReadOnlySpan<string>)["s/=.*", "s/=.+", "s|=.*", "s|=.+", "s#=.*", "s#=.+", "s,=.*", "s,=.+"])
        {
            var at = script.IndexOf(start, StringComparison.Ordinal);
            if (at < 0) continue;
            var rest = script.AsSpan(at + start.Length);
            if (rest.StartsWith("$")) rest = rest[1..];
            if (rest.Length > 0 && rest[0] == start[1]) return true;
        }
        return false;
    }

    private static bool HasScript(RuleCase at, Func<string, bool> isQuiet)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is { Length: > 0 } text && text[0] != '-' && isQuiet(text)) return true;
        }
        return false;
    }
}
