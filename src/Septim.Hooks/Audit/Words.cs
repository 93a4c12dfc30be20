namespace Septim.Hooks.Audit;

/// <summary>Ordinal comparisons with short names; the audit compares bytes, never by culture.</summary>
internal static class Words
{
    public static bool Has(this string text, string part) => text.Contains(part, StringComparison.Ordinal);
    public static bool HasWord(this string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
    public static bool Starts(this string text, string part) => text.StartsWith(part, StringComparison.Ordinal);
    public static bool Ends(this string text, string part) => text.EndsWith(part, StringComparison.Ordinal);
    public static bool Same(this string? text, string? other) => string.Equals(text, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>Splits a name into its words: <c>AWS_PROD-key</c> → aws, prod, key. Camel case is not split: "reproduce" stays whole.</summary>
    public static IEnumerable<string> Tokens(string name)
    {
        var start = -1;
        for (var i = 0; i <= name.Length; i++)
        {
            var word = i < name.Length && char.IsAsciiLetterOrDigit(name[i]);
            if (word && start < 0) start = i;
            if (word || start < 0) continue;
            yield return name[start..i].ToLowerInvariant();
            start = -1;
        }
    }

    public static bool HasToken(string name, params ReadOnlySpan<string> words)
    {
        foreach (var token in Tokens(name))
            if (words.Contains(token)) return true;
        return false;
    }

    /// <summary>Whether the client would take it for switched on.</summary>
    public static bool IsTruthy(string? value) => value is { Length: > 0 } && value.Trim().ToLowerInvariant() is not ("" or "0" or "false" or "no" or "off");

    public static string Shorten(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";

    /// <summary>Word, pattern with <c>*</c>: the whole text must match.</summary>
    public static bool Matches(string text, string pattern)
    {
        int t = 0, p = 0, star = -1, mark = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*') (star, mark) = (p++, t);
            else if (p < pattern.Length && (pattern[p] == text[t] || pattern[p] == '?')) (t, p) = (t + 1, p + 1);
            else if (star >= 0) (p, t) = (star + 1, ++mark);
            else return false;
        }
        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }
}
