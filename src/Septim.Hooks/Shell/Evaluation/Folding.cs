using System.Text;

namespace Septim.Hooks.Shell.Evaluation;

/// <summary>What well-known programs print, when it follows from their arguments and their input alone.</summary>
internal static partial class Folding
{
    private const int Longest = 1 << 20;

    /// <summary>A longer format of printf is not worth being right about.</summary>
    private const int LongestFormat = 1 << 16;

    /// <summary>The output, or null when it cannot be known.</summary>
    public static Word? Output(string name, Word[] arguments, Word? input, string? directory, ShellSetting setting)
    {
        switch (name)
        {
            case "echo":
                return Echo(arguments);
            case "printf":
                return Printf(arguments, 0);
            case "cd" when arguments is not [{ Text: "-" }]:
            case ":" or "true" or "false" or "test" or "[":
                return Word.Empty;
            case "ls":
                return Names(arguments);
            case "pwd":
                return directory is null ? null : Line(directory);
            case "tee" or "cat" or "head" or "tail" or "sort" or "uniq" or "tac" or "sponge" or "pv" or "iconv" or "dos2unix" or "fold" or "column" or "buffer":
                return input;
            case "grep" or "egrep" or "fgrep":
                return Flagged(arguments, "cqlL") ? null : input;
            case "rev" when input?.Text is { } text:
                var lines = text.Split('\n');
                for (var i = 0; i < lines.Length; i++)
                {
                    var reversed = lines[i].ToCharArray();
                    Array.Reverse(reversed);
                    lines[i] = new string(reversed);
                }
                return Word.Of(string.Join('\n', lines));
            case "base64" when Flagged(arguments, "dD") || Has(arguments, "--decode"):
                return Base64(input?.Text);
            case "base32" or "base64" or "openssl":
                return name == "openssl" && Has(arguments, "-d") && (Has(arguments, "-base64") || Has(arguments, "base64") || Has(arguments, "-a")) ? Base64(input?.Text) : null;
            case "xxd" when Flagged(arguments, "r"):
                return Hex(input?.Text);
            case "tr" when arguments.Length > 0 && input?.Text is { } text:
                return Translate(text, arguments);
            case "dirname" or "basename" when arguments.Length > 1 && arguments[0].Is("--"):
                return Output(name, arguments[1..], input, directory, setting);
            case "dirname" or "basename" when arguments.Length > 0 && arguments[0].Text is { } path && !path.StartsWith('-'):
                var trimmed = path.Length > 1 ? path.TrimEnd('/') : path;
                var cut = trimmed.LastIndexOf('/');
                if (name == "dirname") return Line(cut < 0 ? "." : cut == 0 ? "/" : trimmed[..cut]);
                var leaf = trimmed[(cut + 1)..];
                return Line(arguments.Length > 1 && arguments[1].Text is { Length: > 0 } suffix && leaf.EndsWith(suffix, StringComparison.Ordinal) ? leaf[..^suffix.Length] : leaf);
            case "realpath" or "readlink" when arguments.Length > 0 && arguments[^1].Text is { } file && (name == "realpath" || Flagged(arguments, "f")):
                return ShellPath.Absolute(directory, file) is { } full ? Line(full) : null;
            case "mktemp":
                return Temp(arguments, setting);
            case "which" or "command" or "type" when arguments.Length > 0 && arguments[^1].Text is { } program && !program.StartsWith('-'):
                // Why: `command -v cd` names what the shell has itself; every other name is a file of the system.
                var isFile = name == "which" || (name == "command" ? Flagged(arguments[..^1], "v") && !Builtins.Contains(program) : Flagged(arguments[..^1], "pP"));
                return Line(isFile && !program.Contains('/', StringComparison.Ordinal) ? "/usr/bin/" + program : program);
            case "git" when Has(arguments, "rev-parse") && Has(arguments, "--show-toplevel"):
                return Line(setting.ProjectRoot);
            case "git" when Has(arguments, "rev-parse") && (Has(arguments, "--git-dir") || Has(arguments, "--absolute-git-dir") || Has(arguments, "--git-common-dir")):
                return Line(setting.ProjectRoot + "/.git");
            case "git" when Has(arguments, "rev-parse") && Has(arguments, "--git-path") && arguments[^1].Text is { } inside:
                return Line(setting.ProjectRoot + "/.git/" + inside);
            default:
                return null;
        }
    }

    /// <summary>Does the program leave its standard input alone?</summary>
    public static bool IgnoresInput(string name, Word[] arguments) => name switch
    {
        "echo" or "printf" or "true" or "false" or ":" or "ls" or "pwd" or "date" or "find" or "seq" or "yes" or "mktemp" or "basename" or "dirname"
            or "which" or "type" or "test" or "[" or "env" or "printenv" or "sleep" or "kill" or "touch" or "mkdir" or "rm" or "cp" or "mv" or "ln"
            or "git" or "wget" or "cd" or "export" or "id" or "whoami" or "uname" or "hostname" or "ps" or "df" or "du" => true,
        "curl" => true,
        "cat" or "head" or "tail" or "sort" or "rev" or "tac" or "base64" or "xxd" => HasFile(arguments),
        _ => false,
    };

    /// <summary>
    /// What is certain about an output that is not known: <see cref="PieceKind.Number"/> for short plain words,
    /// <see cref="PieceKind.Substitution"/> for never empty, <see cref="PieceKind.Variable"/> for nothing.
    /// </summary>
    public static PieceKind Certainty(Invocation maker)
    {
        switch (maker.Name)
        {
            case "date" or "nproc" or "wc" or "id" or "uname" or "hostname" or "whoami" or "uuidgen" or "seq" or "expr" or "getconf" or "arch" or "logname":
                foreach (var argument in maker.Arguments)
                {
                    if (argument.HasUnknown || argument.Text!.Contains('/', StringComparison.Ordinal)) return PieceKind.Variable;
                }
                return PieceKind.Number;
            case "git" when maker.Arguments.Length > 0 && maker.Arguments[0].Text is "rev-parse" or "describe":
                return PieceKind.Substitution;
            default:
                return PieceKind.Variable;
        }
    }

    /// <summary>printf's output from the format at <paramref name="from"/> on; null when it cannot be known.</summary>
    public static Word? Printf(Word[] arguments, int from)
    {
        if (from < arguments.Length && arguments[from].Is("--")) from++;
        if (from >= arguments.Length || arguments[from].Text is not { Length: <= LongestFormat } format) return null;
        var pieces = new List<WordPiece>();
        var text = new StringBuilder();
        var next = from + 1;
        do
        {
            var before = next;
            for (var i = 0; i < format.Length;)
            {
                if (format[i] == '\\') { i = AnsiDecode(format, i, text); continue; }
                if (format[i] != '%') { text.Append(format[i++]); continue; }
                var end = i + 1;
                while (end < format.Length && format[end] is '-' or '+' or ' ' or '#' or '.' or '*' or 'l' || (end < format.Length && char.IsAsciiDigit(format[end]))) end++;
                // Why: a width or precision cuts or pads; %.2s of rmx is rm.
                if (end >= format.Length || (end > i + 1 && format[end] is not ('%' or 'd' or 'i'))) return null;
                if (format[end] == '%') { text.Append('%'); i = end + 1; continue; }
                if (format[end] == '(') return null;
                var value = next < arguments.Length ? arguments[next] : Word.Of(format[end] is 'd' or 'i' ? "0" : "");
                next++;
                if (format[end] == 'b' && value.Text is { } escaped)
                {
                    for (var c = 0; c < escaped.Length;)
                    {
                        if (escaped[c] == '\\') c = AnsiDecode(escaped, c, text);
                        else text.Append(escaped[c++]);
                    }
                }
                else if (format[end] == 'c' && value.Text is { Length: > 0 } letters) text.Append(letters[0]);
                else if (format[end] is 'x' or 'o' or 'X' or 'e' or 'f' or 'g') return null;
                else Append(value, text, pieces);
                i = end + 1;
                if (text.Length > Longest) return null;
            }
            if (next == before) break;
        }
        while (next < arguments.Length);
        Flush(text, pieces);
        return new Word([.. pieces]);
    }

    private static int AnsiDecode(string text, int at, StringBuilder into)
    {
        // Why: printf knows \0nnn and \nnn; $'…' only the second.
        if (at + 2 < text.Length && text[at + 1] == '0' && text[at + 2] is >= '0' and <= '7') return Syntax.AnsiC.Decode(string.Concat("\\", text.AsSpan(at + 2, Math.Min(3, text.Length - at - 2))), 0, into) + at + 1;
        return Syntax.AnsiC.Decode(text, at, into);
    }

    private static Word Echo(Word[] arguments)
    {
        var newline = true;
        var escapes = false;
        var from = 0;
        for (; from < arguments.Length && arguments[from].Text is { Length: > 1 } flag && flag[0] == '-' && flag.AsSpan(1).IndexOfAnyExcept("neE") < 0; from++)
        {
            foreach (var c in flag.AsSpan(1))
            {
                if (c == 'n') newline = false;
                else escapes = c == 'e';
            }
        }
        var pieces = new List<WordPiece>();
        var text = new StringBuilder();
        for (var i = from; i < arguments.Length; i++)
        {
            if (i > from) text.Append(' ');
            if (escapes && arguments[i].Text is { } escaped)
            {
                for (var c = 0; c < escaped.Length;)
                {
                    if (escaped[c] == '\\') c = AnsiDecode(escaped, c, text);
                    else text.Append(escaped[c++]);
                }
            }
            else Append(arguments[i], text, pieces);
        }
        if (newline) text.Append('\n');
        Flush(text, pieces);
        return new Word([.. pieces]);
    }

    private static void Append(Word value, StringBuilder text, List<WordPiece> pieces)
    {
        foreach (var piece in value.Pieces)
        {
            if (!piece.IsUnknown && piece.Kind != PieceKind.Glob && piece.From is null && piece.Variable is null) { text.Append(piece.Text); continue; }
            Flush(text, pieces);
            pieces.Add(piece.Kind == PieceKind.Glob ? piece with { Kind = PieceKind.Literal } : piece);
        }
    }

    private static void Flush(StringBuilder text, List<WordPiece> pieces)
    {
        if (text.Length == 0) return;
        pieces.Add(new WordPiece(PieceKind.Literal, text.ToString(), true));
        text.Clear();
    }

    private static Word? Temp(Word[] arguments, ShellSetting setting)
    {
        var options = OptionReader.Read(arguments, new OptionTable("dqup:tV", "directory dry-run quiet tmpdir=? suffix="));
        var folder = setting.TempDirectory;
        if (options.Value("-p", "--tmpdir") is { } given)
        {
            if (given.Text is not { Length: > 0 } known) return null;
            folder = known;
        }
        var template = options.Operands.Count > 0 ? options.Operands[0].Text : "tmp.XXXXXXXXXX";
        if (template is null) return null;
        var isPlain = options.Operands.Count == 0 || options.Has("-t") || options.Has("-p", "--tmpdir");
        var path = isPlain ? folder + "/" + template : template;
        // Why: the made-up letters stand for random ones; nothing else can have that name.
        return new Word([new WordPiece(PieceKind.Literal, path, true) { IsFreshTemp = true }, new WordPiece(PieceKind.Literal, "\n", true)]);
    }

    /// <summary>
    /// What <c>ls .env*</c> and <c>ls -d */dist</c> print: the names themselves, since names with a dot in them are hardly ever folders.
    /// Null when one may be a folder whose content is listed, or when more than names is printed.
    /// </summary>
    private static Word? Names(Word[] arguments)
    {
        var pieces = new List<WordPiece>();
        var namesFolders = Flagged(arguments, "d");
        foreach (var argument in arguments)
        {
            if (argument.Text is not { } text) return null;
            if (text.StartsWith('-') && text.AsSpan(1).IndexOfAnyExcept("1adtr") < 0) continue;
            var leaf = ShellPath.Leaf(text);
            if (text.StartsWith('-') || (!namesFolders && (leaf is "." or ".." || !leaf.Contains('.', StringComparison.Ordinal)))) return null;
            pieces.AddRange(argument.Pieces);
            pieces.Add(new WordPiece(PieceKind.Literal, "\n", false));
        }
        return pieces.Count == 0 ? null : new Word([.. pieces]);
    }

    private static Word Line(string text) => Word.Of(text + "\n");

    private static bool Has(Word[] arguments, string word)
    {
        foreach (var argument in arguments)
        {
            if (argument.Is(word)) return true;
        }
        return false;
    }

    /// <summary>One of these letters is given as a short option.</summary>
    private static bool Flagged(Word[] arguments, string letters)
    {
        foreach (var argument in arguments)
        {
            if (argument.Text is { Length: > 1 } text && text[0] == '-' && text[1] != '-' && text.AsSpan(1).IndexOfAny(letters) >= 0) return true;
        }
        return false;
    }

    private static bool HasFile(Word[] arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            var argument = arguments[i];
            if (argument.HasUnknown) return true;
            // Why: the number of `head -c 63` and the key of `sort -k 2` are no files.
            var isValue = i > 0 && arguments[i - 1].Text is "-n" or "-c" or "-k" or "-t" or "-w" or "-s" or "-l";
            if (!argument.Text!.StartsWith('-') && !isValue) return true;
        }
        return false;
    }
}
