namespace Septim.Hooks.Shell.Evaluation;

internal sealed partial class Evaluator
{
    /// <summary>Shells and other interpreters: finds the code that reaches them. Null for every other name.</summary>
    private Feed? Interpret(Call call)
    {
        switch (call.Name)
        {
            case "sh" or "bash" or "zsh" or "dash" or "ash" or "ksh" or "mksh" or "ksh93" or "rbash" or "yash" or "fish" or "csh" or "tcsh" or "hush" or "posh" or "osh" or "ysh" or "oksh" or "nu" or "xonsh" or "elvish" or "murex":
                return ShellCode(call);
            case "python" or "pypy" or "ipython":
                return Module(call) ?? Language(call, CodeLanguage.Python, new("bBc:dEhiIm:OPqsSuvVW:xX:", "help version") { StopsAtOperand = true }, "-c", null, "-m");
            case "node" or "deno" or "bun" or "ts-node" or "tsx" or "qjs" when call.Name is not ("deno" or "bun") || call.Text(0) is "eval" or "-e" or "--eval" or "-p" or "-":
                return Language(Unclustered(call), CodeLanguage.JavaScript, new("e:p:r:ic:hvC:", "eval= print= require= import= loader= experimental-loader= input-type= env-file= conditions= check version help") { StopsAtOperand = true }, "-e -p", "--eval --print", "--check -c");
            case "perl":
                return Language(call, CodeLanguage.Perl, new("e:E:I:M:m:F:i::x::V::acfhnpsStTuUvwWX") { StopsAtOperand = true }, "-e -E", null, "-v -V");
            case "ruby" or "jruby":
                return Language(call, CodeLanguage.Ruby, new("e:E:I:r:C:F:i::x::acdhlnpsSvwy", "version help") { StopsAtOperand = true }, "-e", null, "--version");
            case "php":
                return Language(call, CodeLanguage.Php, new("r:B:R:E:F:f:c:d:z:S:t:aChilmnqsvw", "run= version help") { StopsAtOperand = true }, "-r -B -R -E", "--run", "--version -v -l");
            case "erl":
                for (var i = 0; i + 1 < call.Arguments.Length; i++)
                {
                    if (call.Text(i) is "-eval") return Run(call, CodeLanguage.Other, call.Arguments[i + 1], CodeOrigin.Argument);
                }
                return Plain(call);
            case "lua" or "luajit" or "rscript" or "r" or "julia" or "octave" or "tclsh" or "expect" or "osascript" or "elixir" or "iex" or "scala" or "scala-cli" or "groovy" or "kotlinc" or "jshell" or "swift" or "racket" or "guile" or "clojure" or "clj" or "bb" or "nim" or "crystal":
                return Language(call, CodeLanguage.Other, new("e:c:l:E:", "eval= version help") { StopsAtOperand = true }, "-e -c -E", "--eval", "--version");
            case "awk" or "gawk" or "mawk" or "nawk" or "original-awk":
                return Awk(call);
            case "pwsh" or "powershell" or "cmd":
                return Windows(call);
            default:
                return Script(call);
        }
    }

    /// <summary>A program file that this command line wrote itself runs as a script.</summary>
    private Feed? Script(Call call)
    {
        if (call.Program.Text is not { } text || !text.Contains('/', StringComparison.Ordinal) || Written(text, call) is not { } written || written.IsNothing) return null;
        if (written.Content is null && written.Files is [.., var copied] && IsInstalled(copied.Text))
        {
            var copy = Emit(call);
            return Invoke([copied, .. call.Arguments], call.Assignments, call.Redirects, call.Scope, Inside(call.Frame, copy, Reach.Wrapper), false);
        }
        var invocation = Emit(call, [new CodeInput(CodeLanguage.Shell, CodeOrigin.File, written)]);
        return written.Content is null ? OutputOf(call, invocation) : Code(written.Content, Child(call), Inside(call.Frame, invocation, Reach.Code), Reach.Code);
    }

    /// <summary>A program of the system: a copy of it, or a link to it, under another name is still that program.</summary>
    private static bool IsInstalled(string? path)
    {
        foreach (var folder in (ReadOnlySpan<string>)["/bin/", "/usr/bin/", "/sbin/", "/usr/sbin/", "/usr/local/bin/", "/opt/homebrew/bin/"])
        {
            if (path?.StartsWith(folder, StringComparison.Ordinal) == true) return true;
        }
        return false;
    }

    private Feed ShellCode(Call call)
    {
        var arguments = call.Arguments;
        var at = 0;
        var takesCode = false;
        var checksOnly = false;
        var readsInput = false;
        Word? code = null;
        for (; at < arguments.Length; at++)
        {
            var text = arguments[at].Text;
            if (text is null || text.Length < 2 || text[0] is not ('-' or '+')) break;
            if (text == "--") { at++; break; }
            if (text is "--help" or "--version" or "-h" && call.Name != "csh") return Plain(call);
            if (text is "--rcfile" or "--init-file" or "--init-command" or "-C" && (call.Name == "fish" || text[1] == '-'))
            {
                at++;
                continue;
            }
            if (text is "--command") { takesCode = true; continue; }
            if (text.StartsWith("--command=", StringComparison.Ordinal)) { code = arguments[at].From(10); continue; }
            if (text.StartsWith("--", StringComparison.Ordinal)) { checksOnly |= text == "--no-execute"; continue; }
            foreach (var letter in text.AsSpan(1))
            {
                if (letter == 'c' && text[0] == '-') takesCode = true;
                else if (letter == 's' && text[0] == '-') readsInput = true;
                else if (letter == 'n') checksOnly = text[0] == '-';
                else if (letter is 'o' or 'O' && at + 1 < arguments.Length)
                {
                    at++;
                    checksOnly |= arguments[at].Is("noexec") && text[0] == '-';
                }
            }
        }
        if (checksOnly) return Plain(call);
        var rest = at;
        CodeOrigin origin;
        Feed feed;
        if (code is not null || (takesCode && at < arguments.Length))
        {
            code ??= arguments[rest++];
            feed = Feed.Of(code);
            origin = CodeOrigin.Argument;
        }
        else if (takesCode) return Plain(call);
        else if (readsInput || at >= arguments.Length || arguments[at].Is("-"))
        {
            feed = call.Frame.Input;
            origin = CodeOrigin.Input;
            if (rest < arguments.Length && arguments[rest].Is("-")) rest++;
        }
        else
        {
            feed = arguments[at].Text is "/dev/stdin" or "/dev/fd/0" ? call.Frame.Input : FileFeed(arguments[at], call.Scope);
            origin = CodeOrigin.File;
            rest++;
        }
        // Why: a terminal's or the client's own input is nobody's code; there is nothing to judge.
        if (feed == Feed.Inherited || (origin == CodeOrigin.Input && feed.IsNothing)) return Plain(call);
        var invocation = Emit(call, [new CodeInput(CodeLanguage.Shell, origin, feed)]);
        if (feed.Content is null) return OutputOf(call, invocation);
        var child = Child(call);
        if (origin == CodeOrigin.Argument)
        {
            child.Zero = rest < arguments.Length ? arguments[rest] : Word.Of(call.Name);
            child.Arguments = call.Rest(rest + 1);
        }
        else
        {
            child.Zero = Word.Of(call.Name);
            child.Arguments = call.Rest(rest);
        }
        var frame = Inside(call.Frame, invocation, Reach.Code);
        // Why: `sh -c rm -rf x` runs a bare rm, but whoever wrote it, or lost the quotes on the way over ssh, xargs or watch, meant the rest too.
        if (origin == CodeOrigin.Argument && rest < arguments.Length && feed.Content is { Pieces.Length: 1 } one && IsName(one.Text))
            Invoke([one, .. call.Rest(rest)], [], [], call.Scope.Clone(), frame with { IsGuess = true }, false);
        if (origin == CodeOrigin.Input) frame = frame.Reading(Feed.Inherited);
        return Tainted(Code(feed.Content, child, frame, Reach.Code), invocation, call);
    }

    /// <summary>A program's name and nothing else.</summary>
    private static bool IsName(string? text)
    {
        if (string.IsNullOrEmpty(text) || text[0] == '-') return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.' or '/')) return false;
        }
        return true;
    }

    /// <summary>An interpreter's output is also its own.</summary>
    private static Feed Tainted(Feed output, Invocation invocation, Call call) =>
        call.Frame.IsHeard ? new Feed { Content = output.Content, From = [.. output.From, invocation], Files = output.Files } : output;

    /// <summary><c>python -m timeit code</c> and other modules that run what their arguments say; null for all else.</summary>
    private Feed? Module(Call call)
    {
        var at = 0;
        while (call.Text(at).StartsWith('-') && !call.Text(at).EndsWith('m') && !call.Text(at).EndsWith('c')) at++;
        if (!call.Text(at).StartsWith('-') || !call.Text(at).EndsWith('m')) return null;
        var rest = call.Rest(at + 2);
        var code = new List<Word>();
        switch (call.Text(at + 1))
        {
            case "timeit":
                var timed = OptionReader.Read(rest, new("n:r:s:u:pvh", "number= repeat= setup= unit= process verbose help") { StopsAtOperand = true });
                code.AddRange(timed.Values("-s", "--setup"));
                code.AddRange(timed.Operands);
                break;
            case "pdb" or "ipdb" or "IPython" or "trace" or "cProfile" or "profile" or "coverage":
                code.AddRange(OptionReader.Read(rest, new("c:", "command=") { StopsAtOperand = true }).Values("-c", "--command"));
                break;
        }
        if (code.Count == 0) return null;
        var joined = Lines(code);
        return Run(call, CodeLanguage.Python, joined.Prefix.StartsWith('!') ? joined.From(1) : joined, CodeOrigin.Argument);
    }

    /// <summary>Pieces of code that stand apart, one a line.</summary>
    private static Word Lines(List<Word> codes)
    {
        if (codes.Count == 1) return codes[0];
        var pieces = new List<WordPiece>();
        foreach (var code in codes)
        {
            if (pieces.Count > 0) pieces.Add(new WordPiece(PieceKind.Literal, "\n", true));
            pieces.AddRange(code.Pieces);
        }
        return new Word([.. pieces]);
    }

    private Feed Language(Call call, CodeLanguage language, OptionTable table, string letters, string? names, string nothing)
    {
        if (call.Name is "deno" && call.Text(0) == "eval" && call.Arguments.Length > 1) return Run(call, language, call.Arguments[^1], CodeOrigin.Argument);
        var options = OptionReader.Read(call.Arguments, table);
        List<Word>? codes = null;
        foreach (var option in options.Options)
        {
            if (option.Name is "--help" or "--version" || Lists(nothing, option.Name)) return Plain(call);
            if (option.Value is null || !(Lists(letters, option.Name) || (names is not null && Lists(names, option.Name)))) continue;
            (codes ??= []).Add(option.Value);
        }
        if (codes is not null) return Run(call, language, Lines(codes), CodeOrigin.Argument);
        var first = options.FirstOperand < call.Arguments.Length ? call.Arguments[options.FirstOperand] : null;
        if (first is not null && !first.Is("-"))
        {
            var file = FileFeed(first, call.Scope);
            return Interpreted(call, language, file, CodeOrigin.File);
        }
        return call.Frame.Input == Feed.Inherited || call.Frame.Input.IsNothing ? Plain(call) : Interpreted(call, language, call.Frame.Input, CodeOrigin.Input);
    }

    /// <summary>node's <c>-p</c> has its value from a following <c>-e</c>, and <c>-pe</c> is one option.</summary>
    private static Call Unclustered(Call call)
    {
        var words = new List<Word>(call.Arguments.Length);
        for (var i = 0; i < call.Arguments.Length; i++)
        {
            if (call.Text(i) is "-p" or "--print" && i + 1 < call.Arguments.Length && call.Text(i + 1).StartsWith('-')) continue;
            words.Add(call.Text(i) is "-pe" or "-ep" ? Word.Of("-e") : call.Arguments[i]);
        }
        return words.Count == call.Arguments.Length && !call.Has("-pe") && !call.Has("-ep") ? call : call with { Arguments = [.. words] };
    }

    private Feed Run(Call call, CodeLanguage language, Word code, CodeOrigin origin) => Interpreted(call, language, Feed.Of(code), origin);

    private Feed Interpreted(Call call, CodeLanguage language, Feed feed, CodeOrigin origin)
    {
        var invocation = Emit(call, [new CodeInput(language, origin, feed)]);
        if (call.Name == "expect" && feed.Text is { } script)
        {
            foreach (var range in script.AsSpan().SplitAny('\n', ';'))
            {
                var line = script.AsSpan(range).Trim();
                if (_budget.IsSpent) break;
                if (line.StartsWith("spawn ")) Code(Word.Of(line[6..].ToString()), Child(call), Inside(call.Frame, invocation, Reach.Code), Reach.Code);
            }
        }
        // Why: a line of IPython that begins with ! is the shell's.
        if (call.Name == "ipython" && feed.Text is { } lines && lines.TrimStart().StartsWith('!')) Code(Word.Of(lines.TrimStart()[1..]), Child(call), Inside(call.Frame, invocation, Reach.Code), Reach.Code);
        if (feed.Content is not null) Foreign(language, feed.Content, call, Inside(call.Frame, invocation, Reach.Interpreter));
        return OutputOf(call, invocation);
    }

    private Feed Awk(Call call)
    {
        var options = OptionReader.Read(call.Arguments, new("F:v:f:e:E:i:l:W:", "field-separator= assign= file= source= exec= include= load= version help") { StopsAtOperand = true });
        if (options.Has("--version", "--help")) return Plain(call);
        if (options.Value("-e", "--source") is { } source) return Run(call, CodeLanguage.Awk, source, CodeOrigin.Argument);
        if (options.Value("-f", "--file") is { } file) return Interpreted(call, CodeLanguage.Awk, FileFeed(file, call.Scope), CodeOrigin.File);
        return options.Operands.Count == 0 ? Plain(call) : Run(call, CodeLanguage.Awk, options.Operands[0], CodeOrigin.Argument);
    }
}
