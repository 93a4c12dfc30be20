using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.Evaluation;

/// <summary>Interpreters of other languages than the shell's: where their code stands.</summary>
internal sealed partial class Evaluator
{
    private static readonly OptionTable Python = new("23bBc:dEhiIm:OPqsSuvVW:xX:", "help version") { StopsAtOperand = true };
    private static readonly OptionTable Node = new("e:p:r:ic:hvC:", "eval= print= require= import= loader= experimental-loader= input-type= env-file= conditions= check version help") { StopsAtOperand = true };
    private static readonly OptionTable Ruby = new("e:E:I:r:C:F:i::x::acdhlnpsSvwy", "version help") { StopsAtOperand = true };
    private static readonly OptionTable Php = new("r:B:R:E:F:f:c:d:z:S:t:aChilmnqsvw", "run= file= version help") { StopsAtOperand = true };

    private Feed Language(Call call, CodeLanguage language, OptionTable table, string letters, string? names, string nothing)
    {
        if (call.Name is "deno" or "crystal" or "dotnet-script" && call.Text(0) == "eval" && call.Arguments.Length > 1)
            return Run(call, language, call.Arguments[^1], CodeOrigin.Argument, new CodeSetting { ShowsValues = call.Has("-p") || call.Has("--print") });
        // Why: a Lisp takes an expression where others take a file.
        if (IsLisp(call.Name) && call.Arguments.Length == 1 && call.Arguments[0].StartsWith("(")) return Run(call, language, call.Arguments[0], CodeOrigin.Argument);
        var options = OptionReader.Read(call.Arguments, table);
        List<Word>? codes = null;
        var shows = false;
        foreach (var option in options.Options)
        {
            if (option.Name is "--help" or "--version" || NameList.Has(nothing, option.Name)) return Plain(call);
            if (option.Value is null || !(NameList.Has(letters, option.Name) || (names is not null && NameList.Has(names, option.Name)))) continue;
            shows |= language == CodeLanguage.JavaScript && option.Name is "-p" or "--print";
            (codes ??= []).Add(option.Value);
        }
        var rest = call.Rest(options.FirstOperand);
        var reads = options.Has("-n", "-p") && (language == CodeLanguage.Ruby || (language == CodeLanguage.Perl && codes is not null && Removes(codes)));
        if (codes is not null)
            return Run(call, language, Lines(codes), CodeOrigin.Argument, new CodeSetting { Arguments = rest, ReadsLines = reads, Input = call.Frame.Input, ShowsValues = shows || call.Name is "rscript" or "r" or "ipython" || call.Has("-E") && call.Name is "julia" || (reads && language == CodeLanguage.Ruby && options.Has("-p")) });
        var first = language == CodeLanguage.Php && options.Value("-f", "--file") is { } named ? named : rest.Length > 0 ? rest[0] : null;
        if (first is not null && !first.Is("-"))
        {
            var arguments = rest.Length > 0 && ReferenceEquals(first, rest[0]) ? rest[1..] : rest;
            return Interpreted(call, language, FileFeed(first, call.Scope), CodeOrigin.File, new CodeSetting { File = first.Text, Arguments = arguments, Input = call.Frame.Input });
        }
        if (call.Frame.Input == Feed.Inherited || call.Frame.Input.IsNothing) return Plain(call);
        return Interpreted(call, language, call.Frame.Input, CodeOrigin.Input, new CodeSetting { Arguments = rest.Length > 0 ? rest[1..] : rest });
    }

    /// <summary>Perl's code may remove what its input names; what else becomes of the lines the readers' rules know.</summary>
    private static bool Removes(List<Word> codes)
    {
        foreach (var code in codes)
        {
            if (code.Shown.Contains("unlink", StringComparison.Ordinal) || code.Shown.Contains("rmtree", StringComparison.Ordinal) || code.Shown.Contains("remove_tree", StringComparison.Ordinal)) return true;
        }
        return false;
    }

    /// <summary>node's <c>-p</c> has its value from a following <c>-e</c>, and <c>-pe</c> is one option.</summary>
    private static Call Unclustered(Call call)
    {
        var words = new List<Word>(call.Arguments.Length);
        for (var i = 0; i < call.Arguments.Length; i++)
        {
            if (call.Text(i) is "-p" or "--print" && call.Text(i + 1) is "-e" or "--eval")
            {
                words.Add(Word.Of("-p"));
                i++;
                continue;
            }
            if (call.Text(i) is "-p" or "--print" && call.Text(i + 1).StartsWith('-')) continue;
            words.Add(call.Text(i) is "-pe" or "-ep" ? Word.Of("-p") : call.Arguments[i]);
        }
        return words.Count == call.Arguments.Length && !call.Has("-pe") && !call.Has("-ep") ? call : call with { Arguments = [.. words] };
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

    private Feed Run(Call call, CodeLanguage language, Word code, CodeOrigin origin, CodeSetting? setting = null) => Interpreted(call, language, Feed.Of(code), origin, setting);

    private static bool IsLisp(string name) => name is "bb" or "clojure" or "clj" or "guile" or "racket" or "sbcl" or "ecl" or "clisp" or "csi" or "chez" or "scheme" or "gsi" or "janet" or "fennel" or "hy";

    private Feed Interpreted(Call call, CodeLanguage language, Feed feed, CodeOrigin origin, CodeSetting? setting = null)
    {
        var invocation = Emit(call, [new CodeInput(language, origin, feed)]);
        if (call.Name is "expect" or "tclsh" or "wish" && feed.Text is { } script)
        {
            foreach (var range in script.AsSpan().SplitAny('\n', ';'))
            {
                var line = script.AsSpan(range).Trim();
                if (_budget.IsSpent) break;
                var code = line.StartsWith("spawn ") ? line[6..].ToString() : line.StartsWith("file delete ") ? "rm -rf " + line[12..].ToString().Replace("-force", "", StringComparison.Ordinal) : null;
                if (code is not null) Code(Word.Of(code), Child(call), Inside(call.Frame, invocation, Reach.Code), Reach.Code);
            }
        }
        if (IsLisp(call.Name) && feed.Text is { } lisp)
        {
            var doors = new Doors(_budget);
            Lisp(lisp, doors);
            foreach (var (_, code) in doors.Found) Code(code, Child(call), Inside(call.Frame, invocation, Reach.Code), Reach.Code);
        }
        // Why: a line of IPython that begins with ! is the shell's.
        if (call.Name == "ipython" && feed.Text is { } lines && lines.TrimStart().StartsWith('!')) Code(Word.Of(lines.TrimStart()[1..]), Child(call), Inside(call.Frame, invocation, Reach.Code), Reach.Code);
        if (feed.Content is not null) Foreign(language, feed.Content, call, Inside(call.Frame, invocation, Reach.Interpreter), setting);
        return OutputOf(call, invocation);
    }

    /// <summary>A program file that this command line wrote itself runs as a script.</summary>
    private Feed? Script(Call call)
    {
        if (call.Program.Text is not { } text) return null;
        if (Program(call) is { } program) return program;
        if (text == "-" && call.Frame.Via is [.., { Name: "uv" }]) return Interpreted(call, CodeLanguage.Python, call.Frame.Input, CodeOrigin.Input);
        if (!text.Contains('/', StringComparison.Ordinal))
        {
            if (OnPath(text, call) is { } own) return Script(call with { Program = own });
            // Why: `uv run x.py` is python x.py.
            return call.Frame.Via is [.., { Name: "uv" or "pipx" or "pdm" or "hatch" or "rye" }] && LanguageOf(text) is CodeLanguage.Python
                ? Interpreted(call, CodeLanguage.Python, FileFeed(call.Program, call.Scope), CodeOrigin.File, new CodeSetting { File = text, Arguments = call.Arguments })
                : null;
        }
        if (Written(text, call) is not { } written || written.IsNothing) return null;
        if (written.Content is null && written.Files is [.., var copied] && IsInstalled(copied.Text))
        {
            var copy = Emit(call);
            return Invoke([copied, .. call.Arguments], call.Assignments, call.Redirects, call.Scope, Inside(call.Frame, copy, Reach.Wrapper), false);
        }
        if (Interpreter(written) is { } words)
        {
            var started = Emit(call);
            return Invoke([.. words, call.Program, .. call.Arguments], call.Assignments, call.Redirects, call.Scope, Inside(call.Frame, started, Reach.Wrapper), false);
        }
        var invocation = Emit(call, [new CodeInput(CodeLanguage.Shell, CodeOrigin.File, written)]);
        if (written.Content is null) return OutputOf(call, invocation);
        var child = Child(call);
        AsScript(child, call.Program, call.Arguments);
        return Code(written.Content, child, Inside(call.Frame, invocation, Reach.Code), Reach.Code);
    }

    /// <summary>A file of this name that the command line wrote into a directory which it put onto PATH.</summary>
    private Word? OnPath(string name, Call call)
    {
        if (_files.Paths.Count == 0) return null;
        var path = Array.Find(call.Assignments, static assignment => assignment.Name == "PATH")?.Value ?? call.Scope.Find("PATH")?.Values[0];
        if (path is null) return null;
        foreach (var file in _files.Paths)
        {
            if (ShellPath.Leaf(file) == name && path.Shown.Contains(ShellPath.Leaf(file[..Math.Max(0, file.Length - name.Length - 1)]), StringComparison.Ordinal)) return Word.Of(file);
        }
        return null;
    }

    /// <summary>What <c>#!</c> in a file's first line says it is run with; null for none and for shells, which are read here anyhow.</summary>
    private static List<Word>? Interpreter(Feed written)
    {
        if (written.Content is not { Prefix: var head } || !head.StartsWith("#!", StringComparison.Ordinal)) return null;
        var end = head.IndexOf('\n', StringComparison.Ordinal);
        if (end is < 0 or > 256) return null;
        var words = new List<Word>();
        foreach (var part in head[2..end].Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            var isEnv = words.Count == 0 && ShellPath.Leaf(part) == "env";
            if (!isEnv && !(words.Count == 0 && part.StartsWith('-'))) words.Add(Word.Of(part));
        }
        return words.Count == 0 || ShellPath.Leaf(words[0].Text!) is "sh" or "bash" or "zsh" or "dash" or "ash" or "ksh" or "fish" ? null : words;
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
}
