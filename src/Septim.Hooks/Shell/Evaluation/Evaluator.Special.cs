using System.Runtime.InteropServices;

namespace Septim.Hooks.Shell.Evaluation;

internal sealed partial class Evaluator
{
    /// <summary>Programs that run others in a way of their own; null for every other name.</summary>
    private Feed? Special(Call call) => call.Name switch
    {
        "xargs" => Xargs(call),
        "parallel" => Parallel(call),
        "gdb" when call.Has("--args") => Debugged(call),
        "find" or "gfind" => Find(call),
        "fd" or "fdfind" => Fd(call),
        "git" => Git(call),
        "go" when Compiled(call) is { } ran => ran,
        "crontab" when !call.Has("-l") && !call.Has("-r") => Crontab(call),
        "at" => At(call),
        "make" or "gmake" => Make(call),
        "npm" or "pnpm" or "yarn" or "bun" => Scripted(call),
        "just" or "task" or "go-task" or "foreman" or "honcho" or "overmind" or "hivemind" or "goreman" => Tasks(call),
        "tar" or "bsdtar" or "rsync" or "scp" or "sftp" or "man" or "zip" or "vim" or "vi" or "nvim" or "ex" or "view" or "gdb" or "lldb" or "ncat" or "nc" or "netcat"
            or "socat" or "ed" or "complete" or "compgen" or "mongosh" or "mongo" or "sed" or "gsed" or "screen" or "emacs" or "emacsclient" or "less" or "more"
            or "sqlite3" or "sqlite" or "litecli" or "duckdb" or "psql" or "pgcli" or "vsql" or "cockroach" or "mysql" or "mariadb" or "mycli" or "sqlplus" or "sqlcl" or "sqlcmd"
            or "beeline" or "hive" or "ftp" or "lftp" or "gnuplot" or "dc" or "mlr" or "maxima" or "gp" or "scilab" or "mail" or "mailx" => Embedded(call),
        _ => TextOptions.Has(call.Name) ? Embedded(call) : null,
    };

    private Feed Xargs(Call call)
    {
        var table = new OptionTable("0oprtxa:d:E:e::I:i::J:L:l::n:P:s:R:S:",
            "null arg-file= delimiter= eof=? replace=? max-lines=? max-args= max-procs= max-chars= process-slot-var= open-tty interactive no-run-if-empty verbose exit show-limits help version")
        { StopsAtOperand = true };
        var options = OptionReader.Read(call.Arguments, table);
        var wrapper = Emit(call);
        if (options.Has("--help", "--version")) return OutputOf(call, wrapper);
        var command = call.Rest(options.FirstOperand);
        if (command.Length == 0)
        {
            var words = options.Value("-a", "--arg-file") is null ? Items(call.Frame.Input, options, false) : [];
            return OutputOf(call with { Name = "echo", Arguments = [.. words] }, wrapper);
        }
        var mark = options.Value("-I", "--replace")?.Text ?? options.Value("-i")?.Text ?? options.Value("-J")?.Text;
        if (mark is null or "" && (options.Has("-i") || options.Has("--replace") || options.Has("-I"))) mark = "{}";
        var input = options.Value("-a", "--arg-file") is { } file ? FileFeed(file, call.Scope) : call.Frame.Input;
        var frame = Inside(call.Frame, wrapper, Reach.Wrapper).Reading(Feed.Nothing);
        var items = Items(input, options, mark is not null);
        if (mark is null) return Invoke([.. command, .. items], call.Assignments, call.Redirects, call.Scope.Clone(), frame, false);
        var output = Feed.Nothing;
        foreach (var item in items)
        {
            if (!_budget.Expansion()) break;
            output = Feed.Concat(output, Invoke(CollectionsMarshal.AsSpan(Replace(command, mark, item)), call.Assignments, call.Redirects, call.Scope.Clone(), frame, false));
        }
        return output;
    }

    /// <summary>The words that xargs or parallel make of their input; one unknown word when it is not known.</summary>
    private static List<Word> Items(Feed input, OptionReading options, bool byLine)
    {
        if (input.Text is { } text && text.Length < 65536)
        {
            char[] separators = options.Has("-0", "--null") ? ['\0'] : options.Value("-d", "--delimiter")?.Text is { Length: > 0 } given ? [given[0] == '\\' && given.Length > 1 ? given[1] switch { 'n' => '\n', 't' => '\t', _ => '\0' } : given[0]] : byLine ? ['\n'] : [' ', '\t', '\n'];
            var items = new List<Word>();
            var hasNames = HasNames(input.Content!);
            foreach (var item in text.Split(separators, StringSplitOptions.RemoveEmptyEntries))
            {
                if (items.Count >= ShellLimits.Expansions) break;
                // Why: a glob of an echo was replaced by names before xargs reads them.
                if (hasNames && item.AsSpan().IndexOfAny("*?") >= 0) items.Add(Globbed(item));
                else items.Add(Word.Of(separators.Length == 3 ? item.Trim('\'', '"') : item));
            }
            return items;
        }
        return [new Word([new WordPiece(PieceKind.Substitution, "{}", true) { From = input, MayBeEmpty = false }])];
    }

    /// <summary>An unquoted glob is in the text: <see cref="Folding"/> keeps it as a piece of its own.</summary>
    private static bool HasNames(Word content)
    {
        foreach (var piece in content.Pieces)
        {
            if (!piece.Quoted && piece.Text is "*" or "?" or "**") return true;
        }
        return false;
    }

    private static Word Globbed(string text)
    {
        var pieces = new List<WordPiece>();
        var from = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] is not ('*' or '?')) continue;
            if (i > from) pieces.Add(new WordPiece(PieceKind.Literal, text[from..i], true));
            if (i < text.Length) pieces.Add(new WordPiece(PieceKind.Glob, text[i].ToString(), false));
            from = i + 1;
        }
        return new Word([.. pieces]);
    }

    private List<Word> Replace(ReadOnlySpan<Word> command, string mark, Word item)
    {
        _budget.Work(2 * command.Length);
        var words = new List<Word>(command.Length);
        foreach (var word in command)
        {
            if (!word.Shown.Contains(mark, StringComparison.Ordinal)) { words.Add(word); continue; }
            var pieces = new List<WordPiece>();
            foreach (var piece in word.Pieces)
            {
                if (piece.IsUnknown || !piece.Text.Contains(mark, StringComparison.Ordinal)) { pieces.Add(piece); continue; }
                if (_budget.IsSpent) return words;
                var first = true;
                foreach (var part in piece.Text.Split(mark))
                {
                    if (!first) pieces.AddRange(item.Pieces);
                    first = false;
                    if (!_budget.Work(8)) break;
                    if (part.Length > 0) pieces.Add(piece with { Text = part });
                }
            }
            words.Add(new Word([.. pieces]));
        }
        return words;
    }

    private Feed Parallel(Call call)
    {
        var table = new OptionTable("0Xkmqtuva:A:C:d:D:E:I:i::j:L:l::M:N:n:P:s:S:U:W:",
            "jobs= max-procs= null keep-order dry-run bar eta progress joblog= results= delay= timeout= retries= halt= tag colsep= arg-file= arg-sep= delimiter= env= sshlogin= workdir= wd= tmpdir= nice= load= memfree= pipe pipepart block= recstart= recend= quote shebang trim= header= xargs max-args= max-replace-args= will-cite no-notice linebuffer line-buffer ungroup group files shuf resume compress plus rpl= verbose version help")
        { StopsAtOperand = true };
        var options = OptionReader.Read(call.Arguments, table);
        var wrapper = Emit(call);
        if (options.Has("--dry-run", "--help", "--version")) return OutputOf(call, wrapper);
        var command = new List<Word>();
        var at = options.FirstOperand;
        for (; at < call.Arguments.Length && call.Text(at) is not (":::" or "::::" or ":::+" or "::::+"); at++) command.Add(call.Arguments[at]);
        var items = new List<Word>();
        var fromFile = call.Text(at).StartsWith("::::", StringComparison.Ordinal);
        if (at >= call.Arguments.Length) items = Items(call.Frame.Input, options, true);
        else if (fromFile) items = Items(FileFeed(at + 1 < call.Arguments.Length ? call.Arguments[at + 1] : Word.Empty, call.Scope), options, true);
        else
        {
            for (at++; at < call.Arguments.Length; at++)
            {
                if (!call.Text(at).StartsWith(":::", StringComparison.Ordinal)) items.Add(call.Arguments[at]);
            }
        }
        var frame = Inside(call.Frame, wrapper, Reach.Wrapper).Reading(Feed.Nothing);
        // Why: with --pipe the command, which a shell reads, gets the blocks of the input as its own.
        if (options.Has("--pipe") && command.Count > 0) return Code(Join([.. command]), Child(call), Inside(call.Frame, wrapper, Reach.Wrapper), Reach.Code);
        if (options.Has("--pipe", "--pipepart") || items.Count == 0) return Invoke([.. command], call.Assignments, [], call.Scope.Clone(), frame, false);
        var mark = options.Value("-I")?.Text ?? "{}";
        var text = Join([.. command]);
        var output = Feed.Nothing;
        foreach (var item in items)
        {
            if (!_budget.Expansion()) break;
            // Why: parallel hands its line to a shell, the arguments quoted.
            var line = command.Count == 0 ? item : text.Shown.Contains(mark, StringComparison.Ordinal) ? Replace([text], mark, item)[0] : Join([text, item]);
            output = Feed.Concat(output, Code(line, Child(call), frame, Reach.Code));
            // Why: `parallel sh -c 'rm {}'` loses its quotes in parallel's shell; what was meant is judged as well.
            if (command.Count > 2) Invoke(CollectionsMarshal.AsSpan(Replace([.. command], mark, item)), call.Assignments, [], call.Scope.Clone(), frame with { IsGuess = true }, false);
        }
        return output;
    }

    /// <summary><c>gdb --args program …</c>: what stands behind is run, or will be.</summary>
    private Feed? Debugged(Call call)
    {
        var first = _invocations.Count;
        var output = Embedded(call);
        var at = Array.FindIndex(call.Arguments, static word => word.Is("--args")) + 1;
        if (at < call.Arguments.Length && first < _invocations.Count)
            Invoke(call.Rest(at), call.Assignments, call.Redirects, call.Scope.Clone(), Inside(call.Frame, _invocations[first], Reach.Wrapper), false);
        return output;
    }

    private Feed Find(Call call)
    {
        var wrapper = Emit(call);
        if (call.Has("--help") || call.Has("-help")) return OutputOf(call, wrapper);
        var starts = new List<Word>();
        var i = 0;
        for (; i < call.Arguments.Length; i++)
        {
            var text = call.Arguments[i].Text;
            if (text is "-H" or "-L" or "-P" or "--") continue;
            if (text is "-D") { i++; continue; }
            if (text is not null && (text.StartsWith('-') || text is "(" or "!" or ")")) break;
            starts.Add(call.Arguments[i]);
        }
        if (starts.Count == 0) starts.Add(Word.Of("."));
        var outputs = new List<Feed>();
        for (; i < call.Arguments.Length; i++)
        {
            if (call.Text(i) is not ("-exec" or "-execdir" or "-ok" or "-okdir")) continue;
            var command = new List<Word>();
            var first = i + 1;
            for (i++; i < call.Arguments.Length; i++)
            {
                if (call.Arguments[i].Is(";") || (call.Arguments[i].Is("+") && i > first && call.Arguments[i - 1].Is("{}"))) break;
                command.Add(call.Arguments[i]);
            }
            var frame = Inside(call.Frame, wrapper, Reach.Wrapper);
            for (var s = 0; s < starts.Count && s < 8; s++)
            {
                var found = new Word([.. starts[s].Pieces, new WordPiece(PieceKind.Substitution, starts[s].Is("/") ? "{}" : "/{}", true) { From = Unknown(wrapper), MayBeEmpty = true }]);
                outputs.Add(Invoke(CollectionsMarshal.AsSpan(Replace([.. command], "{}", found)), call.Assignments, [], call.Scope.Clone(), frame, false));
            }
        }
        if (outputs.Count == 0 || !call.Frame.IsHeard) return OutputOf(call, wrapper);
        outputs.Add(OutputOf(call, wrapper));
        return Weighed(Feed.Concat(outputs));
    }

    private Feed? Fd(Call call)
    {
        for (var i = 0; i < call.Arguments.Length; i++)
        {
            if (call.Text(i) is not ("-x" or "-X" or "--exec" or "--exec-batch")) continue;
            var wrapper = Emit(call);
            var found = new Word([new WordPiece(PieceKind.Substitution, "{}", true) { From = Unknown(wrapper), MayBeEmpty = false }]);
            var command = call.Rest(i + 1);
            var words = Replace(command, "{}", found);
            if (!Join(command).Shown.Contains('{', StringComparison.Ordinal)) words.Add(found);
            Invoke(CollectionsMarshal.AsSpan(words), call.Assignments, [], call.Scope.Clone(), Inside(call.Frame, wrapper, Reach.Wrapper), false);
            return OutputOf(call, wrapper);
        }
        return null;
    }

    private Feed Crontab(Call call)
    {
        var file = call.Arguments.Length > 0 && !call.Arguments[^1].Is("-") && !call.Text(call.Arguments.Length - 1).StartsWith('-') ? call.Arguments[^1] : null;
        var feed = file is null ? call.Frame.Input : FileFeed(file, call.Scope);
        var invocation = Emit(call);
        if (feed.Text is not { } text) return OutputOf(call, invocation);
        var frame = Inside(call.Frame, invocation, Reach.Later);
        foreach (var line in text.Split('\n'))
        {
            var rest = line.AsSpan().Trim();
            if (rest.IsEmpty || rest[0] == '#' || !_budget.Expansion()) continue;
            for (var field = rest[0] == '@' ? 4 : 0; field < 5 && !rest.IsEmpty; field++)
            {
                var end = rest.IndexOfAny(' ', '\t');
                rest = end < 0 ? default : rest[end..].TrimStart();
            }
            if (!rest.IsEmpty) Code(Word.Of(rest.ToString()), Child(call), frame, Reach.Later);
        }
        return OutputOf(call, invocation);
    }

    private Feed At(Call call)
    {
        var options = OptionReader.Read(call.Arguments, new("lrdbvVmf:q:t:c:M"));
        var removes = options.Has("-l", "-r", "-d") || options.Has("-V", "-c");
        var feed = options.Value("-f") is { } file ? FileFeed(file, call.Scope) : call.Frame.Input;
        if (removes || feed == Feed.Inherited) return Plain(call);
        var invocation = Emit(call, [new CodeInput(CodeLanguage.Shell, CodeOrigin.Input, feed)]);
        if (feed.Content is not null) Code(feed.Content, Child(call), Inside(call.Frame, invocation, Reach.Later).Reading(Feed.Inherited), Reach.Later);
        return OutputOf(call, invocation);
    }
}
