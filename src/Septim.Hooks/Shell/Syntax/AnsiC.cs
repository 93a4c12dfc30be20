using System.Globalization;
using System.Text;

namespace Septim.Hooks.Shell.Syntax;

/// <summary>Backslash escapes of <c>$'…'</c>, <c>printf</c> formats and <c>echo -e</c>.</summary>
internal static class AnsiC
{
    /// <summary>Decodes one escape whose backslash is at <paramref name="at"/>; returns the index behind it.</summary>
    public static int Decode(ReadOnlySpan<char> text, int at, StringBuilder into)
    {
        if (at + 1 >= text.Length) { into.Append('\\'); return at + 1; }
        var c = text[at + 1];
        switch (c)
        {
            case 'a': into.Append('\a'); return at + 2;
            case 'b': into.Append('\b'); return at + 2;
            case 'e' or 'E': into.Append('\u001b'); return at + 2;
            case 'f': into.Append('\f'); return at + 2;
            case 'n': into.Append('\n'); return at + 2;
            case 'r': into.Append('\r'); return at + 2;
            case 't': into.Append('\t'); return at + 2;
            case 'v': into.Append('\v'); return at + 2;
            case '\\' or '\'' or '"' or '?': into.Append(c); return at + 2;
            case 'c' when at + 2 < text.Length: into.Append((char)(text[at + 2] & 0x1f)); return at + 3;
            case 'x': return Number(text, at, at + 2, 2, 16, into);
            case 'u': return Number(text, at, at + 2, 4, 16, into);
            case 'U': return Number(text, at, at + 2, 8, 16, into);
            case >= '0' and <= '7': return Number(text, at, at + 1, 3, 8, into);
            default: into.Append('\\').Append(c); return at + 2;
        }
    }

    private static int Number(ReadOnlySpan<char> text, int at, int from, int most, int radix, StringBuilder into)
    {
        var end = from;
        long value = 0;
        while (end < text.Length && end - from < most && Digit(text[end], radix) is var digit and >= 0)
        {
            value = (value * radix) + digit;
            end++;
        }
        if (end == from) { into.Append(text[at..from]); return from; }
        // Why: bash keeps the low byte of an octal escape, so $'\562' is r.
        if (radix == 8) value &= 0xff;
        if (value is >= 0 and <= 0x10ffff and not (>= 0xd800 and <= 0xdfff)) into.Append(char.ConvertFromUtf32((int)value));
        return end;
    }

    private static int Digit(char c, int radix) =>
        int.TryParse([c], radix == 16 ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        && value < radix ? value : -1;
}
