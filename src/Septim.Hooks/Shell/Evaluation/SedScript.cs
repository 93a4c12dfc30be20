namespace Septim.Hooks.Shell.Evaluation;

/// <summary>GNU sed's script, as far as it starts programs: the command <c>e</c> and the flag <c>e</c> of <c>s</c>. One pass, never throws.</summary>
internal static class SedScript
{
    /// <param name="text">The script.</param>
    /// <param name="input">What sed reads, when it is known: a bare <c>e</c> runs it.</param>
    /// <param name="doors">Gets what is run.</param>
    public static void Find(string text, string? input, Doors doors)
    {
        var at = 0;
        while (at < text.Length && !doors.IsFull)
        {
            at = Address(text, at);
            if (at >= text.Length) return;
            var command = text[at++];
            switch (command)
            {
                case 'e':
                    var code = Line(text, ref at).Trim();
                    if (code.Length > 0) doors.Add(Word.Of(code));
                    else if (input is not null) doors.Add(Word.Of(input));
                    break;
                case 's' or 'y' when at < text.Length:
                    var sign = text[at++];
                    Skip(text, ref at, sign);
                    var replacement = at;
                    Skip(text, ref at, sign);
                    var flags = at;
                    while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) && text[at] != 'w')) at++;
                    if (command == 's' && text.AsSpan(flags, at - flags).Contains('e')) doors.Add(Word.Of(Part(text, ref replacement, sign)));
                    if (at < text.Length && text[at] == 'w') SkipLine(text, ref at);
                    break;
                case 'a' or 'i' or 'c' or 'r' or 'R' or 'w' or 'W' or '#':
                    SkipLine(text, ref at);
                    break;
                case 'b' or 't' or 'T' or ':':
                    while (at < text.Length && text[at] is not (';' or '\n' or '}')) at++;
                    break;
            }
        }
    }

    /// <summary>Past blanks, separators, brackets and an address: <c>1</c>, <c>$</c>, <c>/re/I</c>, <c>\,re,</c>, <c>1,/x/!</c>.</summary>
    private static int Address(string text, int at)
    {
        while (at < text.Length)
        {
            var c = text[at];
            if (char.IsWhiteSpace(c) || char.IsAsciiDigit(c) || c is ';' or '{' or '}' or '$' or ',' or '!' or '+' or '~' or '-') { at++; continue; }
            if (c is not ('/' or '\\') || at + 1 >= text.Length) return at;
            var sign = c == '/' ? c : text[++at];
            at++;
            Skip(text, ref at, sign);
            while (at < text.Length && text[at] is 'I' or 'M') at++;
        }
        return at;
    }

    /// <summary>Up to the next <paramref name="sign"/>, which is consumed; a backslash before it makes it text.</summary>
    private static string Part(string text, ref int at, char sign)
    {
        var part = new System.Text.StringBuilder();
        while (at < text.Length && text[at] != sign)
        {
            if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] == sign) at++;
            else if (text[at] == '\\' && at + 1 < text.Length) part.Append(text[at++]);
            part.Append(text[at++]);
        }
        at = Math.Min(at + 1, text.Length);
        return part.ToString();
    }

    /// <summary>As <see cref="Part"/>, for what nobody asks for.</summary>
    private static void Skip(string text, ref int at, char sign)
    {
        while (at < text.Length && text[at] != sign) at += text[at] == '\\' ? 2 : 1;
        at = Math.Min(at + 1, text.Length);
    }

    private static void SkipLine(string text, ref int at)
    {
        var end = text.IndexOf('\n', at);
        at = end < 0 ? text.Length : end + 1;
    }

    private static string Line(string text, ref int at)
    {
        var end = text.IndexOf('\n', at);
        var line = end < 0 ? text[at..] : text[at..end];
        at = end < 0 ? text.Length : end + 1;
        return line;
    }
}
