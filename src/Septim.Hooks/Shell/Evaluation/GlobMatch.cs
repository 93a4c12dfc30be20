namespace Septim.Hooks.Shell.Evaluation;

/// <summary>Does a text match a shell pattern: <c>*</c>, <c>?</c>, <c>[…]</c>, backslash. No extended patterns.</summary>
internal static class GlobMatch
{
    public static bool Matches(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern)
    {
        int t = 0, p = 0, star = -1, mark = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                mark = t;
            }
            else if (p < pattern.Length && One(text[t], pattern, p, out var next))
            {
                t++;
                p = next;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++mark;
            }
            else return false;
        }
        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }

    private static bool One(char c, ReadOnlySpan<char> pattern, int p, out int next)
    {
        next = p + 1;
        switch (pattern[p])
        {
            case '?':
                return true;
            case '\\' when p + 1 < pattern.Length:
                next = p + 2;
                return pattern[p + 1] == c;
            case '[':
                var end = pattern[(p + 1)..].IndexOf(']');
                if (end == 0) end = pattern[(p + 2)..].IndexOf(']') + 1;
                if (end <= 0) return c == '[';
                next = p + end + 2;
                return InSet(c, pattern.Slice(p + 1, end));
            default:
                return pattern[p] == c;
        }
    }

    private static bool InSet(char c, ReadOnlySpan<char> set)
    {
        var not = set.Length > 0 && set[0] is '!' or '^';
        if (not) set = set[1..];
        for (var i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                if (c >= set[i] && c <= set[i + 2]) return !not;
                i += 2;
            }
            else if (set[i] == c) return !not;
        }
        return not;
    }
}
