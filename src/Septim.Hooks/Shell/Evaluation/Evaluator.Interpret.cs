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
            case "python" or "pypy" or "ipython" or "micropython" or "py" or "sage" or "jython":
                return Module(call) ?? Hosted(call, Python) ?? Language(call, CodeLanguage.Python, Python, "-c", null, "-m");
            case "deno" or "bun" when call.Text(0) is not ("eval" or "-e" or "--eval" or "-p" or "--print" or "-"):
                return Runner(call);
            case "zx":
                return Runner(call) ?? Language(call, CodeLanguage.JavaScript, Node, "-e", "--eval", "--version");
            case "node" or "deno" or "bun" or "ts-node" or "tsx" or "qjs":
                return Language(Unclustered(call), CodeLanguage.JavaScript, Node, "-e -p", "--eval --print", "--check -c");
            case "perl":
                return Language(call, CodeLanguage.Perl, new("e:E:I:M:m:F:i::x::V::acfhnpsStTuUvwWX") { StopsAtOperand = true }, "-e -E", null, "-v -V");
            case "ruby" or "jruby" or "truffleruby":
                return Hosted(call, Ruby) ?? Language(call, CodeLanguage.Ruby, Ruby, "-e", null, "--version");
            case "irb" or "pry":
                return Started(call, CodeLanguage.Ruby, -1, "-e", "--execute");
            case "php":
                return Hosted(call, Php) ?? Language(call, CodeLanguage.Php, Php, "-r -B -R -E", "--run", "--version -v -l");
            case "psysh":
                return Started(call, CodeLanguage.Php, -1, "", "");
            case "manage.py" or "django-admin" or "flask" or "quart" or "artisan" or "rails" or "wp" or "drush":
                return Framework(call, call.Name, 0);
            case "pytest" or "py.test" or "jest" or "vitest" or "mocha" or "ava" or "tap" or "jasmine" or "rspec" or "phpunit" or "nodemon" or "pm2" or "ts-node-dev" or "vite-node" or "esno"
                or "jiti" or "babel-node" or "coverage" or "behave" or "nose2" or "prove" or "rake" or "streamlit" or "locust" or "playwright" or "electron":
                return Runner(call);
            case "nim" or "crystal" or "swift" when Compiled(call) is { } compiled: return compiled;
            case "nim" when call.Arguments is [.., var evaluated] && evaluated.StartsWith("--eval:"):
                return Run(call, CodeLanguage.Other, evaluated.From(7), CodeOrigin.Argument);
            case "erl" or "matlab":
                for (var i = 0; i + 1 < call.Arguments.Length; i++)
                {
                    if (call.Text(i) is "-eval" or "-batch" or "-r") return Run(call, CodeLanguage.Other, call.Arguments[i + 1], CodeOrigin.Argument);
                }
                return Plain(call);
            case "lua" or "luajit" or "rscript" or "r" or "julia" or "octave" or "octave-cli" or "tclsh" or "wish" or "kotlin" or "jrunscript" or "sbcl" or "ghc" or "dotnet-script" or "rust-script" or "expect" or "osascript" or "elixir" or "iex" or "scala" or "scala-cli" or "groovy" or "kotlinc" or "jshell" or "swift" or "racket" or "guile" or "clojure" or "clj" or "bb" or "nim" or "crystal"
                or "ocaml" or "fennel" or "janet" or "pike" or "io" or "gst" or "yaegi" or "gore" or "amm" or "csi" or "chez" or "scheme" or "gsi" or "clisp" or "ecl" or "hy":
                return Language(call, CodeLanguage.Other, new("e:c:l:E:x:", "eval= version help") { StopsAtOperand = true }, "-e -c -E -x", "--eval", "--version");
            case "swipl" or "gprolog":
                return Language(call, CodeLanguage.Other, new("g:t:f:s:", "goal= version help") { StopsAtOperand = true }, "-g -t", "--goal", "--version");
            case "wolframscript":
                return Language(call, CodeLanguage.Other, new("c:f:", "code= version help") { StopsAtOperand = true }, "-c", "--code", "--version");
            case "gcc" or "g++" or "cc" or "c++" or "clang" or "clang++" or "tcc" or "rustc" or "ghc" or "runghc" or "runhaskell" or "go" or "zig" or "v" or "dart" or "cargo" or "dotnet" or "java" or "swiftc" or "dmd" or "ldc2" or "gfortran":
                return Compiled(call);
            case "mix" when call.Text(0) is "run" or "eval":
                return call.Text(0) == "eval" && call.Arguments.Length > 1 ? Run(call, CodeLanguage.Other, call.Arguments[^1], CodeOrigin.Argument) : Started(call, CodeLanguage.Other, 0, "-e", "--eval");
            case "raku" or "perl6":
                return Language(call, CodeLanguage.Perl, new("e:I:M:") { StopsAtOperand = true }, "-e", null, "-v");
            case "awk" or "gawk" or "mawk" or "nawk" or "original-awk":
                return Awk(call);
            case "pwsh" or "powershell" or "cmd":
                return Windows(call);
            default:
                return Script(call);
        }
    }

    private Feed ShellCode(Call call)
    {
        var arguments = call.Arguments;
        var at = 0;
        var takesCode = false;
        var checksOnly = false;
        var readsInput = false;
        Word? code = null;
        Word? first = null;
        for (; at < arguments.Length; at++)
        {
            var text = arguments[at].Text;
            if (text is null || text.Length < 2 || text[0] is not ('-' or '+')) break;
            if (text == "--") { at++; break; }
            if (text is "--help" or "--version" or "-h" && call.Name != "csh") return Plain(call);
            if (text is "--rcfile" or "--init-file" or "--init-command" or "-C" && (call.Name == "fish" || text[1] == '-'))
            {
                if (++at < arguments.Length) first = text is "--rcfile" or "--init-file" ? FileFeed(arguments[at], call.Scope).Content : arguments[at];
                continue;
            }
            if (text.StartsWith("--init-command=", StringComparison.Ordinal)) { first = arguments[at].From(15); continue; }
            if (call.Name == "nu" && text is "--commands" or "-e" or "--execute") { takesCode = true; continue; }
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
        if (first is not null) Code(OtherShells.Translated(call.Name, first), Child(call), Inside(call.Frame, Emit(call), Reach.Code), Reach.Code);
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
        if (call.Name == "xonsh") Foreign(CodeLanguage.Python, feed.Content, call, Inside(call.Frame, invocation, Reach.Interpreter));
        var child = Child(call);
        if (origin == CodeOrigin.Argument)
        {
            child.Zero = rest < arguments.Length ? arguments[rest] : Word.Of(call.Name);
            child.Arguments = call.Rest(rest + 1);
        }
        else if (origin == CodeOrigin.File) AsScript(child, arguments[at], call.Rest(rest));
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
        return Tainted(Code(OtherShells.Translated(call.Name, feed.Content), child, frame, Reach.Code), invocation, call);
    }

    /// <summary>The state in which a script runs: it knows its own path.</summary>
    private static void AsScript(Scope child, Word path, Word[] arguments)
    {
        child.Zero = path;
        child.Arguments = arguments;
        child.Set("BASH_SOURCE", Variable.Of(path));
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

    private Feed Awk(Call call)
    {
        var options = OptionReader.Read(call.Arguments, new("F:v:f:e:E:i:l:W:", "field-separator= assign= file= source= exec= include= load= version help") { StopsAtOperand = true });
        if (options.Has("--version", "--help")) return Plain(call);
        if (options.Value("-e", "--source") is { } source) return Run(call, CodeLanguage.Awk, source, CodeOrigin.Argument);
        if (options.Value("-f", "--file") is { } file) return Interpreted(call, CodeLanguage.Awk, file.Is("-") ? call.Frame.Input : FileFeed(file, call.Scope), file.Is("-") ? CodeOrigin.Input : CodeOrigin.File);
        if (options.Operands.Count == 0) return Plain(call);
        List<Word>? code = null;
        foreach (var given in options.Values("-v", "--assign"))
        {
            // Why: what -v sets may be a command for system().
            if (given.Text is { } text && text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals && text.AsSpan().IndexOfAny('"', '\\', '\n') < 0) (code ??= []).Add(Word.Of(text[..equals] + "=\"" + text[(equals + 1)..] + "\";"));
        }
        code?.Add(options.Operands[0]);
        return Run(call, CodeLanguage.Awk, code is null ? options.Operands[0] : Lines(code), CodeOrigin.Argument);
    }
}
