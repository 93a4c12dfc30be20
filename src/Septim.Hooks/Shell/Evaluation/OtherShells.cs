using System.Text;

namespace Septim.Hooks.Shell.Evaluation;

/// <summary>The grammar of fish, nu, elvish and xonsh where it differs from the shell's in what runs, in the shell's words. Sources: their manuals.</summary>
internal static class OtherShells
{
    /// <summary>The code as the shell would write it; the same word for a shell of the family, and for code of which a part is unknown.</summary>
    public static Word Translated(string shell, Word code) => shell switch
    {
        "fish" when code.Text is { } text => Word.Of(Fish(text)),
        "nu" or "elvish" or "xonsh" when code.Text is { } text => Word.Of(Blocks(text, shell)),
        _ => code,
    };

    /// <summary>A bracket is a substitution; <c>source</c> without a file runs its input.</summary>
    private static string Fish(string text)
    {
        var made = new StringBuilder(text.Length + 8);
        foreach (var (c, isQuoted, at) in Signs(text))
        {
            if (c == '(' && !isQuoted && (at == 0 || text[at - 1] != '$')) made.Append('$');
            made.Append(c);
        }
        return made.ToString().Replace("| source", "| sh", StringComparison.Ordinal);
    }

    /// <summary>Blocks and closures stand alone: what runs in them is judged as if it ran.</summary>
    private static string Blocks(string text, string shell)
    {
        var made = new StringBuilder(text.Length + 8);
        var skipTo = -1;
        foreach (var (c, isQuoted, at) in Signs(text))
        {
            if (at < skipTo) continue;
            var next = at + 1 < text.Length ? text[at + 1] : ' ';
            if (isQuoted) made.Append(c);
            // Why: behind the brace stand the closure's parameters.
            else if (c is '{' && text.AsSpan(at + 1).TrimStart() is ['|', ..] && text.IndexOf('|', text.IndexOf('|', at) + 1) is > 0 and var close) { made.Append('\n'); skipTo = close + 1; }
            else if (c is '{' or '}' && !(at > 0 && text[at - 1] == '$')) made.Append('\n');
            else if (shell == "xonsh" && c is '$' or '!' && next is '[' or '(') { made.Append('\n'); skipTo = at + 2; }
            else if (shell == "xonsh" && c is ']' or ')') made.Append('\n');
            else if (shell == "nu" && c == '(') made.Append("$(");
            else made.Append(c);
        }
        return made.ToString().Replace("| save ", "| tee ", StringComparison.Ordinal);
    }

    private static IEnumerable<(char Sign, bool IsQuoted, int At)> Signs(string text)
    {
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var isQuoted = quote != 0;
            if (c == '\\' && quote != '\'' && i + 1 < text.Length)
            {
                yield return (c, true, i);
                yield return (text[++i], true, i);
                continue;
            }
            if (c is '"' or '\'') quote = quote == c ? '\0' : quote == 0 ? c : quote;
            yield return (c, isQuoted || c is '"' or '\'', i);
        }
    }
}
