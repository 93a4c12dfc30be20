using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.PowerShell;

/// <summary>Methods of .NET: files, downloads, decoding, processes, texts.</summary>
internal sealed partial class PowerShellCalls
{
    /// <param name="callee">The member, its object as receiver.</param>
    /// <param name="arguments">What it is given.</param>
    /// <param name="start">Where the call stands.</param>
    /// <param name="end">Behind it.</param>
    public CodeValue Method(CodeValue callee, List<CodeValue> arguments, int start, int end)
    {
        var first = arguments.Count > 0 ? arguments[0] : CodeValue.Unknown;
        var on = callee.Receiver ?? CodeValue.Unknown;
        var type = callee.Name ?? "";
        var leaf = callee.Leaf is { Length: < 64 } short_ ? short_.ToLowerInvariant() : "";
        switch (leaf)
        {
            case "downloadstring" or "downloaddata" or "openread" or "getstringasync" or "getasync" or "getbytearrayasync" or "getstreamasync" or "openreadasync" or "downloadstringtaskasync":
                return new CodeValue { Shell = writer.Line(CodeValue.Of("curl"), CodeValue.Of("-fsSL"), first) };
            case "downloadfile" or "downloadfileasync" or "downloadfiletaskasync" when arguments.Count > 1:
                writer.Run(start, end, CodeValue.Of("curl"), CodeValue.Of("-fsSL"), CodeValue.Of("-o"), Noted(arguments[1]), first);
                return CodeValue.Unknown;
            case "uploadfile" when arguments.Count > 1:
                writer.Run(start, end, CodeValue.Of("curl"), CodeValue.Of("-T"), Located(arguments[^1]), first);
                return CodeValue.Unknown;
            case "uploadstring" or "uploaddata" or "uploadvalues" or "postasync" or "putasync" when arguments.Count > 1:
                return new CodeValue { Shell = writer.Pipe(arguments[^1], writer.Line(CodeValue.Of("curl"), CodeValue.Of("--data-binary"), CodeValue.Of("@-"), first)) };
            case "delete" when type.Contains("IO.", StringComparison.OrdinalIgnoreCase):
                writer.Run(start, end, CodeValue.Of("remove-item"), CodeValue.Of("-recurse"), CodeValue.Of("-force"), Located(first, true));
                return CodeValue.Unknown;
            case "deletefolder" or "deletefile" when arguments.Count > 0:
                writer.Run(start, end, CodeValue.Of("remove-item"), CodeValue.Of("-recurse"), Located(first));
                return CodeValue.Unknown;
            case "new" when IsReader(type) && first.Text is not null: return new CodeValue { Shell = writer.Line(CodeValue.Of("cat"), Located(first, true)) };
            case "delete" when on.Listing is { } found:
                RemovesFound(found, [CodeValue.Of("remove-item")], true, new PowerShellCall("remove-item", [], on, start, end));
                return CodeValue.Unknown;
            case "delete" when on.Text is not null:
                writer.Run(start, end, CodeValue.Of("remove-item"), CodeValue.Of("-recurse"), Located(on, true));
                return CodeValue.Unknown;
            case "delete" when on.Shell is { } objects && objects.Contains("win32_shadowcopy", StringComparison.OrdinalIgnoreCase):
                writer.Show("vssadmin delete shadows", start, end);
                return CodeValue.Unknown;
            case "move" or "copy" when type.Contains("IO.", StringComparison.OrdinalIgnoreCase) && arguments.Count > 1:
                writer.Run(start, end, CodeValue.Of(leaf == "move" ? "mv" : "cp"), Located(first, true), Noted(arguments[1]));
                return CodeValue.Unknown;
            case "writealltext" or "writealllines" or "writeallbytes" or "appendalltext" or "appendalllines" when arguments.Count > 1:
                Into(arguments[1], Noted(first), leaf[0] == 'a', start, end);
                return CodeValue.Unknown;
            case "create" or "createtext" or "openwrite" or "appendtext" when type.Contains("IO.File", StringComparison.OrdinalIgnoreCase):
                Into(CodeValue.Unknown, Noted(first), leaf[0] == 'a', start, end);
                return CodeValue.Unknown;
            case "readalltext" or "readalllines" or "readallbytes" or "readlines" or "opentext" or "open" when type.Contains("IO.", StringComparison.OrdinalIgnoreCase):
                return new CodeValue { Shell = writer.Line(CodeValue.Of("cat"), Located(first, true)), Name = leaf == "readalltext" ? Whole : null };
            case "frombase64string": return Decoded(first);
            case "getenvironmentvariables": return new CodeValue { Shell = "env", Traits = CodeTraits.Environment };
            case "getenvironmentvariable" when first.Text is { } variable: return new CodeValue { Name = "env:" + variable, Shell = Variable(variable) };
            case "setenvironmentvariable" when first.Text is { } set && arguments.Count > 1:
                Exports(set, arguments[1], start, end);
                return CodeValue.Unknown;
            case "gettemppath": return CodeValue.Of("/tmp/");
            case "gettempfilename": return CodeValue.Of("/tmp/tmp0.tmp");
            case "indexof": return new CodeValue { Name = ".indexof", File = first };
            case "substring" when on.Shell is not null && first.Text == "0" && arguments is [_, { Name: ".indexof", File.Text: "=" }]: return Names(on);
            // Why: nobody knows which, but it is one, and never empty.
            case "newguid": return CodeValue.Of("0f0e0d0c-guid");
            case "deletesubkeytree" or "deletesubkey" or "deletevalue" when type.Contains("Registry", StringComparison.OrdinalIgnoreCase) || on.Name?.Contains("Registry", StringComparison.OrdinalIgnoreCase) == true:
                writer.Run(start, end, CodeValue.Of("reg"), CodeValue.Of("delete"), CodeValue.Of((type.Contains("CurrentUser", StringComparison.OrdinalIgnoreCase) ? "HKCU\\" : "HKLM\\") + writer.Embed(first)));
                return CodeValue.Unknown;
            case "setvalue" when type.Contains("Registry", StringComparison.OrdinalIgnoreCase) && arguments.Count > 2:
                writer.Run(start, end, CodeValue.Of("reg"), CodeValue.Of("add"), first);
                return CodeValue.Unknown;
            case "win32shutdown" or "shutdown" or "reboot" when on.Shell is not null:
                writer.Show("shutdown now", start, end);
                return CodeValue.Unknown;
            case "clearlog":
                writer.Run(start, end, CodeValue.Of("wevtutil"), CodeValue.Of("cl"), first);
                return CodeValue.Unknown;
            case "getrandomfilename": return new CodeValue { Text = "random.tmp" };
            case "getfolderpath": return new CodeValue { Text = writer.Home() + (first.Text is "Startup" ? "/AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Startup" : "") };
            case "combine" when arguments.Count > 1: return Joined(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(arguments));
            case "isnullorempty" or "isnullorwhitespace" or "contains" or "containskey" or "startswith" or "endswith" or "equals" or "gettype" or "exists" or "gethashcode" or "ismatch" or "compareto" or "round" or "computehash": return CodeValue.Unknown;
            case "start" when type.Contains("Process", StringComparison.OrdinalIgnoreCase):
                var started = new List<PowerShellArgument>();
                foreach (var value in arguments)
                {
                    foreach (var part in started.Count > 0 && value.Text is { } line && !CodeText.HasMark(line) ? line.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [])
                        started.Add(new(CodeValue.Of(part), false));
                    if (started.Count == 0) started.Add(new(value, false));
                }
                if (first.Text is { } program) writer.Show(Program(new PowerShellCall(program, started.Skip(1).ToList(), null, start, end)).Shell!, start, end);
                return CodeValue.Unknown;
            case "run" or "exec" or "shellexecute" when type.Contains("shell", StringComparison.OrdinalIgnoreCase):
                Starts(arguments.Count > 1 && leaf == "shellexecute" ? CodeValue.Of(writer.Embed(first) + " " + writer.Embed(arguments[1])) : first, start, end);
                return CodeValue.Unknown;
            case "load" or "unsafeload" when type.Contains("Assembly", StringComparison.OrdinalIgnoreCase) && first.Shell is not null:
                writer.Run(start, end, CodeValue.Of("pwsh"), CodeValue.Of("-c"), first);
                return CodeValue.Unknown;
            case "split" when on.Text is not null || on.Shell is not null: return Cut(on, first);
            case "replace" when on.Text is { } whole && arguments.Count == 2 && first.Text is { Length: > 0 } from && arguments[1].Text is { } to && Text.Work.Fold(whole.Length + (long)(whole.Length / from.Length + 1) * to.Length): return CodeValue.Of(whole.Replace(from, to, StringComparison.Ordinal));
            case "replace" when type.Contains("regex", StringComparison.OrdinalIgnoreCase) && arguments.Count > 2: return Replaced(first, arguments[1], arguments[2]);
            case "replace" when on.Shell is not null && arguments.Count == 2: return new CodeValue { Shell = on.Shell };
            case "concat" or "join" when arguments.Count > 1 && type.Contains("string", StringComparison.OrdinalIgnoreCase):
                var between = leaf == "join" ? first.Text ?? "" : "";
                var strings = new List<CodeValue>();
                for (var i = leaf == "join" ? 1 : 0; i < arguments.Count; i++) strings.AddRange(arguments[i].Items ?? [arguments[i]]);
                var joined = new System.Text.StringBuilder();
                foreach (var part in strings)
                {
                    var known = writer.Embed(part);
                    if (!Text.Work.Fold(known.Length + between.Length)) return CodeValue.Unknown;
                    joined.Append(joined.Length > 0 ? between : "").Append(known);
                }
                return CodeValue.Of(joined.ToString());
            case "create" or "newscriptblock" when type.Contains("scriptblock", StringComparison.OrdinalIgnoreCase): return new CodeValue { Text = first.Text, Shell = first.Shell, Name = "scriptblock" };
            case "toarray" when arguments.Count == 0: return on;
            default:
                if (leaf is "trim" or "trimend" or "trimstart" or "tostring" or "tolower" or "toupper" or "tolowerinvariant" or "toupperinvariant" && on.Text is not null)
                    return leaf[0] == 't' && leaf.StartsWith("trim", StringComparison.Ordinal) && on.Text is { } padded ? CodeValue.Of(padded.Trim()) : on;
                // Why: what a method makes of a command's output, or of one that it is given, is that output still.
                var output = on.Shell ?? FirstOutput(CodeValue.List([.. arguments]));
                if (output is not null) return new CodeValue { Shell = output, Traits = on.Traits, Name = on.Shell is not null ? on.Name : null };
                if (leaf is "getstring" or "getbytes" or "new" or "tochararray" && first.Text is not null) return first;
                return CodeValue.Unknown;
        }
    }

    /// <summary>An object that reads the file it is made with.</summary>
    private static bool IsReader(string type) => type.Length < 64 && (type.Contains("StreamReader", StringComparison.OrdinalIgnoreCase) || type.Contains("FileStream", StringComparison.OrdinalIgnoreCase));

    /// <summary>A variable of the environment, for all that is run behind it.</summary>
    public void Exports(string name, CodeValue value, int start, int end)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_') return;
        }
        if (name.Length > 0 && !char.IsAsciiDigit(name[0])) writer.Show(value.Name == "null" || value.Text == "" ? "unset " + name : "export " + name + "=" + writer.Word(value), start, end);
    }

    private CodeValue Decoded(CodeValue encoded) =>
        encoded.Text is { } known && !CodeText.HasMark(known) && Decode(known) is { } plain
            ? CodeValue.Of(plain)
            : new CodeValue { Shell = writer.Pipe(encoded.Text is null && encoded.Shell is null ? new CodeValue { Name = "value" } : encoded, "base64 -d") };

    /// <summary>The plain text of UTF-16 or UTF-8 in base64; null when it decodes to none.</summary>
    private static string? Decode(string encoded)
    {
        if (TextDecoding.Base64(encoded) is not { } bytes) return null;
        var zeros = 0;
        for (var i = 1; i < bytes.Length; i += 2) zeros += bytes[i] == 0 ? 1 : 0;
        return zeros * 4 > bytes.Length && bytes.Length % 2 == 0 ? System.Text.Encoding.Unicode.GetString(bytes) : TextDecoding.TryDecode(encoded, isHex: false);
    }
}
