using System.Text;
using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>
/// Splits start-up files into simple commands: comments and here-documents left out, quotes taken off, nothing run. Enough for
/// assignments, sources and aliases of sh, bash, zsh and fish; the judging of commands is the business of the bash gate.
/// </summary>
internal static class ShellText
{
    public static List<ShellLine> Split(Input input) => Split(input.Text, offset => input.At(offset));

    public static List<ShellLine> Split(string text, Func<int, Place> at)
    {
        var lines = new List<ShellLine>();
        var words = new List<ShellWord>();
        var word = new StringBuilder();
        var literal = true;
        var open = false;
        var start = -1;
        var heredocs = new List<string>();
        var i = 0;

        void EndWord()
        {
            if (open) words.Add(new ShellWord(word.ToString(), literal));
            word.Clear();
            (literal, open) = (true, false);
        }

        void EndLine()
        {
            EndWord();
            if (words.Count > 0) lines.Add(new ShellLine([.. words], at(start)));
            words.Clear();
            start = -1;
        }

        void Take(char c)
        {
            if (start < 0) start = i;
            open = true;
            word.Append(c);
        }

        for (; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '\\' when i + 1 < text.Length:
                    if (text[i + 1] == '\n') i++;
                    else if (text[i + 1] == '\r' && i + 2 < text.Length && text[i + 2] == '\n') i += 2;
                    else
                    {
                        i++;
                        Take(text[i]);
                    }
                    break;
                case '\'':
                    if (start < 0) start = i;
                    open = true;
                    var close = text.IndexOf('\'', i + 1);
                    if (close < 0) close = text.Length;
                    word.Append(text, i + 1, Math.Max(0, close - i - 1));
                    i = close;
                    break;
                case '"':
                    if (start < 0) start = i;
                    open = true;
                    for (i++; i < text.Length && text[i] != '"'; i++)
                    {
                        if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '"' or '\\' or '$' or '`') i++;
                        else if (text[i] is '$' or '`') literal = false;
                        if (i < text.Length) word.Append(text[i]);
                    }
                    break;
                case '$' when i + 1 < text.Length && text[i + 1] == '(':
                    literal = false;
                    var depth = 0;
                    do
                    {
                        Take(text[i]);
                        if (text[i] == '(') depth++;
                        else if (text[i] == ')' && --depth == 0) break;
                        i++;
                    }
                    while (i < text.Length);
                    break;
                case '$' when i + 1 < text.Length && text[i + 1] is '\'' or '"':
                    // Why skipped: $'…' and $"…" are quotes of their own; what stands in them is the value.
                    if (start < 0) start = i;
                    open = true;
                    break;
                case '$' or '`':
                    literal = false;
                    Take(c);
                    break;
                case '#' when !open:
                    while (i + 1 < text.Length && text[i + 1] != '\n') i++;
                    break;
                case '<' when i + 2 < text.Length && text[i + 1] == '<' && text[i + 2] != '<':
                    EndWord();
                    i += 2;
                    if (i < text.Length && text[i] == '-') i++;
                    while (i < text.Length && text[i] == ' ') i++;
                    var mark = new StringBuilder();
                    while (i < text.Length && !char.IsWhiteSpace(text[i]) && text[i] is not (';' or '|' or '&'))
                    {
                        if (text[i] is not ('\'' or '"' or '\\')) mark.Append(text[i]);
                        i++;
                    }
                    i--;
                    heredocs.Add(mark.ToString());
                    break;
                case '\n':
                    EndLine();
                    foreach (var end in heredocs) i = SkipHeredoc(text, i, end);
                    heredocs.Clear();
                    break;
                case ';' or '|' or '&' or '(' or ')':
                    // Why: "name()" declares a function; its body's commands count like any others.
                    EndLine();
                    break;
                case '{' or '}' when !open && (i + 1 >= text.Length || char.IsWhiteSpace(text[i + 1]) || text[i + 1] == ';'):
                    EndLine();
                    break;
                case ' ' or '\t' or '\r':
                    EndWord();
                    break;
                default:
                    Take(c);
                    break;
            }
        }
        EndLine();
        return lines;
    }

    /// <returns>The offset of the line end after the closing mark.</returns>
    private static int SkipHeredoc(string text, int newline, string end)
    {
        while (newline < text.Length)
        {
            var next = text.IndexOf('\n', newline + 1);
            var stop = next < 0 ? text.Length : next;
            if (text[Math.Min(newline + 1, text.Length)..stop].Trim('\t', '\r', ' ') == end) return stop;
            if (next < 0) return text.Length;
            newline = next;
        }
        return newline;
    }
}
