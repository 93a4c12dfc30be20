using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.PowerShell;

/// <summary>
/// What PowerShell's commands do, in the words of the shell's tools where one does the same; removals and Windows administration
/// keep their own (full, lower-case) names for the rules ps-remove and win-system. Source: the module reference of PowerShell 7.5.
/// </summary>
internal static partial class PowerShellCalls
{
    /// <summary>Runs one command of a pipeline and gives what it puts out.</summary>
    public static CodeValue Run(CodeText text, CodeEffects effects, CodeValue name, List<PowerShellArgument> arguments, CodeValue? fed, int start, int end)
    {
        if (name.Text is not { } given || given.Length == 0)
        {
            if (name.Is(CodeTraits.Network) || name.Is(CodeTraits.Decoded)) effects.Evaluate(name, "pwsh", start, end);
            return CodeValue.Unknown;
        }
        var command = Full(given, arguments);
        switch (command)
        {
            case "invoke-expression":
                return Evaluate(text, effects, Positional(arguments, "command") ?? fed ?? CodeValue.Unknown, start, end);
            case "remove-item":
                Removes(text, effects, arguments, fed, start, end);
                return CodeValue.Unknown;
            case "get-childitem":
                var at = Positional(arguments, "path", "literalpath", "filter", "include") ?? CodeValue.Of(".");
                if (at.Text?.StartsWith("env:", StringComparison.OrdinalIgnoreCase) == true)
                {
                    effects.Do(start, end, CodeValue.Of("env"));
                    return new CodeValue { Traits = CodeTraits.Environment };
                }
                return new CodeValue { Text = Below(at.Text ?? text.Unknown("path")), Traits = CodeTraits.Glob | CodeTraits.Path };
            case "get-item" or "resolve-path" or "join-path" or "get-location" or "split-path" or "convert-path":
                return command == "join-path" && arguments.Count > 1 ? Joined(text, Values(arguments)) : Positional(arguments, "path") ?? CodeValue.Of(".");
            case "where-object" or "foreach-object" or "sort-object" or "select-object" or "tee-object" or "out-string": return fed ?? CodeValue.Unknown;
            case "get-content":
                return effects.Read(Positional(arguments, "path", "literalpath") ?? CodeValue.Unknown, start, end);
            case "set-content" or "out-file" or "export-csv" or "export-clixml" or "add-content" or "new-item" or "tee-file":
                if (Positional(arguments, "path", "filepath", "literalpath") is { } target) effects.Write(target, command == "add-content" || Has(arguments, "append"), start, end);
                if (fed is { File: not null }) return CodeValue.Unknown;
                return CodeValue.Unknown;
            case "clear-content":
                effects.Do("truncate", "--size=0", Positional(arguments, "path", "literalpath") ?? CodeValue.Unknown, start, end);
                return CodeValue.Unknown;
            case "copy-item" or "move-item" or "rename-item":
                var values = Values(arguments, "filter", "include", "exclude");
                if (values.Count > 1)
                {
                    if (command == "copy-item") effects.Do(start, end, CodeValue.Of("cp"), CodeValue.Of("-r"), effects.Located(Slashes(values[0])), effects.Located(Slashes(values[1])));
                    else effects.Do(start, end, CodeValue.Of("mv"), effects.Located(Slashes(values[0])), effects.Located(Slashes(values[1])));
                }
                return CodeValue.Unknown;
            case "set-location" or "push-location":
                effects.Directory = effects.Located(Slashes(Positional(arguments, "path", "literalpath") ?? CodeValue.Of("~")));
                return CodeValue.Unknown;
            case "invoke-webrequest" or "invoke-restmethod" or "start-bitstransfer": return Fetch(effects, arguments, fed, start, end);
            case "start-process": return Start(effects, arguments, start, end);
            case "write-output" or "write-host" or "write-information" when Positional(arguments, "inputobject", "object")?.Name is { } variable && variable.StartsWith("env:", StringComparison.OrdinalIgnoreCase):
                effects.Do(start, end, CodeValue.Of("printenv"), CodeValue.Of(variable[4..]));
                return CodeValue.Unknown;
            case "write-output" or "write-host" or "write-information": return Positional(arguments, "inputobject", "object") ?? CodeValue.Unknown;
            case "new-object":
                if (Positional(arguments, "typename")?.Text is { } type && type.Contains("TcpClient", StringComparison.OrdinalIgnoreCase)) effects.OpensNetwork();
                return CodeValue.Unknown;
            case "stop-computer" or "restart-computer" when !Has(arguments, "whatif"):
                effects.Do(start, end, CodeValue.Of(command));
                return CodeValue.Unknown;
            default:
                Plain(effects, command, arguments, start, end);
                return given is "curl" or "wget" ? new CodeValue { Traits = CodeTraits.Network, Url = Url(arguments) } : CodeValue.Unknown;
        }
    }

    /// <summary>A method of .NET: files, downloads, decoding, processes.</summary>
    public static CodeValue Method(CodeText text, CodeEffects effects, CodeValue callee, List<CodeValue> arguments, int start, int end)
    {
        var first = arguments.Count > 0 ? arguments[0] : CodeValue.Unknown;
        var name = callee.Name ?? "";
        var leaf = callee.Leaf.ToLowerInvariant();
        switch (leaf)
        {
            case "downloadstring" or "downloaddata" or "openread" or "getstringasync" or "getasync": return new CodeValue { Traits = CodeTraits.Network, Url = first };
            case "downloadfile" when arguments.Count > 1:
                effects.Do(start, end, CodeValue.Of("curl"), CodeValue.Of("-o"), arguments[1], first);
                return CodeValue.Unknown;
            case "uploadfile" or "uploadstring" or "uploaddata":
                var sent = new CodeArguments();
                sent.Positional.AddRange(arguments);
                return effects.Fetch(first, sent, true, start, end);
            case "delete" when name.Contains("IO.", StringComparison.OrdinalIgnoreCase):
                effects.Do(start, end, CodeValue.Of("remove-item"), CodeValue.Of("-recurse"), CodeValue.Of("-force"), effects.Located(Slashes(first)));
                return CodeValue.Unknown;
            case "delete" when callee.Receiver?.Text is not null:
                effects.Do(start, end, CodeValue.Of("remove-item"), CodeValue.Of("-recurse"), effects.Located(Slashes(callee.Receiver)));
                return CodeValue.Unknown;
            case "writealltext" or "writealllines" or "writeallbytes" or "appendalltext": effects.Write(first, leaf[0] == 'a', start, end); return CodeValue.Unknown;
            case "readalltext" or "readalllines" or "readallbytes": return effects.Read(first, start, end);
            case "frombase64string": return first.Text is { } encoded && !CodeText.HasMark(encoded) && Decode(encoded) is { } plain ? CodeValue.Of(plain) : new CodeValue { Traits = CodeTraits.Decoded | first.Traits, File = first.File };
            case "getstring" or "create" or "trim" or "tostring" or "replace" or "readtoend":
                return arguments.Count > 0 ? first : callee.Receiver is { } receiver ? receiver.With(receiver.Text) : CodeValue.Unknown;
            case "invoke" or "invokescript":
                return callee.Receiver is { } block && (block.Text is not null || block.Traits != 0) ? Evaluate(text, effects, arguments.Count > 0 ? first : block, start, end) : CodeValue.Unknown;
            case "start" when name.Contains("Process", StringComparison.OrdinalIgnoreCase):
                effects.Run([.. arguments], start, end);
                return CodeValue.Unknown;
            case "getfolderpath": return new CodeValue { Text = text.Home() };
            case "combine" when arguments.Count > 1: return Joined(text, arguments);
            default:
                var origins = callee.Traits & (CodeTraits.Network | CodeTraits.Decoded);
                return new CodeValue { Traits = origins, Url = callee.Url, File = callee.File };
        }
    }

    /// <summary>The plain text of UTF-16 or UTF-8 in base64; null when it decodes to none.</summary>
    public static string? Decode(string encoded)
    {
        if (TextDecoding.Base64(encoded) is not { } bytes) return null;
        var zeros = 0;
        for (var i = 1; i < bytes.Length; i += 2) zeros += bytes[i] == 0 ? 1 : 0;
        return zeros * 4 > bytes.Length && bytes.Length % 2 == 0 ? System.Text.Encoding.Unicode.GetString(bytes) : TextDecoding.TryDecode(encoded, isHex: false);
    }

    private static CodeValue Evaluate(CodeText text, CodeEffects effects, CodeValue code, int start, int end)
    {
        if (effects.Evaluate(code, "pwsh", start, end) is { } literal && effects.Level < CodeScanner.MostLevels)
            CodeScanner.Scan(CodeLanguage.PowerShell, text.ToWord(literal), effects.Calls, text.Work, effects.Level + 1);
        return CodeValue.Unknown;
    }

    /// <summary>Aliases to full names; names of programs stay as they are.</summary>
    private static string Full(string given, List<PowerShellArgument> arguments)
    {
        var name = given.ToLowerInvariant();
        switch (name)
        {
            case "ri" or "del" or "erase" or "rd" or "rmdir": return "remove-item";
            // Why: on Linux rm is the real one, with its own option clusters.
            case "rm": return HasUnixOptions(arguments) ? "rm" : "remove-item";
            case "gci" or "dir" or "ls": return "get-childitem";
            case "gc" or "cat" or "type": return "get-content";
            case "sc": return arguments.Count > 1 && arguments[0].Value.Text is "delete" or "stop" or "config" or "create" ? "sc" : "set-content";
            case "ac": return "add-content";
            case "clc": return "clear-content";
            case "cpi" or "copy": return "copy-item";
            case "cp" or "mv": return HasUnixOptions(arguments) ? name : name == "cp" ? "copy-item" : "move-item";
            case "mi" or "move": return "move-item";
            case "rni" or "ren": return "rename-item";
            case "iex": return "invoke-expression";
            case "iwr": return "invoke-webrequest";
            case "irm": return "invoke-restmethod";
            case "curl" or "wget": return Has(arguments, "uri") || Has(arguments, "outfile") || Has(arguments, "usebasicparsing") ? "invoke-webrequest" : name;
            case "saps" or "start": return "start-process";
            case "sl" or "cd" or "chdir": return "set-location";
            case "pushd": return "push-location";
            case "ni" or "mkdir" or "md": return name == "ni" ? "new-item" : "mkdir";
            case "gi": return "get-item";
            case "%" or "foreach": return "foreach-object";
            case "?" or "where": return "where-object";
            case "select": return "select-object";
            case "sort": return "sort-object";
            case "echo" or "write": return "write-output";
            case "rp": return "remove-itemproperty";
            case "sp": return "set-itemproperty";
            case "kill" or "spps": return "stop-process";
            case "icm": return "invoke-command";
            default: return name.Contains('-', StringComparison.Ordinal) && !name.Contains('/', StringComparison.Ordinal) && !name.Contains('\\', StringComparison.Ordinal) ? name : given;
        }
    }

    private static bool HasUnixOptions(List<PowerShellArgument> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.IsParameter && argument.Value.Text is "-rf" or "-fr" or "-f" or "-rfv" or "-a" or "-R" || argument.Value.Text?.StartsWith("--", StringComparison.Ordinal) == true) return true;
        }
        return false;
    }

    private static void Removes(CodeText text, CodeEffects effects, List<PowerShellArgument> arguments, CodeValue? fed, int start, int end)
    {
        if (Has(arguments, "whatif")) return;
        var words = new List<CodeValue> { CodeValue.Of("remove-item") };
        if (Has(arguments, "recurse") || Switch(arguments, "/s")) words.Add(CodeValue.Of("-recurse"));
        if (Has(arguments, "force")) words.Add(CodeValue.Of("-force"));
        var count = words.Count;
        foreach (var value in Values(arguments, "filter", "include", "exclude", "erroraction", "ea"))
        {
            if (value.Text is "/s" or "/q" or "/f" or "/S" or "/Q" or "/F") continue;
            foreach (var item in value.Items ?? [value]) words.Add(effects.Located(Slashes(item)));
        }
        if (words.Count == count)
        {
            // Why: what comes down the pipeline is a directory's content, or nothing that is known.
            words.Add(fed is { Text: not null } ? effects.Located(Slashes(fed)) : CodeValue.Of(text.Unknown("_")));
            if (fed is not null && !Has(arguments, "recurse")) words.Insert(1, CodeValue.Of("-recurse"));
        }
        effects.Do(start, end, [.. words]);
    }

    private static void Plain(CodeEffects effects, string command, List<PowerShellArgument> arguments, int start, int end)
    {
        var words = new List<CodeValue> { CodeValue.Of(command) };
        foreach (var argument in arguments)
        {
            var isCmdlet = command.Contains('-', StringComparison.Ordinal);
            words.Add(argument.IsParameter && isCmdlet ? CodeValue.Of(argument.Value.Text!.ToLowerInvariant())
                : argument.Value.Text is null && argument.Value.Name is "true" or "false" ? CodeValue.Of("$" + argument.Value.Name)
                : argument.Value);
        }
        effects.Run([.. words], start, end);
    }

    private static CodeValue Fetch(CodeEffects effects, List<PowerShellArgument> arguments, CodeValue? fed, int start, int end)
    {
        var url = Positional(arguments, "uri", "source") ?? CodeValue.Unknown;
        var method = Named(arguments, "method")?.Text?.ToUpperInvariant();
        if (Named(arguments, "outfile", "destination") is { } file)
        {
            effects.Do(start, end, CodeValue.Of("curl"), CodeValue.Of("-o"), effects.Located(Slashes(file)), url);
            return CodeValue.Unknown;
        }
        if (method == "DELETE")
        {
            effects.Do(start, end, CodeValue.Of("curl"), CodeValue.Of("-X"), CodeValue.Of("DELETE"), url);
            return CodeValue.Unknown;
        }
        var sent = new CodeArguments();
        if (Named(arguments, "body") is { } body) sent.Positional.Add(body);
        if (fed is not null) sent.Positional.Add(fed);
        if (Named(arguments, "infile") is { } upload) sent.Positional.Add(new CodeValue { File = upload });
        return effects.Fetch(url, sent, method is "POST" or "PUT", start, end);
    }

    private static CodeValue Start(CodeEffects effects, List<PowerShellArgument> arguments, int start, int end)
    {
        var words = new List<CodeValue>();
        if (Named(arguments, "verb")?.Text?.Equals("runas", StringComparison.OrdinalIgnoreCase) == true) words.Add(CodeValue.Of("sudo"));
        foreach (var value in Values(arguments, "verb", "windowstyle", "workingdirectory"))
        {
            foreach (var item in value.Items ?? [value])
            {
                if (words.Count > 0 && item.Text is { } line && line.Contains(' ', StringComparison.Ordinal) && !CodeText.HasMark(line))
                {
                    foreach (var part in line.Split(' ', StringSplitOptions.RemoveEmptyEntries)) words.Add(CodeValue.Of(part));
                }
                else words.Add(item);
            }
        }
        effects.Run([.. words], start, end);
        return CodeValue.Unknown;
    }

    private static CodeValue? Url(List<PowerShellArgument> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Value.Text is { } text && text.Contains("://", StringComparison.Ordinal)) return argument.Value;
        }
        return null;
    }

    private static CodeValue Joined(CodeText text, List<CodeValue> parts)
    {
        var joined = new System.Text.StringBuilder();
        foreach (var part in parts)
        {
            if (joined.Length > 0 && joined[^1] != '/') joined.Append('/');
            joined.Append(part.Text is { } known ? Slashes(part).Text ?? known : text.Unknown("part"));
        }
        return CodeValue.Of(joined.ToString());
    }

    private static string Below(string path) => path.Contains('*', StringComparison.Ordinal) ? path : path.TrimEnd('/', '\\') + (path.Contains('\\', StringComparison.Ordinal) ? "\\*" : "/*");

    /// <summary>Relative paths with forward slashes; a path with a drive stays, the rules know it.</summary>
    private static CodeValue Slashes(CodeValue value) =>
        value.Text is { } text && text.Contains('\\', StringComparison.Ordinal) && !(text.Length > 1 && text[1] == ':') && !text.StartsWith('\\')
            ? new CodeValue { Text = text.Replace('\\', '/'), Traits = value.Traits | (text.Contains('*', StringComparison.Ordinal) ? CodeTraits.Glob : 0), Items = value.Items }
            : value.Text is { } pattern && pattern.Contains('*', StringComparison.Ordinal) ? new CodeValue { Text = pattern, Traits = value.Traits | CodeTraits.Glob } : value;
}
