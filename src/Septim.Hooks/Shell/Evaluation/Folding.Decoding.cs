using System.Text;

namespace Septim.Hooks.Shell.Evaluation;

/// <summary>Bytes back out of base64, hex digits and tr.</summary>
internal static partial class Folding
{
    private static Word? Base64(string? text)
    {
        if (text is null) return null;
        // Room for the padding that may be missing.
        var compact = GC.AllocateUninitializedArray<char>(text.Length + 3);
        var length = 0;
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c)) compact[length++] = c;
        }
        while (length > 0 && compact[length - 1] == '=') length--;
        while (length % 4 != 0) compact[length++] = '=';
        var buffer = GC.AllocateUninitializedArray<byte>(length / 4 * 3);
        return Convert.TryFromBase64Chars(compact.AsSpan(0, length), buffer, out var count) ? Word.Of(Encoding.UTF8.GetString(buffer, 0, count)) : null;
    }

    private static Word? Hex(string? text)
    {
        if (text is null) return null;
        var bytes = GC.AllocateUninitializedArray<byte>(text.Length / 2);
        var digits = 0;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c)) continue;
            if (!char.IsAsciiHexDigit(c)) return null;
            var value = c <= '9' ? c - '0' : (c & 7) + 9;
            if (digits % 2 == 0 && digits / 2 == bytes.Length) break;
            bytes[digits / 2] = (byte)(digits % 2 == 0 ? value << 4 : bytes[digits / 2] | value);
            digits++;
        }
        return Word.Of(Encoding.UTF8.GetString(bytes, 0, digits / 2));
    }

    private static Word? Translate(string text, Word[] arguments)
    {
        var deletes = arguments[0].Is("-d");
        if ((arguments[0].Text is { } flag && flag.StartsWith('-') && !deletes) || arguments.Length != 2 || text.Length > 65536) return null;
        var from = CharacterSet(arguments[deletes ? 1 : 0].Text);
        var to = deletes ? "" : CharacterSet(arguments[1].Text);
        if (from is null || to is null || (!deletes && to.Length == 0)) return null;
        // By character; 0: it stays. Why no dictionary: a pipe of a thousand times tr asks it for each character of the text.
        var places = new int[from.Length == 0 ? 0 : from.Max() + 1];
        const int gone = -1;
        for (var i = 0; i < from.Length; i++) places[from[i]] = deletes ? gone : to[Math.Min(i, to.Length - 1)];
        var result = new char[text.Length];
        var length = 0;
        foreach (var c in text)
        {
            var other = c < places.Length ? places[c] : 0;
            if (other != gone) result[length++] = other == 0 ? c : (char)other;
        }
        return Word.Of(new string(result, 0, length));
    }

    private static string? CharacterSet(string? set)
    {
        if (set is null || set.Length > 1024) return null;
        if (set.Contains("[:", StringComparison.Ordinal))
        {
            return set switch
            {
                "[:upper:]" => CharacterSet("A-Z"),
                "[:lower:]" => CharacterSet("a-z"),
                "[:space:]" => " \t\n\r\v\f",
                "[:digit:]" => "0123456789",
                _ => null,
            };
        }
        var all = new StringBuilder();
        for (var i = 0; i < set.Length; i++)
        {
            if (set[i] == '\\') { i = Syntax.AnsiC.Decode(set, i, all) - 1; continue; }
            if (i + 2 < set.Length && set[i + 1] == '-' && set[i] <= set[i + 2] && set[i + 2] < 256)
            {
                for (var c = set[i]; c <= set[i + 2]; c++) all.Append(c);
                i += 2;
            }
            else all.Append(set[i]);
        }
        return all.ToString();
    }
}
