namespace Septim.Hooks.Audit.Secrets;

/// <summary>How random a text looks.</summary>
internal static class Entropy
{
    /// <summary>Shannon entropy, bits a character.</summary>
    public static double Of(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return 0;
        Span<int> counts = stackalloc int[128];
        var others = 0;
        foreach (var c in text)
        {
            if (c < 128) counts[c]++;
            else others++;
        }
        double sum = 0;
        foreach (var count in counts) sum += Term(count, text.Length);
        return sum + Term(others, text.Length);
    }

    /// <summary>At least three of lower case, upper case, digit, sign.</summary>
    public static bool IsMixed(ReadOnlySpan<char> text)
    {
        int lower = 0, upper = 0, digit = 0, sign = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiLetterLower(c)) lower = 1;
            else if (char.IsAsciiLetterUpper(c)) upper = 1;
            else if (char.IsAsciiDigit(c)) digit = 1;
            else sign = 1;
        }
        return lower + upper + digit + sign >= 3;
    }

    private static double Term(int count, int length)
    {
        if (count == 0) return 0;
        var p = (double)count / length;
        return -p * Math.Log2(p);
    }
}
