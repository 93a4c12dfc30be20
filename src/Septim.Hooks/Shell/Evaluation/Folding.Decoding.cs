using System.Globalization;
using System.Text;

namespace Septim.Hooks.Shell.Evaluation;

/// <summary>Bytes back out of base64, hex digits and tr.</summary>
internal static partial class Folding
{
    private static Word? Base64(string? text)
    {
        if (text is null) return null;
        var buffer = new byte[text.Length];
        var compact = new string(text.Where(c => !char.IsWhiteSpace(c)).ToArray());
        compact = compact.TrimEnd('=');
        compact = compact.PadRight((compact.Length + 3) / 4 * 4, '=');
        return Convert.TryFromBase64String(compact, buffer, out var count) ? Word.Of(Encoding.UTF8.GetString(buffer, 0, count)) : null;
    }

    private static Word? Hex(string? text)
    {
        if (text is null) return null;
        var bytes = new List<byte>(text.Length / 2);
        var digits = new StringBuilder();
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c)) continue;
            if (!char.IsAsciiHexDigit(c)) return null;
            digits.Append(c);
            if (digits.Length < 2) continue;
            bytes.Add(byte.Parse(digits.ToString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            digits.Clear();
        }
        return Word.Of(Encoding.UTF8.GetString([.. bytes]));
    }

    private static Word? Translate(string text, IReadOnlyList<Word> arguments)
    {
        var deletes = arguments[0].Is("-d");
        if ((arguments[0].Text is { } flag && flag.StartsWith('-') && !deletes) || arguments.Count != 2 || text.Length > 65536) return null;
        var from = CharacterSet(arguments[deletes ? 1 : 0].Text);
        var to = deletes ? "" : CharacterSet(arguments[1].Text);
        if (from is null || to is null || (!deletes && to.Length == 0)) return null;
        var places = new Dictionary<char, char>(from.Length);
        for (var i = 0; i < from.Length; i++) places[from[i]] = deletes ? '\0' : to[Math.Min(i, to.Length - 1)];
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!places.TryGetValue(c, out var other)) result.Append(c);
            else if (!deletes) result.Append(other);
        }
        return Word.Of(result.ToString());
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
