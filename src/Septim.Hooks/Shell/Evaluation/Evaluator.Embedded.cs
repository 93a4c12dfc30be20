namespace Septim.Hooks.Shell.Evaluation;

internal sealed partial class Evaluator
{
    private static readonly OptionTable Tar = new("AcdrtuxajJzZf:C:T:X:I:F:b:g:H:K:L:N:V:hiklmnoOpPsSvwWGBMRU",
        "checkpoint-action= to-command= use-compress-program= info-script= new-volume-script= rsh-command= rmt-command= file= directory= exclude= files-from= transform= xform= checkpoint=? owner= group= mode= create extract list get append update delete remove-files");

    /// <summary>Programs with a door to the shell in one of their options: what goes through it is run.</summary>
    private Feed? Embedded(Call call)
    {
        if (call.Name is "sed" or "gsed") call = Inlined(call);
        var invocation = Emit(call);
        if (TextOptions.Has(call.Name) || call.Name is "screen") Guess(call, invocation);
        Openers(call, invocation);
        var frame = Inside(call.Frame, invocation, Reach.Code);
        // Why: what the command for a password prints is read by the program alone.
        if (call.Name is "rclone" or "restic") frame = frame with { Output = OutputKind.Captured };
        foreach (var (language, code) in DoorsOf(call).Found)
        {
            if (_budget.IsSpent) break;
            if (language == CodeLanguage.Shell) Code(code, Child(call), frame, Reach.Code);
            else Foreign(language, code, call, frame);
        }
        var output = OutputOf(call, invocation);
        FileEffects(call, invocation, output);
        return output;
    }

    private Doors DoorsOf(Call call)
    {
        var doors = new Doors(_budget);
        switch (call.Name)
        {
            case "tar" or "bsdtar":
                var tar = OptionReader.Read(call.Arguments, Tar);
                foreach (var action in tar.Values("--checkpoint-action"))
                {
                    if (action.StartsWith("exec=")) doors.Add(action.From(5));
                }
                foreach (var name in (ReadOnlySpan<string>)["--to-command", "--use-compress-program", "-I", "--info-script", "--new-volume-script", "-F", "--rsh-command", "--rmt-command"]) doors.AddRange(tar.Values(name));
                break;
            case "rsync":
                var rsync = OptionReader.Read(call.Arguments, ToolTables.Rsync);
                doors.AddRange(rsync.Values("-e", "--rsh"));
                doors.AddRange(rsync.Values("--rsync-path"));
                break;
            case "scp" or "sftp":
                var copy = OptionReader.Read(call.Arguments, new("346ABCOpqRrTvc:D:F:i:J:l:o:P:S:X:b:s:"));
                SshDoors(copy, doors);
                doors.AddRange(copy.Values("-D"));
                break;
            case "man":
                doors.AddRange(OptionReader.Read(call.Arguments, new("P:H::C:M:L:m:S:s:e:r:R:E:p:", "pager= html=? config-file=")).Values("-P", "--pager"));
                foreach (var name in (ReadOnlySpan<string>)["MANPAGER", "PAGER"])
                {
                    if (Environment(call, name) is { } pager) doors.Add(pager);
                }
                break;
            case "less" or "more":
                foreach (var name in (ReadOnlySpan<string>)["LESSOPEN", "LESSCLOSE"])
                {
                    if (Environment(call, name) is { } filter) doors.Add(filter.StartsWith("|") ? filter.From(1) : filter);
                }
                foreach (var word in call.Arguments)
                {
                    if (word.StartsWith("+!")) doors.Add(word.From(2));
                }
                break;
            case "emacs" or "emacsclient":
                foreach (var word in call.Arguments) Lisp(word.Text ?? "", doors);
                break;
            case "zip":
                doors.AddRange(OptionReader.Read(call.Arguments, new("b:n:t:x:i:", "unzip-command=")).Values("--unzip-command"));
                for (var i = 0; i + 1 < call.Arguments.Length; i++)
                {
                    if (call.Text(i) == "-TT") doors.Add(call.Arguments[i + 1]);
                }
                break;
            case "vim" or "vi" or "nvim" or "ex" or "view":
                for (var i = 0; i < call.Arguments.Length; i++)
                {
                    if (call.Arguments[i].StartsWith("+")) Bang(call.Arguments[i].From(1), doors);
                    else if (call.Text(i) is "-c" or "--cmd" or "-sc" or "-esc" or "-Esc" && i + 1 < call.Arguments.Length) Bang(call.Arguments[i + 1], doors);
                }
                break;
            case "gdb" or "lldb":
                foreach (var word in call.Arguments) Debugger(word.StartsWith("-") && word.Text is not null && word.Text.Contains('=', StringComparison.Ordinal) ? word.Text[(word.Text.IndexOf('=', StringComparison.Ordinal) + 1)..] : word.Text ?? "", doors);
                var lines = call.Frame.Input.Text ?? "";
                foreach (var range in lines.AsSpan().Split('\n'))
                {
                    if (_budget.IsSpent) break;
                    Debugger(lines[range].Trim(), doors);
                }
                break;
            case "sed" or "gsed":
                SedDoors(call, doors);
                break;
            case "ncat" or "nc" or "netcat":
                var net = OptionReader.Read(call.Arguments, new("46bCDdhklNnrStUuvZzc:e:g:G:i:I:M:m:O:o:p:P:q:s:T:V:w:W:X:x:", "exec= sh-exec= lua-exec= listen keep-open source= source-port= proxy= proxy-type= wait= delay= idle-timeout= output= hex-dump= allow= deny= ssl udp zero"));
                foreach (var name in (ReadOnlySpan<string>)["-e", "--exec", "-c", "--sh-exec"]) doors.AddRange(net.Values(name));
                break;
            case "socat":
                foreach (var word in call.Arguments) SocatDoors(word, doors);
                break;
            case "screen":
                for (var i = 0; i + 1 < call.Arguments.Length; i++)
                {
                    if (call.Text(i) is "stuff" or "exec") { doors.Add(TextOptions.Keys(Join(call.Arguments, i + 1))); break; }
                    if (call.Text(i) is "-dm" or "-dmS" or "-Dm" or "-m")
                    {
                        var from = call.Text(i) is "-dmS" ? i + 2 : i + 1;
                        if (from < call.Arguments.Length && !call.Text(from).StartsWith('-')) doors.Add(Join(call.Arguments, from));
                        break;
                    }
                }
                break;
            case "complete" or "compgen":
                for (var i = 0; i + 1 < call.Arguments.Length; i++)
                {
                    if (call.Text(i) == "-C") doors.Add(call.Arguments[i + 1]);
                }
                break;
            // Why: what the scanner finds in a mongosh's code is said as a mongosh of its own.
            case "mongosh" or "mongo" when call.Frame.Via is [.., { Name: "mongosh" or "mongo" }]:
                break;
            case "mongosh" or "mongo":
                foreach (var script in OptionReader.Read(call.Arguments, new("h:u:p:f:", "eval= host= port= username= password= file=")).Values("--eval")) doors.Add(CodeLanguage.JavaScript, script);
                if (call.Frame.Input.Content is { Pieces.Length: > 0 } input) doors.Add(CodeLanguage.JavaScript, input);
                break;
            default:
                if (call.Name is "gnuplot" or "mlr" or "maxima" or "gp" or "scilab")
                {
                    foreach (var word in call.Arguments)
                    {
                        foreach (var line in QuotedText.Behind(word.Text ?? "", "system(", "system ", "exec(", "unix(")) doors.Add(Word.Of(line));
                    }
                    foreach (var line in QuotedText.Behind(call.Frame.Input.Text ?? "", "system(", "unix(")) doors.Add(Word.Of(line));
                }
                TextOptions.Find(call, doors);
                ClientEscapes.Find(call.Name, call.Frame.Input.Text ?? "", doors);
                foreach (var word in call.Arguments)
                {
                    var text = word.Text ?? "";
                    if (text.StartsWith('-')) text = text.StartsWith("-e", StringComparison.Ordinal) ? text[2..] : text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..];
                    ClientEscapes.Find(call.Name, text, doors);
                }
                break;
        }
        return doors;
    }

    private static void SshDoors(OptionReading options, Doors doors)
    {
        foreach (var setting in options.Values("-o"))
        {
            if (SshSetting(setting, out var name) is { } value && name is "proxycommand" or "localcommand" or "knownhostscommand") doors.Add(value);
        }
        doors.AddRange(options.Values("-S"));
    }

    /// <summary><c>Name=value</c> or <c>Name value</c>: the value, and the name in small letters.</summary>
    private static Word? SshSetting(Word setting, out string name)
    {
        var text = setting.Prefix;
        var equals = text.AsSpan().IndexOfAny('=', ' ');
        name = equals > 0 ? text[..equals].ToLowerInvariant() : "";
        return equals > 0 ? setting.From(equals + 1) : null;
    }

    /// <summary>ssh's options that run a program on this machine.</summary>
    private void Hosts(Call call, OptionReading options, Invocation invocation)
    {
        var doors = new Doors(_budget);
        SshDoors(options, doors);
        foreach (var (_, door) in doors.Found)
        {
            if (!door.StartsWith("/") || door.Shown.Contains(' ', StringComparison.Ordinal)) Code(door, Child(call), Inside(call.Frame, invocation, Reach.Code), Reach.Code);
        }
    }

    /// <summary>vim's <c>:!cmd</c>, <c>:silent !cmd</c>, <c>:w !cmd</c>, <c>:call system('…')</c>, <c>:lua os.execute('…')</c>, <c>:py3 code</c>.</summary>
    private static void Bang(Word command, Doors doors)
    {
        var text = command.Prefix;
        var bang = text.IndexOf('!', StringComparison.Ordinal);
        var head = bang < 0 ? "" : text[..bang].Trim(' ', ':', '%', '"', '\'');
        if (bang >= 0 && head is "" or "silent" or "sil" or "r" or "read" or "w" or "write" or "exe" or "exec" or "execute" or "term" or "terminal" or "sil exe" or "silent execute")
        {
            if (head.StartsWith("ex", StringComparison.Ordinal) || head.EndsWith("xe", StringComparison.Ordinal) || head.EndsWith("xecute", StringComparison.Ordinal))
            {
                foreach (var executed in QuotedText.Behind(text, text[..(text.IndexOf('x', StringComparison.Ordinal) + 1)]))
                {
                    if (executed.IndexOf('!', StringComparison.Ordinal) is var inner and >= 0) doors.Add(Word.Of(executed[(inner + 1)..]));
                }
            }
            else doors.Add(command.From(bang + 1));
        }
        foreach (var call in QuotedText.Behind(text, "system(", "systemlist(", "jobstart(", "termopen(", "os.execute(", "io.popen(")) doors.Add(Word.Of(call));
        foreach (var path in QuotedText.Behind(text, "call delete(", "vim.fn.delete(", "vim.fs.rm(", "vim.loop.fs_rmdir(", "vim.uv.fs_unlink(")) doors.Add(Word.Of("rm -rf '" + path.Replace("'", "", StringComparison.Ordinal) + "'"));
        foreach (var path in QuotedText.Behind(text, "delete(expand(", "delete(vim.fn.expand(")) doors.Add(Word.Of("rm -rf " + path));
        foreach (var python in (ReadOnlySpan<string>)["py3 ", "python3 ", "py ", "python ", "pyx "])
        {
            if (text.TrimStart(':').StartsWith(python, StringComparison.Ordinal)) doors.Add(CodeLanguage.Python, Word.Of(text.TrimStart(':')[python.Length..]));
        }
    }

    /// <summary>A command of gdb or lldb: its shell, its calls of <c>system</c>, its Python.</summary>
    private static void Debugger(string text, Doors doors)
    {
        foreach (var head in (ReadOnlySpan<string>)["shell ", "!", "platform shell ", "make "])
        {
            if (text.StartsWith(head, StringComparison.Ordinal)) doors.Add(Word.Of(head == "make " ? text : text[head.Length..]));
        }
        if (text.StartsWith("pipe ", StringComparison.Ordinal) && text.IndexOf('|', StringComparison.Ordinal) is var bar and > 0) doors.Add(Word.Of(text[(bar + 1)..]));
        foreach (var python in (ReadOnlySpan<string>)["python ", "py ", "pi ", "script "])
        {
            if (!text.StartsWith(python, StringComparison.Ordinal)) continue;
            doors.Add(CodeLanguage.Python, Word.Of(text[python.Length..]));
            return;
        }
        foreach (var call in QuotedText.Behind(text, "system(", "system (", "popen(", "execl(", "execlp(")) doors.Add(Word.Of(call));
    }

    /// <summary>Emacs Lisp that starts a shell or a program, or deletes.</summary>
    private static void Lisp(string text, Doors doors)
    {
        foreach (var line in QuotedText.Behind(text, "(shell-command ", "(shell-command-to-string ", "(async-shell-command ", "(call-process-shell-command ", "(compile ", "(start-process-shell-command ", "(system ", "(os/shell ", "(os.execute ", "(os.system ", "(run-shell-command ")) doors.Add(Word.Of(line));
        foreach (var (call, program) in (ReadOnlySpan<(string, string)>)[("(call-process ", ""), ("(start-process ", ""), ("(sh ", ""), ("/sh ", ""), ("(shell ", ""), ("/shell ", ""), ("/process ", ""), ("run-program ", ""), ("(delete-directory ", "rm -rf "),
            ("delete-tree ", "rm -rf "), ("delete-directory-tree ", "rm -rf "), ("delete-directory/files ", "rm -rf "), ("(delete-file ", "rm -f "), ("(delete-file-recursively ", "rm -rf "), ("(os/rm ", "rm -f "), ("(os.remove ", "rm -f "), ("(slurp ", "cat "), ("(file->string ", "cat "), ("(insert-file-contents ", "cat ")])
        {
            var at = text.IndexOf(call, StringComparison.Ordinal);
            if (at < 0) continue;
            var words = QuotedText.Arguments(text.AsSpan(at + call.Length));
            if (words.Count == 1 && program.Length == 0)
            {
                doors.Add(Word.Of(words[0]));
                continue;
            }
            for (var i = 0; i < words.Count; i++) words[i] = "'" + words[i].Replace("'", "'\\''", StringComparison.Ordinal) + "'";
            if (words.Count > 0) doors.Add(Word.Of(program + string.Join(' ', words).Replace("'~'", "~", StringComparison.Ordinal).Replace("'~/", "~/'", StringComparison.Ordinal)));
        }
    }

    /// <summary><c>EXEC:cmd</c>, <c>SYSTEM:cmd</c>, <c>SHELL:cmd</c> up to a comma, with socat's own quoting taken off.</summary>
    private static void SocatDoors(Word address, Doors doors)
    {
        var text = address.Prefix;
        foreach (var part in text.Split("!!"))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            var kind = (colon < 0 ? part : part[..colon]).ToUpperInvariant();
            if (kind is not ("EXEC" or "SYSTEM" or "SHELL")) continue;
            if (colon < 0) { doors.Add(Word.Of("sh")); continue; }
            var code = new System.Text.StringBuilder();
            var quote = '\0';
            for (var i = colon + 1; i < part.Length; i++)
            {
                var c = part[i];
                if (c == '\\' && i + 1 < part.Length && part[i + 1] is '"' or '\'' or ' ' or ',' or '\\') { code.Append(part[++i]); continue; }
                if (quote == 0 && c == ',') break;
                if (c is '"' or '\'') quote = quote == c ? '\0' : quote == 0 ? c : quote;
                code.Append(c);
            }
            doors.Add(Word.Of(code.ToString()));
        }
    }

    /// <summary><c>sed -f FILE</c> of a script that this command line wrote is <c>sed -e SCRIPT</c>.</summary>
    private Call Inlined(Call call)
    {
        for (var i = 0; i + 1 < call.Arguments.Length; i++)
        {
            if (call.Text(i) is not ("-f" or "--file" or "-nf") || FileFeed(call.Arguments[i + 1], call.Scope).Content is not { Text: not null } script) continue;
            var arguments = (Word[])call.Arguments.Clone();
            arguments[i] = Word.Of(call.Text(i) == "-nf" ? "-ne" : "-e");
            arguments[i + 1] = script;
            call = call with { Arguments = arguments };
        }
        return call;
    }

    private static void SedDoors(Call call, Doors doors)
    {
        var options = OptionReader.Read(call.Arguments, SedScript.Options);
        if (options.Has("--sandbox", "--posix") || SedScript.Of(options, out var files) is not { } script) return;
        // Why: a text that stands on the command line beside a file was meant to be read.
        var readsFiles = files < options.Operands.Count && call.Frame.Input.Text is not { Length: > 0 };
        SedRuns.Find(SedScript.Read(script), readsFiles ? Feed.Inherited : call.Frame.Input, doors);
    }
}
