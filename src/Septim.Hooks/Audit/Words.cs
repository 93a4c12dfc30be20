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

    /// <summary>
    /// A quotation of something foreign, to be cut to a length by whoever has masked it: a secret that is cut first keeps no shape and
    /// passes for text.
    /// </summary>
    public static string Quote(string text, int length) => text.Length <= length ? text : $"{QuoteStart}{(char)(Math.Min(length, 4_000) + QuoteBase)}{text}{QuoteEnd}";

    /// <summary>Cuts the quotations of a text that has been masked.</summary>
    public static string CutQuotes(string text)
    {
        for (var start = text.IndexOf(QuoteStart); start >= 0; start = text.IndexOf(QuoteStart))
        {
            var end = text.IndexOf(QuoteEnd, start);
            if (end < 0 || start + 1 >= text.Length) return text.Replace(QuoteStart.ToString(), "", StringComparison.Ordinal);
            text = text[..start] + Shorten(text[(start + 2)..end], text[start + 1] - QuoteBase) + text[(end + 1)..];
        }
        return text;
    }

    // Characters for private use: none of them stands in a text that people write.
    private const char QuoteStart = '\uE000';
    private const char QuoteEnd = '\uE001';
    private const int QuoteBase = 0xE100;

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
