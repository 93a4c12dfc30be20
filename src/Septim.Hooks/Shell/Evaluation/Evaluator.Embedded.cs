namespace Septim.Hooks.Shell.Evaluation;

internal sealed partial class Evaluator
{
    private static readonly OptionTable Tar = new("AcdrtuxajJzZf:C:T:X:I:F:b:g:H:K:L:N:V:hiklmnoOpPsSvwWGBMRU",
        "checkpoint-action= to-command= use-compress-program= info-script= new-volume-script= rsh-command= rmt-command= file= directory= exclude= files-from= transform= xform= checkpoint=? owner= group= mode= create extract list get append update delete remove-files");

    /// <summary>Programs with a door to the shell in one of their options: what goes through it is run.</summary>
    private Feed? Embedded(Call call)
    {
        var invocation = Emit(call);
        var frame = Inside(call.Frame, invocation, Reach.Code);
        foreach (var code in Doors(call))
        {
            if (_budget.IsSpent) break;
            Code(code, Child(call), frame, Reach.Code);
        }
        var output = OutputOf(call, invocation);
        FileEffects(call, invocation, output);
        return output;
    }

    private List<Word> Doors(Call call)
    {
        var doors = new List<Word>();
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
                SshDoors(OptionReader.Read(call.Arguments, new("346ABCOpqRrTvc:D:F:i:J:l:o:P:S:X:b:s:")), doors);
                break;
            case "man":
                doors.AddRange(OptionReader.Read(call.Arguments, new("P:H::C:M:L:m:S:s:e:r:R:E:p:", "pager= html=? config-file=")).Values("-P", "--pager"));
                break;
            case "zip":
                doors.AddRange(OptionReader.Read(call.Arguments, new("b:n:t:x:i:", "unzip-command=")).Values("--unzip-command"));
                for (var i = 0; i + 1 < call.Arguments.Count; i++)
                {
                    if (call.Text(i) == "-TT") doors.Add(call.Arguments[i + 1]);
                }
                break;
            case "vim" or "vi" or "nvim" or "ex" or "view":
                for (var i = 0; i < call.Arguments.Count; i++)
                {
                    if (call.Arguments[i].StartsWith("+")) Bang(call.Arguments[i].From(1), doors);
                    else if (call.Text(i) is "-c" or "--cmd" or "-sc" or "-esc" or "-Esc" && i + 1 < call.Arguments.Count) Bang(call.Arguments[i + 1], doors);
                }
                break;
            case "ed":
                foreach (var line in (call.Frame.Input.Text ?? "").Split('\n'))
                {
                    if (line.StartsWith('!') && _budget.Expansion()) doors.Add(Word.Of(line[1..]));
                }
                break;
            case "gdb" or "lldb":
                for (var i = 0; i + 1 < call.Arguments.Count; i++)
                {
                    if (call.Text(i) is not ("-ex" or "-eval-command" or "--eval-command" or "-o" or "--one-line" or "-iex")) continue;
                    var command = call.Arguments[i + 1];
                    foreach (var head in (ReadOnlySpan<string>)["shell ", "!", "platform shell "])
                    {
                        if (command.StartsWith(head)) doors.Add(command.From(head.Length));
                    }
                    if (command.StartsWith("call ") || command.StartsWith("print ") || command.StartsWith("p ")) Bang(command, doors);
                }
                break;
            case "sqlite3" or "psql" or "mysql":
                ClientDoors(call, doors);
                break;
            case "ncat" or "nc" or "netcat":
                var net = OptionReader.Read(call.Arguments, new("46bCDdhklNnrStUuvZzc:e:g:G:i:I:M:m:O:o:p:P:q:s:T:V:w:W:X:x:", "exec= sh-exec= lua-exec= listen keep-open source= source-port= proxy= proxy-type= wait= delay= idle-timeout= output= hex-dump= allow= deny= ssl udp zero"));
                foreach (var name in (ReadOnlySpan<string>)["-e", "--exec", "-c", "--sh-exec"]) doors.AddRange(net.Values(name));
                break;
            case "socat":
                foreach (var word in call.Arguments) SocatDoors(word, doors);
                break;
            case "sed":
                SedDoors(call, doors);
                break;
            case "screen":
                for (var i = 0; i + 1 < call.Arguments.Count; i++)
                {
                    if (call.Text(i) is "stuff" or "exec") { doors.Add(Join(call.Arguments, i + 1)); break; }
                    if (call.Text(i) is "-dm" or "-dmS" or "-Dm" or "-m")
                    {
                        var from = call.Text(i) is "-dmS" ? i + 2 : i + 1;
                        if (from < call.Arguments.Count && !call.Text(from).StartsWith('-')) doors.Add(Join(call.Arguments, from));
                        break;
                    }
                }
                break;
            case "complete":
                for (var i = 0; i + 1 < call.Arguments.Count; i++)
                {
                    if (call.Text(i) == "-C") doors.Add(call.Arguments[i + 1]);
                }
                break;
        }
        return doors;
    }

    private static void SshDoors(OptionReading options, List<Word> doors)
    {
        foreach (var setting in options.Values("-o"))
        {
            var text = setting.Prefix;
            var equals = text.AsSpan().IndexOfAny('=', ' ');
            if (equals > 0 && text[..equals].ToLowerInvariant() is "proxycommand" or "localcommand" or "knownhostscommand") doors.Add(setting.From(equals + 1));
        }
        doors.AddRange(options.Values("-S"));
    }

    /// <summary>ssh's options that run a program on this machine.</summary>
    private void Hosts(Call call, OptionReading options, Invocation invocation)
    {
        var doors = new List<Word>();
        SshDoors(options, doors);
        foreach (var door in doors)
        {
            if (!door.StartsWith("/") || door.Shown.Contains(' ', StringComparison.Ordinal)) Code(door, Child(call), Inside(call.Frame, invocation, Reach.Code), Reach.Code);
        }
    }

    /// <summary>vim's <c>:!cmd</c>, <c>:silent !cmd</c>, <c>:w !cmd</c>, <c>:call system('…')</c>.</summary>
    private static void Bang(Word command, List<Word> doors)
    {
        var text = command.Prefix;
        var bang = text.IndexOf('!', StringComparison.Ordinal);
        var head = bang < 0 ? "" : text[..bang].Trim(' ', ':', '%');
        if (bang >= 0 && head is "" or "silent" or "sil" or "r" or "read" or "w" or "write" or "exe" or "term" or "terminal") doors.Add(command.From(bang + 1));
        var call = text.IndexOf("system(", StringComparison.Ordinal);
        if (call >= 0 && call + 8 < text.Length && text.IndexOf(text[call + 7], call + 8) is var end and > 0) doors.Add(Word.Of(text[(call + 8)..end]));
    }

    private void ClientDoors(Call call, List<Word> doors)
    {
        var texts = new List<string> { call.Frame.Input.Text ?? "" };
        foreach (var word in call.Arguments) texts.Add(word.Text ?? "");
        foreach (var text in texts)
        {
            foreach (var range in text.AsSpan().Split('\n'))
            {
                var line = text.AsSpan(range).Trim();
                foreach (var head in (ReadOnlySpan<string>)(call.Name == "sqlite3" ? [".shell ", ".system "] : ["\\! ", "\\!", "system "]))
                {
                    if (!line.StartsWith(head) || !_budget.Expansion()) continue;
                    doors.Add(Word.Of(line[head.Length..].ToString()));
                    break;
                }
            }
        }
    }

    /// <summary><c>EXEC:cmd</c>, <c>SYSTEM:cmd</c>, <c>SHELL:cmd</c> up to a comma, with socat's own quoting taken off.</summary>
    private static void SocatDoors(Word address, List<Word> doors)
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

    /// <summary>GNU sed's <c>e</c> command and the <c>e</c> flag of <c>s</c>.</summary>
    private static void SedDoors(Call call, List<Word> doors)
    {
        var options = OptionReader.Read(call.Arguments, new("nsEruze:f:i::l:", "expression= file= in-place=? quiet silent posix sandbox regexp-extended"));
        if (options.Has("--sandbox")) return;
        var scripts = new List<Word>(options.Values("-e", "--expression"));
        if (scripts.Count == 0 && options.Operands.Count > 0) scripts.Add(options.Operands[0]);
        foreach (var script in scripts)
        {
            var text = script.Prefix.TrimStart();
            var at = 0;
            while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] is '$' or ',' or ' ')) at++;
            if (at + 1 < text.Length && text[at] == 'e' && text[at + 1] == ' ') doors.Add(script.From(script.Prefix.Length - text.Length + at + 2));
            else if (at + 3 < text.Length && text[at] == 's' && !char.IsAsciiLetterOrDigit(text[at + 1]))
            {
                var parts = text[(at + 2)..].Split(text[at + 1]);
                if (parts.Length == 3 && parts[2].Split(';')[0].Contains('e', StringComparison.Ordinal)) doors.Add(Word.Of(parts[1]));
            }
        }
    }

    private Feed Make(Call call)
    {
        var options = OptionReader.Read(call.Arguments, new("bBC:deEf:hiI:j::kl::Lno:O::pqrRsStvwW:",
            "directory= file= makefile= eval= include-dir= jobs=? load-average=? old-file= what-if= dry-run just-print recon question touch always-make keep-going silent version help"));
        var directory = options.Value("-C", "--directory") is { } folder ? folder.Text is { } known ? ShellPath.Absolute(call.Scope.Directory, known) : "" : null;
        var invocation = Emit(call, null, directory);
        if (options.Has("-n", "--dry-run", "--just-print") || options.Has("--help", "--version")) return OutputOf(call, invocation);
        var frame = Inside(call.Frame, invocation, Reach.Code);
        var child = Child(call);
        if (directory is not null) child.Directory = directory.Length > 0 ? directory : null;
        foreach (var text in options.Values("--eval")) Makefile(text.Text, child, frame);
        foreach (var file in options.Values("-f", "--file"))
        {
            var feed = file.Is("-") ? call.Frame.Input : FileFeed(file, call.Scope);
            Makefile(feed.Text, child, frame);
        }
        foreach (var operand in options.Operands)
        {
            if (operand.StartsWith("SHELL=")) Code(operand.From(6), child.Clone(), frame, Reach.Code);
        }
        return OutputOf(call, invocation);
    }

    /// <summary>Recipe lines and <c>$(shell …)</c> of a makefile that stands in the command.</summary>
    private void Makefile(string? text, Scope scope, Frame frame)
    {
        if (text is null) return;
        foreach (var line in text.Split('\n'))
        {
            if (!_budget.Expansion()) return;
            var recipe = line.StartsWith('\t') ? line : line.IndexOf(';', StringComparison.Ordinal) is var semicolon and > 0 && line.Contains(':', StringComparison.Ordinal) ? line[(semicolon + 1)..] : null;
            if (recipe is not null) Code(Word.Of(recipe.TrimStart('\t', ' ', '@', '-', '+').Replace("$$", "$", StringComparison.Ordinal)), scope.Clone(), frame, Reach.Code);
            var call = line.IndexOf("$(shell ", StringComparison.Ordinal);
            if (call >= 0 && line.LastIndexOf(')') is var end && end > call) Code(Word.Of(line[(call + 8)..end]), scope.Clone(), frame, Reach.Code);
        }
    }
}
