namespace Septim.Hooks.Gates.BashRules;

/// <summary>Sed scripts that cut the value off every line that they print: <c>s/=.*//</c>, <c>s/^\([^=]*\)=.*/\1=***/</c>.</summary>
internal static class QuietSed
{
    /// <summary>A longer script is no one-liner that somebody reads.</summary>
    private const int LongestScript = 4096;

    /// <param name="script">Its commands.</param>
    /// <param name="printsAsked">Under <c>-n</c>: a line that is not cut is not printed.</param>
    public static bool Cuts(string script, bool printsAsked)
    {
        if (script.Length > LongestScript) return false;
        var cuts = false;
        foreach (var range in script.AsSpan().SplitAny(';', '\n'))
        {
            var command = script.AsSpan(range).Trim();
            if (command.IsEmpty) continue;
            var address = Address(command);
            if (address > 0 && command[address..] is "d") continue;
            // Why: where only some lines are cut, the others are printed as they are.
            if (address > 0 && !printsAsked) return false;
            if (!IsCut(command[address..].TrimStart(), printsAsked)) return false;
            cuts = true;
        }
        return cuts;
    }

    /// <summary>Characters of a <c>/regex/</c> in front.</summary>
    private static int Address(ReadOnlySpan<char> command) => command[0] == '/' && command[1..].IndexOf('/') is >= 0 and var end ? end + 2 : 0;

    private static bool IsCut(ReadOnlySpan<char> command, bool printsAsked)
    {
        if (command.Length < 6 || command[0] != 's' || command[1] is not ('/' or '|' or '#' or ',')) return false;
        var delimiter = command[1];
        var rest = command[2..];
        var middle = rest.IndexOf(delimiter);
        if (middle < 0) return false;
        var pattern = rest[..middle].ToString();
        rest = rest[(middle + 1)..];
        var end = rest.IndexOf(delimiter);
        if (end < 0 || rest[(end + 1)..].IndexOfAnyExcept('g', 'p') >= 0) return false;
        if (printsAsked && !rest[(end + 1)..].Contains('p')) return true;
        // Why: & puts back what was cut, and so does a group that it is in.
        var replacement = rest[..end].ToString().Replace("\\1", "", StringComparison.Ordinal);
        return replacement.AsSpan().IndexOfAny('&', '\\', '$') < 0 && CutsFromEquals(pattern, printsAsked);
    }

    /// <summary>Without <c> *</c> or <c>\s*</c> at its end: blanks beside the sign.</summary>
    private static string WithoutBlanks(string pattern)
    {
        foreach (var blanks in (ReadOnlySpan<string>)[" *", "\\s*", "[[:space:]]*", "[[:blank:]]*"])
        {
            if (pattern.EndsWith(blanks, StringComparison.Ordinal)) return pattern[..^blanks.Length];
        }
        return pattern;
    }

    /// <summary>A name, the first equals sign and all behind it; one group at most, which ends before the value.</summary>
    private static bool CutsFromEquals(string pattern, bool printsAsked)
    {
        pattern = pattern.Replace("\\(", "(", StringComparison.Ordinal).Replace("\\)", ")", StringComparison.Ordinal).Replace("\\+", "+", StringComparison.Ordinal);
        if (pattern.EndsWith('$')) pattern = pattern[..^1];
        var value = pattern.EndsWith("=..*", StringComparison.Ordinal) || pattern.EndsWith(")..*", StringComparison.Ordinal) ? 3
            : pattern.EndsWith(".*", StringComparison.Ordinal) || pattern.EndsWith(".+", StringComparison.Ordinal) ? 2 : 0;
        if (value == 0) return false;
        var name = pattern[..^value];
        var isGrouped = name.Contains('(', StringComparison.Ordinal);
        if (isGrouped && (name.LastIndexOf('(') != name.IndexOf('(', StringComparison.Ordinal) || name.LastIndexOf(')') != name.IndexOf(')', StringComparison.Ordinal))) return false;
        name = WithoutBlanks(name.Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal));
        if (!name.EndsWith('=')) return false;
        name = WithoutBlanks(name[..^1]);
        if (name is "" or "[^=]*" or "^[^=]*" or "[^=]+" or "^[^=]+") return true;
        return printsAsked && name is ['^', '[', .. var set, ']', '*' or '+'] && QuietReaders.IsNameSet(set);
    }
}
