namespace Septim.Hooks.Shell.Evaluation;

/// <summary>GNU sed's script as its commands, as far as they start programs or name files. One pass, never throws. Source: the manual of sed 4.9.</summary>
internal static class SedScript
{
    public static readonly OptionTable Options = new("nrEsuze:f:l:i::", "expression= file= line-length= in-place=? quiet silent regexp-extended separate posix sandbox debug follow-symlinks null-data unbuffered");

    /// <summary>The script that the options or the first operand give, unknown parts as they are shown; null when a file alone has it.</summary>
    /// <param name="options">sed's command line.</param>
    /// <param name="firstFile">Where the operands that are files begin.</param>
    public static string? Of(OptionReading options, out int firstFile)
    {
        var scripts = new List<string>();
        foreach (var script in options.Values("-e", "--expression")) scripts.Add(script.Shown);
        firstFile = scripts.Count > 0 || options.Has("-f", "--file") ? 0 : 1;
        if (firstFile == 1 && options.Operands.Count > 0) scripts.Add(options.Operands[0].Shown);
        return scripts.Count == 0 ? null : string.Join('\n', scripts);
    }

    /// <summary>One command.</summary>
    /// <param name="Name">Its letter.</param>
    /// <param name="Pattern">Of <c>s</c>: what is looked for, as written.</param>
    /// <param name="Text">Of <c>s</c>: the replacement as written; of <c>e</c>: what is run.</param>
    /// <param name="Flags">Of <c>s</c>, without <c>w</c>.</param>
    /// <param name="File">What <c>r R w W</c> and the flag <c>w</c> name.</param>
    public readonly record struct Command(char Name, string Pattern = "", string Text = "", string Flags = "", string File = "")
    {
        public bool Writes => File.Length > 0 && Name is 'w' or 'W' or 's';

        public bool Reads => File.Length > 0 && Name is 'r' or 'R';
    }

    /// <summary>What stands behind so many commands is unknown code.</summary>
    public const int MostCommands = 8192;

    /// <summary>The commands that matter, up to <see cref="MostCommands"/>; lines of text for <c>a i c</c>, labels and the rest are stepped over.</summary>
    public static List<Command> Read(string text)
    {
        var commands = new List<Command>();
        var at = 0;
        var open = 0;
        while (commands.Count < MostCommands && (at = Address(text, at, ref open)) < text.Length)
        {
            var command = text[at++];
            switch (command)
            {
                case 'e':
                    commands.Add(new Command(command, Text: Line(text, ref at).Trim()));
                    break;
                case 's' or 'y' when at < text.Length:
                    var sign = text[at++];
                    var pattern = Part(text, ref at, sign, ref open, command == 's');
                    var replacement = Part(text, ref at, sign, ref open, false);
                    if (command == 'y') break;
                    var flags = at;
                    while (at < text.Length && char.IsAsciiLetterOrDigit(text[at]) && text[at] != 'w') at++;
                    var given = text[flags..at];
                    var file = "";
                    if (at < text.Length && text[at] == 'w')
                    {
                        at++;
                        file = Line(text, ref at).TrimStart();
                    }
                    commands.Add(new Command(command, pattern, replacement, given, file));
                    break;
                case 'r' or 'R' or 'w' or 'W':
                    commands.Add(new Command(command, File: Line(text, ref at).TrimStart()));
                    break;
                case 'a' or 'i' or 'c':
                    while (Line(text, ref at).EndsWith('\\') && at < text.Length) { }
                    break;
                case '#':
                    _ = Line(text, ref at);
                    break;
                case 'b' or 't' or 'T' or ':':
                    while (at < text.Length && text[at] is not (';' or '\n' or '}')) at++;
                    break;
            }
        }
        return commands;
    }

    /// <summary>Past blanks, separators, brackets and an address: <c>1</c>, <c>$</c>, <c>/re/I</c>, <c>\,re,</c>, <c>1,/x/!</c>.</summary>
    private static int Address(string text, int at, ref int open)
    {
        while (at < text.Length)
        {
            var c = text[at];
            if (char.IsWhiteSpace(c) || char.IsAsciiDigit(c) || c is ';' or '{' or '}' or '$' or ',' or '!' or '+' or '~' or '-') { at++; continue; }
            if (c is not ('/' or '\\') || at + 1 >= text.Length) return at;
            var sign = c == '/' ? c : text[++at];
            at++;
            _ = Part(text, ref at, sign, ref open, true);
            while (at < text.Length && text[at] is 'I' or 'M') at++;
        }
        return at;
    }

    /// <summary>Up to the next <paramref name="sign"/>, which is consumed; behind a backslash and in a pattern's square brackets it is text.</summary>
    private static string Part(string text, ref int at, char sign, ref int open, bool isPattern)
    {
        var start = at;
        while (at < text.Length && text[at] != sign)
        {
            if (isPattern && text[at] == '[' && at >= open) at = Bracketed(text, at, ref open);
            else at += text[at] == '\\' ? 2 : 1;
        }
        at = Math.Min(at, text.Length);
        var part = text[start..at];
        at = Math.Min(at + 1, text.Length);
        return part.Contains('\\', StringComparison.Ordinal) ? part.Replace("\\" + sign, sign.ToString(), StringComparison.Ordinal) : part;
    }

    /// <summary>Behind the bracket that ends a set; behind the opening one when none does.</summary>
    /// <param name="text">The script.</param>
    /// <param name="at">The opening bracket.</param>
    /// <param name="open">Gets the place up to which no set ends, so that nobody looks for it again.</param>
    private static int Bracketed(string text, int at, ref int open)
    {
        var first = at + 1 < text.Length && text[at + 1] == '^' ? at + 2 : at + 1;
        var i = first;
        for (; i < text.Length && text[i] != '\n'; i++)
        {
            if (text[i] == ']' && i > first) return i + 1;
            // Why: [:alpha:], whose names are short.
            if (text[i] == '[' && i + 1 < text.Length && text[i + 1] == ':' && text.AsSpan(i + 2, Math.Min(12, text.Length - i - 2)).IndexOf(":]") is var end and > 0) i += end + 3;
        }
        open = i;
        return at + 1;
    }

    private static string Line(string text, ref int at)
    {
        var end = text.IndexOf('\n', at);
        var line = end < 0 ? text[at..] : text[at..end];
        at = end < 0 ? text.Length : end + 1;
        return line;
    }
}
