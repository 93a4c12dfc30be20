namespace Septim.Hooks.Gates.BashRules;

/// <summary>
/// Awk programs that print names, numbers and texts of their own, and of what they read at most the first field: of the others they may ask
/// how long they are and whether they are empty. What the reader does not know prints too much.
/// </summary>
internal static class QuietAwk
{
    /// <summary>A longer program is no one-liner that somebody reads.</summary>
    private const int LongestProgram = 4096;

    private const string SplitsAtEquals = "BEGIN{FS=\"=\"";

    /// <param name="program">Its text.</param>
    /// <param name="isSplit">Fields are split at the equals sign already, by <c>-F=</c>.</param>
    /// <param name="mayShowFirst">The first field is a name, and nothing to hide.</param>
    public static bool Is(string program, bool isSplit, bool mayShowFirst)
    {
        if (program.Length > LongestProgram) return false;
        var text = program.Trim();
        var compact = text.Replace(" ", "", StringComparison.Ordinal);
        var setsSplit = compact.StartsWith(SplitsAtEquals, StringComparison.Ordinal);
        if (mayShowFirst && !isSplit && !setsSplit) return false;
        var tokens = Tokens(text);
        return tokens is not null && HasOnlyBlocks(tokens) && ShowsLittle(tokens, mayShowFirst, setsSplit ? 1 : 0);
    }

    /// <summary><c>{sub(/=.*/, "=***"); print}</c>, <c>{gsub(/=.*/, "")}1</c>: each line is cut at its first equals sign before it is printed.</summary>
    public static bool Masks(string program)
    {
        if (program.Length > LongestProgram) return false;
        var text = program.Replace(" ", "", StringComparison.Ordinal).AsSpan();
        foreach (var cut in (ReadOnlySpan<string>)["{sub(/=.*/,\"", "{gsub(/=.*/,\"", "{sub(/=.*$/,\"", "{sub(/=.+/,\""])
        {
            if (!text.StartsWith(cut)) continue;
            text = text[cut.Length..];
            var end = text.IndexOf("\")");
            // Why: & puts back what was cut.
            return end >= 0 && text[..end].IndexOfAny('&', '\\', '"') < 0 && text[(end + 2)..] is "}1" or ";print}" or ";print$0}" or "}{print}" or ";print;}" or "};1";
        }
        return false;
    }

    /// <summary>Every pattern has an action: without one, awk prints the line.</summary>
    private static bool HasOnlyBlocks(List<string> tokens)
    {
        var depth = 0;
        var isPending = false;
        foreach (var token in tokens)
        {
            if (token == "{") depth++;
            else if (token == "}") depth--;
            if (depth < 0 || (depth == 0 && isPending && token is ";" or "\n")) return false;
            isPending = depth == 0 && token is not ("}" or ";" or "\n");
        }
        return depth == 0 && !isPending;
    }

    private static bool ShowsLittle(List<string> tokens, bool mayShowFirst, int separators)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            var next = i + 1 < tokens.Count ? tokens[i + 1] : "";
            if (token is "|" or "@" or "$" || token == "FS" && --separators < 0) return false;
            if (token is "print" or "printf" && next is "" or "}" or ";" or "\n" or ">" or ",") return false;
            if (token[0] == '$')
            {
                if (token == "$1" && mayShowFirst) continue;
                var isMeasured = i > 1 && tokens[i - 1] == "(" && tokens[i - 2] == "length" && next == ")";
                var isTested = next is "==" or "!=" && i + 2 < tokens.Count && tokens[i + 2] == "\"\"";
                if (token is "$0" || !(isMeasured || isTested)) return false;
            }
            else if (char.IsAsciiLetter(token[0]) && !IsHarmless(token)) return false;
        }
        return true;
    }

    /// <summary>Variables of the program's own hold nothing but what it may show; of awk's, none that holds what was read.</summary>
    private static bool IsHarmless(string name) => char.IsAsciiLetterUpper(name[0]) && name.Length > 1
        ? name is "NR" or "NF" or "FNR" or "FS" or "OFS" or "ORS" or "BEGIN" or "END" or "FILENAME"
        : name is not ("getline" or "system" or "function" or "func" or "eval");

    /// <summary>Null when the text cannot be told apart.</summary>
    private static List<string>? Tokens(string text)
    {
        var tokens = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            var start = i;
            if (c is ' ' or '\t' or '\r') { i++; continue; }
            if (c is '#' or '\\') return null;
            if (c is '"' || (c is '/' && (tokens.Count == 0 || tokens[^1] is "{" or "}" or "(" or "," or "!" or "&&" or "||" or "~" or ";" or "\n")))
            {
                for (i++; i < text.Length && text[i] != c; i++)
                {
                    if (text[i] == '\\') i++;
                }
                if (i++ >= text.Length) return null;
            }
            else if (char.IsAsciiLetterOrDigit(c) || c is '_' or '$')
            {
                for (i++; i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] == '_'); i++) { }
            }
            else i += i + 1 < text.Length && text.AsSpan(i, 2) is "==" or "!=" or "&&" or "||" or "<=" or ">=" or "++" or "+=" or "--" ? 2 : 1;
            tokens.Add(text[start..i]);
        }
        return tokens;
    }
}
