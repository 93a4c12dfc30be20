using System.Globalization;
using System.Text;

namespace Septim.Hooks.Shell.Code;

/// <summary>Backslash escapes of C-like texts.</summary>
internal static class CodeEscapes
{
    /// <summary>Reads the escape at <paramref name="at"/> (a backslash with something behind it) and returns its last index.</summary>
    public static int Read(string text, int at, int end, bool plain, StringBuilder value)
    {
        var c = text[at + 1];
        if (plain)
        {
            if (char.IsLetterOrDigit(c)) value.Append('\\');
            value.Append(c);
            return at + 1;
        }
        switch (c)
        {
            case 'n': value.Append('\n'); return at + 1;
            case 't': value.Append('\t'); return at + 1;
            case 'r': value.Append('\r'); return at + 1;
            case 'e': value.Append('\u001b'); return at + 1;
            case '\n': return at + 1;
            case 'x': return Hex(text, at, at + 2, Math.Min(end, at + 4), value);
            case 'u' when at + 2 < end && text[at + 2] == '{':
                var close = text.IndexOf('}', at);
                return close < 0 || close >= end ? at + 1 : Hex(text, at, at + 3, close, value) + 1;
            case 'u': return Hex(text, at, at + 2, Math.Min(end, at + 6), value);
            case >= '0' and <= '7':
                var code = 0;
                var i = at + 1;
                for (; i < end && i < at + 4 && text[i] is >= '0' and <= '7'; i++) code = code * 8 + text[i] - '0';
                value.Append((char)code);
                return i - 1;
            default: value.Append(c); return at + 1;
        }
    }

    private static int Hex(string text, int at, int from, int to, StringBuilder value)
    {
        var stop = from;
        while (stop < to && char.IsAsciiHexDigit(text[stop])) stop++;
        if (stop == from || !int.TryParse(text.AsSpan(from, stop - from), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            value.Append(text[at + 1]);
            return at + 1;
        }
        if (code <= char.MaxValue) value.Append((char)code);
        else if (code <= 0x10FFFF) value.Append(char.ConvertFromUtf32(code));
        return stop - 1;
    }
}
