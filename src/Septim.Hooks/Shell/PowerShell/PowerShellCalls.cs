using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.PowerShell;

/// <summary>
/// What PowerShell's commands do, in the words of the shell's tools where one does the same; removals and Windows administration
/// keep their own (full, lower-case) names for the rules ps-remove and win-system. Source: the module reference of PowerShell 7.5.
/// </summary>
internal sealed partial class PowerShellCalls(PowerShellWriter writer)
{
    private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);

    private CodeText Text => writer.Text;

    /// <summary>Where it changed to, when that is a path with a drive, which no shell's <c>cd</c> knows.</summary>
    private string? _drive;

    /// <summary>Runs one command of a pipeline and gives what it puts out.</summary>
    public CodeValue Run(PowerShellCall call)
    {
        var fed = call.Fed;
        if (call.IsDryRun && PowerShellNames.IsCmdlet(call.Name)) return CodeValue.Unknown;
        switch (call.Name)
        {
            case "remove-item":
                Removes(call);
                return CodeValue.Unknown;
            case "get-childitem": return Lists(call);
            case "get-item" or "get-itemproperty":
                return PowerShellPaths.IsIn(call.Path, "env:") ? Environment(call.Path!) : (call.Path ?? fed) is { } item ? Element(item) : CodeValue.Unknown;
            case "resolve-path" or "convert-path" or "split-path": return (call.Path ?? fed) is { } path ? Element(path) : CodeValue.Unknown;
            case "get-location": return CodeValue.Of(".");
            case "join-path": return Joined([call["path"] ?? fed ?? CodeValue.Unknown, call["childpath"] ?? CodeValue.Unknown, .. call["additionalchildpath"] is { } more ? new[] { more } : [], .. call.Bare.Skip(3)]);
            case "new-temporaryfile": return CodeValue.Of("/tmp/tmp0.tmp");
            case "get-command": return call["name"] is not { Text: { } command } named ? CodeValue.Unknown : command.AsSpan().IndexOfAny('*', '?') < 0 ? named : new CodeValue { Name = "command" };
            case "get-content": return Reads(call);
            case "import-csv" or "import-clixml": return (call.Path ?? fed) is { } records ? Command(call, null, "cat", records) : CodeValue.Unknown;
            case "get-date" or "get-random": return CodeValue.Of("20260101");
            case "format-hex":
                return call.Path is { } dumped ? Command(call, null, "cat", dumped) : fed ?? CodeValue.Unknown;
            case "select-string": return Searches(call);
            case "measure-object": return fed is { Shell: not null } ? new CodeValue { Shell = writer.Pipe(fed, "wc -l") } : CodeValue.Unknown;
            case "group-object" or "sort-object" or "out-string" or "out-default" or "out-host" or "format-list" or "format-table" or "format-wide" or "format-custom" or "select-object" or "convertfrom-json" or "convertto-json"
                or "convertfrom-csv" or "convertto-csv" or "convertto-html" or "convertto-xml" or "convertfrom-stringdata" or "compare-object" or "get-unique" or "convertto-securestring" or "out-gridview":
                return Selected(call, fed ?? call["inputobject"] ?? (call.Bare.Count > 0 ? call.Bare[^1] : CodeValue.Unknown));
            case "out-null":
                if (fed is { Shell: { } ran }) writer.Show(ran + " > /dev/null", call.Start, call.End);
                return CodeValue.Unknown;
            case "tee-object":
                return call.Path is { } copy ? new CodeValue { Shell = writer.Pipe(fed ?? call["inputobject"], writer.Line([CodeValue.Of("tee"), .. call.Has("append") ? new[] { CodeValue.Of("-a") } : [], Noted(copy)])) } : fed ?? CodeValue.Unknown;
            case "set-content" or "out-file" or "export-csv" or "export-clixml" or "add-content" or "new-item" or "set-item" or "clear-content":
                Writes(call);
                return call.Name == "new-item" && call["name"] is null && call.Path is { } made ? Element(made) : CodeValue.Unknown;
            case "copy-item" or "move-item" or "rename-item":
                Moves(call);
                return CodeValue.Unknown;
            case "expand-archive" or "compress-archive":
                Packs(call);
                return CodeValue.Unknown;
            case "set-location" or "push-location":
                if (call.Path is { } directory) Goes(directory, call.Start, call.End);
                return CodeValue.Unknown;
            case "pop-location":
                _drive = null;
                writer.Show("cd -", call.Start, call.End);
                return CodeValue.Unknown;
            case "invoke-webrequest" or "invoke-restmethod" or "start-bitstransfer": return Fetch(call);
            case "start-process" or "invoke-item": return Start(call);
            case "write-host" or "write-information" or "write-warning" or "write-error" or "write-verbose" or "write-debug" or "write-output": return Says(call);
            case "new-object": return Made(call);
            case "set-clipboard":
                if ((call["value"] ?? fed) is { } copied && copied.Text is null) writer.Show(writer.Pipe(copied, "xclip"), call.Start, call.End);
                return CodeValue.Unknown;
            case "stop-process" when call["name"]?.Text == "*" || (call["id"] is null && call["name"] is null && fed is { Name: "get-process" }):
                writer.Show("kill -9 -1", call.Start, call.End);
                return CodeValue.Unknown;
            case "get-process" when call["name"] is null && call["id"] is null: return new CodeValue { Name = "get-process" };
            case "send-mailmessage": return Mails(call);
            case "resolve-dnsname": return Command(call, null, "nslookup", call["name"] ?? CodeValue.Unknown);
            // Why: what a module or a type holds is run.
            case "import-module" when call["name"]?.Text is { } module && (module.AsSpan().IndexOfAny('/', '\\') >= 0 || module.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase)):
                return new CodeValue { Shell = writer.Line(CodeValue.Of("pwsh"), CodeValue.Of("-File"), Located(call["name"]!)) };
            case "add-type" when call["typedefinition"] is { Shell: not null } types:
                writer.Show(writer.Line(CodeValue.Of("pwsh"), CodeValue.Of("-c"), types), call.Start, call.End);
                return CodeValue.Unknown;
            case "get-alias": return call["name"] ?? (call.Bare.Count > 0 ? call.Bare[0] : CodeValue.Unknown);
            case "out-printer":
                writer.Show(writer.Pipe(fed, "lp"), call.Start, call.End);
                return CodeValue.Unknown;
            case "invoke-wmimethod" or "invoke-cimmethod" or "iwmi" when call["argumentlist"] is { } started:
                foreach (var line in started.Items ?? started.Fields?.Values.ToArray() ?? [started]) Starts(line, call.Start, call.End);
                return CodeValue.Unknown;
            case "invoke-sqlcmd":
                if (call["query"] is { } query) writer.Show(writer.Line(CodeValue.Of("sqlcmd"), CodeValue.Of("-Q"), query), call.Start, call.End);
                return CodeValue.Unknown;
            case "remove-variable" or "set-variable" or "get-variable" or "clear-variable" or "new-variable" or "start-sleep" or "test-path" or "get-help" or "get-member" or "get-history" or "read-host": return CodeValue.Unknown;
            default: return Program(call);
        }
    }

    /// <summary>A cmdlet that is not followed, or a program: itself, with what comes down the pipeline on its standard input.</summary>
    private CodeValue Program(PowerShellCall call)
    {
        var isCmdlet = PowerShellNames.IsCmdlet(call.Name);
        if (call.Name.Length < 16 && call.Name.ToLowerInvariant() is "findstr" or "findstr.exe") return new CodeValue { Shell = writer.Pipe(call.Fed, writer.Line([.. CmdReader.Search(call.Bare, PowerShellPaths.Native)])) };
        var name = isCmdlet ? call.Name : ProgramName(call.Name);
        var words = new List<CodeValue>();
        if (name.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase)) words.AddRange([CodeValue.Of("pwsh"), CodeValue.Of("-File")]);
        words.Add(CodeValue.Of(name));
        foreach (var argument in call.Arguments)
        {
            words.Add(argument.IsParameter && isCmdlet ? CodeValue.Of(argument.Value.Text!.ToLowerInvariant())
                : argument.Value.Text is null && argument.Value.Name is "true" or "false" ? CodeValue.Of("$" + argument.Value.Name)
                : isCmdlet ? argument.Value : Known(PowerShellPaths.Native(argument.Value)));
            if (isCmdlet && argument.Attached is { } attached) words.Add(attached.Name is "true" or "false" ? CodeValue.Of("$" + attached.Name) : attached);
        }
        var choices = 1;
        foreach (var word in words) choices = word.Is(CodeTraits.AnyOf) ? Math.Max(choices, Math.Min(word.Items?.Length ?? 1, MostChoices)) : choices;
        var line = choices == 1 ? writer.Line([.. words]) : "";
        for (var i = 0; i < choices && choices > 1; i++)
        {
            // Why: one of several at a time, as a loop or a branch gives them.
            line += (i == 0 ? "{ " : " ") + writer.Line([.. words.Select(word => word.Is(CodeTraits.AnyOf) && word.Items is { Length: > 0 } items ? items[Math.Min(i, items.Length - 1)] : word)]) + ";" + (i == choices - 1 ? " }" : "");
        }
        return new CodeValue { Shell = writer.Pipe(call.Fed, line) };
    }

    /// <summary>Of several values that an argument may have so many are looked at.</summary>
    private const int MostChoices = 8;

    private CodeValue Known(CodeValue path) =>
        path.Text is { Length: < 1024 } text && text.Contains('\\', StringComparison.Ordinal) && _written.Contains(text.Replace('\\', '/')) ? CodeValue.Of(text.Replace('\\', '/')) : path;

    private string ProgramName(string name)
    {
        if (_written.Contains(name)) return "./" + name;
        // Why: a program's own name is what stands behind the last slash of either kind.
        return name.Contains('\\', StringComparison.Ordinal) ? name.Replace('\\', '/') : name;
    }

    /// <summary>A command with the shell's words, as a value.</summary>
    private CodeValue Command(PowerShellCall call, CodeValue? fed, string program, CodeValue operand) =>
        new() { Shell = writer.Pipe(fed, writer.Line(CodeValue.Of(program), Located(operand, call["literalpath"] is not null))) };

    /// <summary>The path below the drive where it is now.</summary>
    private CodeValue Located(CodeValue path, bool isLiteral = false)
    {
        var clean = PowerShellPaths.Of(path, isLiteral);
        if (_drive is null || clean.Text is not { Length: > 0 } text || text[0] is '/' or '\\' || PowerShellPaths.HasDrive(text) || CodeText.IsMark(text[0]) || !Text.Work.Fold(text.Length + _drive.Length)) return clean;
        return new CodeValue { Text = _drive + "/" + text, Traits = clean.Traits };
    }

    /// <summary>The same, of a file that is written: what is run later under this name is known by it.</summary>
    private CodeValue Noted(CodeValue path)
    {
        if (path.Text is { Length: < 256 } name && name.AsSpan().IndexOfAny('/', '\\') < 0) _written.Add(name);
        var located = Located(path);
        if (located.Text is not { Length: < 1024 } text || !PowerShellPaths.HasDrive(text)) return located;
        // Why: one file has one spelling, whoever names it.
        text = text.Replace('\\', '/');
        _written.Add(text);
        return new CodeValue { Text = text, Traits = located.Traits };
    }

    private void Goes(CodeValue directory, int start, int end)
    {
        var path = Located(directory);
        if (path.Text is { } text && (PowerShellPaths.HasDrive(text) || text.StartsWith('\\')))
        {
            _drive = text;
            writer.Show("cd " + Text.Unknown("drive"), start, end);
            return;
        }
        if (path.Text != ".." || _drive is null) _drive = null;
        writer.Show("cd " + writer.Word(path), start, end);
    }

    /// <summary>A line for cmd.exe, or for whatever starts programs by one line.</summary>
    private void Starts(CodeValue line, int start, int end)
    {
        if (line.Text is not null || line.Shell is not null) writer.Run(start, end, CodeValue.Of("cmd"), CodeValue.Of("/c"), line);
    }

    private static CodeValue Element(CodeValue path) => path.Items is { Length: > 0 } all ? new CodeValue { Items = all, Traits = CodeTraits.AnyOf }
        : path.Text is { } text ? new CodeValue { Text = text, Traits = path.Traits | CodeTraits.Path } : path;

    /// <summary>It is printed: what is only a text says nothing.</summary>
    private CodeValue Says(PowerShellCall call)
    {
        var said = call["object"] ?? call["inputobject"] ?? call["message"] ?? call["messagedata"] ?? call["msg"] ?? call.Fed;
        if (said is null) return CodeValue.Unknown;
        if (call.Bare.Count > 1) said = CodeValue.List([.. call.Bare]);
        if (call.Name == "write-output") return said;
        Shows(said, call.Start, call.End);
        return CodeValue.Unknown;
    }

    /// <summary>The value is seen.</summary>
    public void Shows(CodeValue value, int start, int end)
    {
        if (value.Shell is { } shell) { writer.Show(shell, start, end); return; }
        if (value.Items is { } items)
        {
            for (var i = 0; i < items.Length && i < 64; i++)
            {
                if (items[i].Items is null) Shows(items[i], start, end);
            }
            return;
        }
        if (value.Text is not { } text || !writer.IsTelling(text)) return;
        // Why: what is put into a text is seen as if it stood alone.
        foreach (var output in writer.Outputs(text)) writer.Show(output, start, end);
        if (writer.NamesEnvironment(text)) writer.Show("echo " + writer.Word(value), start, end);
    }

    private CodeValue Joined(ReadOnlySpan<CodeValue> parts)
    {
        var joined = new System.Text.StringBuilder();
        foreach (var part in parts)
        {
            if (joined.Length > 0 && joined[^1] is not ('/' or '\\')) joined.Append('/');
            var known = writer.Embed(PowerShellPaths.Of(part));
            if (Text.Work.Fold(known.Length)) joined.Append(joined.Length > 0 ? known.TrimStart('/') : known);
        }
        return CodeValue.Of(joined.ToString());
    }
}
