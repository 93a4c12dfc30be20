using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.PowerShell;

/// <summary>The network, processes, objects and what is taken of them.</summary>
internal sealed partial class PowerShellCalls
{
    private CodeValue Fetch(PowerShellCall call)
    {
        var url = call["uri"] ?? call["source"] ?? CodeValue.Unknown;
        var words = new List<CodeValue> { CodeValue.Of("curl"), CodeValue.Of("-fsSL") };
        if ((call["method"] ?? call["custommethod"])?.Text is { Length: < 20 } method && !method.Equals("GET", StringComparison.OrdinalIgnoreCase)) words.AddRange([CodeValue.Of("-X"), CodeValue.Of(method.ToUpperInvariant())]);
        if (call["headers"]?.Fields is { } headers)
        {
            foreach (var (name, value) in headers) words.AddRange([CodeValue.Of("-H"), CodeValue.Of(name + ": " + writer.Embed(value))]);
        }
        CodeValue? fed = null;
        foreach (var body in (ReadOnlySpan<CodeValue?>)[call["body"], call["form"]])
        {
            if (body is null) continue;
            if (body.Fields is { } fields)
            {
                foreach (var (name, value) in fields) words.AddRange(value.Is(CodeTraits.Path) ? [CodeValue.Of("-F"), CodeValue.Of(name + "=@" + writer.Embed(value))] : [CodeValue.Of("--data"), CodeValue.Of(name + "=" + writer.Embed(value))]);
            }
            else if (body.Shell is not null) { words.AddRange([CodeValue.Of("--data-binary"), CodeValue.Of("@-")]); fed = body; }
            else words.AddRange([CodeValue.Of("--data"), CodeValue.Of(writer.Embed(body))]);
        }
        if (fed is null && call.Fed is { Shell: not null } && call["body"] is null)
        {
            if (call["uri"] is null) url = CodeValue.Of(writer.Embed(call.Fed));
            else { words.AddRange([CodeValue.Of("--data-binary"), CodeValue.Of("@-")]); fed = call.Fed; }
        }
        if (call["infile"] is { } upload) words.AddRange([CodeValue.Of("-T"), Located(upload)]);
        var file = call["outfile"] ?? call["destination"];
        if (call.Name == "start-bitstransfer" && file is null && url.Text is { } address) file = CodeValue.Of(ShellPath.Leaf(address));
        if (file is not null) words.AddRange([CodeValue.Of("-o"), Noted(file)]);
        words.Add(url);
        var line = writer.Pipe(fed, writer.Line([.. words]));
        if (file is not null && !call.Has("passthru")) { writer.Show(line, call.Start, call.End); return CodeValue.Unknown; }
        return new CodeValue { Shell = line };
    }

    /// <summary>What goes out by mail.</summary>
    private CodeValue Mails(PowerShellCall call)
    {
        foreach (var file in call["attachments"]?.Items ?? (call["attachments"] is { } one ? [one] : []))
            writer.Run(call.Start, call.End, CodeValue.Of("curl"), CodeValue.Of("-T"), Located(file), CodeValue.Of("smtp://mail.invalid/"));
        if (call["body"] is { } body && (body.Shell is not null || body.Text is not null)) writer.Show(writer.Pipe(body, "curl --data-binary @- smtp://mail.invalid/"), call.Start, call.End);
        return CodeValue.Unknown;
    }

    private CodeValue Start(PowerShellCall call)
    {
        if ((call.Path ?? call.Fed) is not { } program) return CodeValue.Unknown;
        var words = new List<PowerShellArgument>();
        foreach (var value in call["argumentlist"] is { } list ? list.Items ?? [list] : call["args"] is { } args ? args.Items ?? [args] : [])
        {
            if (value.Text is { } line && line.Contains(' ', StringComparison.Ordinal) && !CodeText.HasMark(line))
            {
                foreach (var part in line.Split(' ', StringSplitOptions.RemoveEmptyEntries)) words.Add(new(CodeValue.Of(part), false));
            }
            else words.Add(new(value, false));
        }
        if (program.Text is not { } name) return new CodeValue { Shell = writer.Line(program) };
        var slashed = PowerShellPaths.Of(program).Text ?? name;
        if (IsDocument(slashed)) return CodeValue.Unknown;
        var started = new PowerShellCall(slashed, words, null, call.Start, call.End);
        var run = Program(started);
        return call["verb"]?.Text?.Equals("runas", StringComparison.OrdinalIgnoreCase) == true ? new CodeValue { Shell = "sudo " + run.Shell } : run;
    }

    /// <summary>It is opened to be looked at, not run.</summary>
    private static bool IsDocument(string path)
    {
        var dot = path.LastIndexOf('.');
        return dot > 0 && path.Length - dot < 7 && path[(dot + 1)..].ToLowerInvariant() is "html" or "htm" or "txt" or "md" or "pdf" or "png" or "jpg" or "jpeg" or "gif" or "svg" or "json" or "xml" or "csv" or "log" or "xlsx" or "docx" or "sln" or "code";
    }

    private CodeValue Made(PowerShellCall call)
    {
        var type = call["typename"]?.Text ?? call["comobject"]?.Text ?? "";
        if (type.Contains("TcpClient", StringComparison.OrdinalIgnoreCase)) writer.Effects.OpensNetwork();
        var arguments = call["argumentlist"] ?? call["args"];
        if (IsReader(type) && arguments is { Text: not null }) return new CodeValue { Shell = writer.Line(CodeValue.Of("cat"), Located(arguments, true)) };
        return arguments is null ? new CodeValue { Name = "[" + type + "]" } : new CodeValue { Name = "[" + type + "]", Shell = arguments.Shell ?? FirstOutput(arguments), Text = null, File = arguments };
    }

    private static string? FirstOutput(CodeValue list)
    {
        foreach (var item in list.Items ?? [])
        {
            if (item.Shell is { } shell) return shell;
        }
        return null;
    }

    /// <summary>What passes on of a value: of the environment the names alone, when these are asked for.</summary>
    private CodeValue Selected(PowerShellCall call, CodeValue value)
    {
        if (call.Name == "convertfrom-stringdata" && value.Shell is not null) return new CodeValue { Shell = value.Shell, Traits = CodeTraits.Environment };
        if (call.Name is "group-object" or "compare-object") return value;
        if (call.Name is not ("select-object" or "format-table" or "format-list" or "format-wide")) return value;
        if ((call["expandproperty"] ?? call["property"]) is not { } property) return value;
        var isName = IsNames(property);
        return value.Is(CodeTraits.Environment) && isName ? Names(value) : value;
    }

    private static bool IsNames(CodeValue property)
    {
        foreach (var item in property.Items ?? [property])
        {
            if (item.Text is null || !IsName(item.Text)) return false;
        }
        return true;
    }

    private static bool IsName(string property) => property.Equals("Name", StringComparison.OrdinalIgnoreCase) || property.Equals("Key", StringComparison.OrdinalIgnoreCase)
        || property.Equals("Keys", StringComparison.OrdinalIgnoreCase) || property.Equals("PSPath", StringComparison.OrdinalIgnoreCase);

    /// <summary>Of lines <c>name=value</c> what stands before the sign.</summary>
    public CodeValue Names(CodeValue value) => new() { Shell = writer.Pipe(value, "cut -d= -f1") };

    /// <summary>A property: of files their path, of the environment its names, of a text or a list how long it is.</summary>
    public CodeValue Property(CodeValue value, string name)
    {
        if (value.Fields is { } fields)
        {
            foreach (var (key, field) in fields)
            {
                if (key.Equals(name, StringComparison.OrdinalIgnoreCase)) return field;
            }
            if (!name.Equals("Values", StringComparison.OrdinalIgnoreCase) && !value.Is(CodeTraits.Environment)) return CodeValue.Unknown;
        }
        var lower = name.Length > 32 ? name : name.ToLowerInvariant();
        switch (lower)
        {
            case "count" or "length" or "longlength" or "exitcode" or "statuscode" or "lastwritetime" or "creationtime" or "attributes" or "exists":
                return value.Shell is not null && value.Name is null or Whole ? new CodeValue { Shell = writer.Pipe(value, "wc -l") } : CodeValue.Unknown;
            case "lines" or "words" or "characters" when value.Shell is not null: return value;
            case "name" or "key" or "keys" when value.Is(CodeTraits.Environment): return Names(value);
            case "name" or "basename" or "extension" when value.Listing is not null: return new CodeValue { Name = "." + lower, Listing = value.Listing };
            case "fullname" or "pspath" or "directory" or "directoryname" or "path" or "providerpath" when value.Listing is not null || value.Text is not null || value.Items is not null: return value;
            case "name" or "source" or "definition" or "path" or "value" when value.Text is not null: return value;
            case "currentuserallhosts" or "currentusercurrenthost" or "alluserscurrenthost" or "allusersallhosts" when value.Text is not null: return value;
        }
        // Why: what is made of a command's output is that output still.
        if (value.Shell is not null || value.Listing is not null) return new CodeValue { Shell = value.Shell, Listing = value.Listing, Traits = value.Traits, Name = value.Name };
        return new CodeValue { Name = (value.Name is { Length: < 200 } before ? before : "") + "." + name, Receiver = value, Traits = value.Traits };
    }

    /// <summary>An element: of a list that is known the one, of a text cut at a sign the part, else all that it may be.</summary>
    public CodeValue Indexed(CodeValue value, CodeValue index)
    {
        if (value.Name == ".split" && value.Shell is not null) return index.Text == "0" && value.File?.Text == "=" ? Names(value) : new CodeValue { Shell = value.Shell };
        if (value.Items is { } items && index.Text is { Length: < 6 } number && int.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out var at))
        {
            if (at < 0) at += items.Length;
            return at >= 0 && at < items.Length ? items[at] : CodeValue.Unknown;
        }
        if (value.Fields is not null && index.Text is { } key) return Property(value, key);
        if (value.Text is { } text && index.Text is { Length: < 6 } place && int.TryParse(place, System.Globalization.CultureInfo.InvariantCulture, out var letter))
        {
            if (letter < 0) letter += text.Length;
            return letter >= 0 && letter < text.Length && !CodeText.HasMark(text) ? CodeValue.Of(text[letter].ToString()) : CodeValue.Unknown;
        }
        return value.Shell is not null || value.Listing is not null ? value : CodeValue.Unknown;
    }

    /// <summary><c>-replace</c>, <c>-split</c> on what a command puts out: a filter more.</summary>
    public CodeValue Replaced(CodeValue value, CodeValue pattern, CodeValue by)
    {
        if (value.Shell is null) return CodeValue.Mixed(value, by);
        if (pattern.Text is not { } from || by.Text is not { } to || CodeText.HasMark(from) || CodeText.HasMark(to) || from.Length > 200) return new CodeValue { Shell = value.Shell };
        // Why: a group that nothing refers to is no group.
        if (from.StartsWith("=(.", StringComparison.Ordinal) && from.IndexOf(')', StringComparison.Ordinal) >= from.Length - 2 && !to.Contains('$', StringComparison.Ordinal)) from = from.Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal);
        // Why: a look behind the sign leaves the sign.
        if (from is "(?<==).*" or "(?<==).+" or "(?<==).*$") (from, to) = ("=.*", "=" + to);
        foreach (var delimiter in "/|#,")
        {
            if (from.Contains(delimiter, StringComparison.Ordinal) || to.Contains(delimiter, StringComparison.Ordinal)) continue;
            var script = "s" + delimiter + from + delimiter + to.Replace("$", "\\", StringComparison.Ordinal) + delimiter;
            return new CodeValue { Shell = writer.Pipe(value, writer.Line(CodeValue.Of("sed"), CodeValue.Of("-E"), CodeValue.Of(script))) };
        }
        return new CodeValue { Shell = value.Shell };
    }

    /// <summary>A text cut at a sign; of a command's output it is remembered at which.</summary>
    public static CodeValue Cut(CodeValue value, CodeValue at)
    {
        var sign = at.Items is { Length: > 0 } items ? items[0] : at;
        if (value.Text is { } text && sign.Text is { Length: > 0 } by && !CodeText.HasMark(by) && PowerShellPaths.IsPlainPattern(by) && text.Length < 4096)
        {
            var parts = text.Split(by);
            var all = new CodeValue[Math.Min(parts.Length, 256)];
            for (var i = 0; i < all.Length; i++) all[i] = CodeValue.Of(parts[i]);
            return CodeValue.List(all);
        }
        return value.Shell is null ? CodeValue.Unknown : new CodeValue { Shell = value.Shell, Name = ".split", File = sign };
    }
}
