using System.Text;

namespace Septim.Hooks.Shell.Evaluation;

/// <summary>Texts in quotes inside the command language of some program: <c>call system("…")</c>, <c>(shell-command "…")</c>.</summary>
internal static class QuotedText
{
    /// <summary>The first text in quotes, backslashes taken off; null when there is none.</summary>
    public static string? First(ReadOnlySpan<char> text)
    {
        var open = text.IndexOfAny('"', '\'');
        return open < 0 ? null : Read(text, ref open);
    }

    /// <summary>The first text in quotes behind each of these names, wherever they stand.</summary>
    public static List<string> Behind(string text, params ReadOnlySpan<string> names)
    {
        var found = new List<string>();
        foreach (var name in names)
        {
            var last = -1;
            for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0 && found.Count < 16; at = text.IndexOf(name, at + name.Length, StringComparison.Ordinal))
            {
                // Why: with no quote behind this one there is none behind the next; two names before one quote have the same text.
                if (at + name.Length <= last) continue;
                var open = text.AsSpan(at + name.Length).IndexOfAny('"', '\'');
                if (open < 0) break;
                last = open += at + name.Length;
                found.Add(Read(text, ref open));
            }
        }
        return found;
    }

    /// <summary>All texts in double quotes up to the bracket that closes what is open.</summary>
    public static List<string> Arguments(ReadOnlySpan<char> text)
    {
        var found = new List<string>();
        var depth = 0;
        for (var at = 0; at < text.Length && found.Count < 64; at++)
        {
            if (text[at] == '(') depth++;
            else if (text[at] == ')' && depth-- == 0) break;
            else if (text[at] == '"' && Read(text, ref at) is { } quoted) found.Add(quoted);
        }
        return found;
    }

    /// <summary>Leaves <paramref name="at"/> on the closing quote.</summary>
    private static string Read(ReadOnlySpan<char> text, ref int at)
    {
        var quote = text[at++];
        var value = new StringBuilder();
        for (; at < text.Length && text[at] != quote; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length) at++;
            value.Append(text[at]);
        }
        return value.ToString();
    }
}
