using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.PowerShell;

/// <summary>Files: listed, read, searched, written, moved, removed.</summary>
internal sealed partial class PowerShellCalls
{
    private CodeValue Lists(PowerShellCall call)
    {
        var at = call.Path ?? call.Fed ?? CodeValue.Of(".");
        if (PowerShellPaths.IsIn(at, "env:")) return Environment(at);
        if (at.Listing is not null || at.Text is null && at.Items is null && call.Path is not null && at.Shell is not null) return at;
        var root = Located(at, call["literalpath"] is not null);
        var names = new List<CodeValue>();
        foreach (var pattern in (ReadOnlySpan<CodeValue?>)[call["filter"], call["include"]])
        {
            if (pattern is not null) names.AddRange(pattern.Items ?? [pattern]);
        }
        var recurses = call.Has("recurse") || call.Has("r") || call.Has("s") || call["depth"] is not null;
        if (root.Text is { } path && PowerShellPaths.Split(path) is var (folder, leaf))
        {
            if (names.Count == 0 && leaf != "*") names.Add(CodeValue.Of(leaf));
            root = CodeValue.Of(folder);
        }
        return new CodeValue { Listing = new PowerShellListing(root, [.. names], recurses, call["exclude"] is not null) };
    }

    /// <summary><c>env:</c> is the environment, <c>env:X</c> one of its variables, <c>env:*X*</c> those with such a name.</summary>
    private static CodeValue Environment(CodeValue path)
    {
        var name = path.Text!["env:".Length..].Trim('\\', '/');
        if (name.Length == 0 || name == "*") return new CodeValue { Shell = "env", Traits = CodeTraits.Environment };
        if (!name.Contains('*', StringComparison.Ordinal)) return new CodeValue { Name = "env:" + name, Shell = Variable(name) };
        return new CodeValue { Shell = "env | grep -i '" + name.Replace("*", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal) + "'", Traits = CodeTraits.Environment };
    }

    /// <summary>The command that prints a variable of the environment.</summary>
    public static string Variable(string name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_') return "true";
        }
        return "printenv " + name;
    }

    private CodeValue Reads(PowerShellCall call)
    {
        var path = call.Path ?? call.Fed ?? CodeValue.Unknown;
        if (PowerShellPaths.IsIn(path, "env:")) return Environment(path);
        if (path.Listing is { } listing) return new CodeValue { Shell = writer.Found(listing, " -exec cat {} +") };
        var text = path.Text ?? "";
        if (PowerShellPaths.HasDrive(text) && text.IndexOf(':', StringComparison.Ordinal) > 1) return CodeValue.Unknown;
        if (path.Shell is not null && path.Text is null) return new CodeValue { Shell = writer.Pipe(path, "xargs cat") };
        var read = Command(call, null, "cat", path);
        return call.Has("raw") ? new CodeValue { Shell = read.Shell, Name = Whole } : read;
    }

    /// <summary>The name of a value that is one text, no list of lines.</summary>
    private const string Whole = "text";

    /// <summary>What is in a file.</summary>
    public CodeValue Content(CodeValue path) => new() { Shell = writer.Line(CodeValue.Of("cat"), Located(path)) };

    private CodeValue Searches(PowerShellCall call)
    {
        var words = new List<CodeValue> { CodeValue.Of("grep") };
        if (call.Has("quiet")) words.Add(CodeValue.Of("-q"));
        if (call.Has("list")) words.Add(CodeValue.Of("-l"));
        if (call.Has("notmatch")) words.Add(CodeValue.Of("-v"));
        words.AddRange([CodeValue.Of("-E"), CodeValue.Of("-e"), call["pattern"] ?? CodeValue.Unknown]);
        var fed = call.Fed ?? call["inputobject"];
        var path = call.Path;
        if (path is null && fed?.Listing is { } found) return new CodeValue { Shell = writer.Found(found, " -exec " + writer.Line([.. words]) + " {} +") };
        if (path?.Listing is { } listed) return new CodeValue { Shell = writer.Found(listed, " -exec " + writer.Line([.. words]) + " {} +") };
        if (path is not null) words.Add(Located(path));
        return new CodeValue { Shell = writer.Pipe(path is null ? fed : null, writer.Line([.. words])) };
    }

    private void Writes(PowerShellCall call)
    {
        var path = call.Path;
        if (call.Name == "new-item" && call["name"] is { } name) path = path is null ? name : Joined([path, name]);
        if (path is null) return;
        if (path.Text is { } text && PowerShellPaths.HasDrive(text) && text.IndexOf(':', StringComparison.Ordinal) > 1 && !text.Contains("::", StringComparison.Ordinal))
        {
            if (PowerShellPaths.IsIn(path, "env:") && (call["value"] ?? call.Fed) is { } set) Exports(text["env:".Length..].TrimStart('\\', '/'), set, call.Start, call.End);
            // variable:, HKLM:
            else if (call.Name is "set-item" or "new-item" or "clear-content") _ = Shown(Program(call), call);
            return;
        }
        var value = call["value"] ?? call["inputobject"] ?? call.Fed;
        if (call.Name == "new-item")
        {
            var type = (call["itemtype"] ?? call["type"])?.Text ?? "";
            if (type.StartsWith("dir", StringComparison.OrdinalIgnoreCase) || type.Equals("container", StringComparison.OrdinalIgnoreCase)) { writer.Run(call.Start, call.End, CodeValue.Of("mkdir"), CodeValue.Of("-p"), Located(path)); return; }
            if (type.EndsWith("link", StringComparison.OrdinalIgnoreCase) || type.Equals("junction", StringComparison.OrdinalIgnoreCase))
            {
                writer.Run(call.Start, call.End, CodeValue.Of("ln"), CodeValue.Of("-s"), Located(call["target"] ?? call["value"] ?? CodeValue.Unknown), Located(path));
                return;
            }
            if (value is null && !call.Has("force")) { writer.Run(call.Start, call.End, CodeValue.Of("touch"), Located(path)); return; }
        }
        var target = Noted(path);
        if (path.Listing is { } listing) target = CodeValue.Of(Text.Unknown(listing.Recurses ? "files" : "file"));
        Into(value, target, call.Name is "add-content" || call.Has("append"), call.Start, call.End);
    }

    /// <summary>The value goes into the file; no value, or an empty one, empties it.</summary>
    public void Into(CodeValue? value, CodeValue target, bool appends, int start, int end)
    {
        var isEmpty = value is null or { Text: "" } or { Name: "null" };
        var source = isEmpty ? ":" : writer.Source(value) ?? "printf '%s\\n' " + writer.Word(value!);
        var file = target.Items is null ? writer.Word(target) : null;
        writer.Show(file is null ? writer.Pipe(value, "tee " + (appends ? "-a " : "") + writer.Words(target) + " > /dev/null") : source + (appends ? " >> " : " > ") + file, start, end);
    }

    /// <summary>A redirection, to a path as it stands there.</summary>
    public void Redirects(CodeValue value, CodeValue target, bool appends, int start, int end) => Into(value is { Text: null, Shell: null, Items: null, Name: not "null" } ? new CodeValue { Name = "value" } : value, Noted(target), appends, start, end);

    private CodeValue Shown(CodeValue value, PowerShellCall call)
    {
        if (value.Shell is { } shell) writer.Show(shell, call.Start, call.End);
        return value;
    }

    private void Moves(PowerShellCall call)
    {
        var from = call.Path ?? call.Fed;
        var to = call["destination"] ?? call["newname"] ?? (call.Fed is not null && call.Path is not null ? call.Path : null);
        if (call.Fed is not null && to is not null && ReferenceEquals(to, call.Path)) from = call.Fed;
        if (from is null) return;
        to ??= CodeValue.Of(".");
        var isCopy = call.Name == "copy-item";
        if (from.Listing is { } listing) from = Everything(listing);
        if (PowerShellPaths.IsIn(from, "HK") || PowerShellPaths.IsIn(from, "env:")) return;
        if (isCopy) writer.Run(call.Start, call.End, CodeValue.Of("cp"), CodeValue.Of("-r"), Located(from), Noted(to));
        else writer.Run(call.Start, call.End, CodeValue.Of("mv"), Located(from), Noted(to));
    }

    private void Packs(PowerShellCall call)
    {
        var path = Located(call.Path ?? (call.Fed?.Listing is { } listing ? Everything(listing) : call.Fed) ?? CodeValue.Unknown);
        var to = call["destinationpath"] is { } given ? Located(given) : CodeValue.Of(".");
        if (call.Name == "compress-archive") writer.Run(call.Start, call.End, CodeValue.Of("zip"), CodeValue.Of("-r"), to, path);
        else writer.Run(call.Start, call.End, CodeValue.Of("unzip"), path, CodeValue.Of("-d"), to);
    }

    private static CodeValue Everything(PowerShellListing listing) =>
        listing.Root.Text is { } root
            ? new CodeValue { Text = listing.Names is [{ Text: { } name }] ? PowerShellPaths.Below(root)[..^1] + name : PowerShellPaths.Below(root), Traits = CodeTraits.Glob }
            : CodeValue.Unknown;

    private void Removes(PowerShellCall call)
    {
        var words = new List<CodeValue> { CodeValue.Of("remove-item") };
        if (call.Has("recurse") || HasSwitch(call, "/s")) words.Add(CodeValue.Of("-recurse"));
        if (call.Has("force")) words.Add(CodeValue.Of("-force"));
        var isTree = call.Has("recurse");
        var targets = new List<CodeValue>();
        if (call.Path is { } path) targets.Add(path);
        else if (call.Fed is not null) targets.Add(call.Fed);
        // Why: cmd's habits, `del a b /q`, bring more than one.
        for (var i = 1; i < call.Bare.Count; i++) targets.Add(call.Bare[i]);
        foreach (var target in targets)
        {
            if (target.Text is "/s" or "/q" or "/f" or "/S" or "/Q" or "/F") continue;
            if (target.Listing is { } listing) { RemovesFound(listing, words, isTree, call); continue; }
            var located = Located(target, call["literalpath"] is not null);
            if (PowerShellPaths.IsIn(located, "env:") || PowerShellPaths.IsIn(located, "variable:") || PowerShellPaths.IsIn(located, "alias:") || PowerShellPaths.IsIn(located, "function:")) continue;
            if (call["include"] is { } include && located.Text is not null)
            {
                RemovesFound(new PowerShellListing(located, include.Items ?? [include], isTree, false), words, isTree, call);
                continue;
            }
            if (target.Text is null && target.Items is null && target.Shell is not null) { writer.Show(writer.Pipe(target, "xargs rm " + (isTree ? "-rf" : "-f")), call.Start, call.End); continue; }
            if (target.Text is null && target.Items is null && ReferenceEquals(target, call.Fed)) located = CodeValue.Of(Text.Unknown("_"));
            writer.Run(call.Start, call.End, [.. words, located]);
        }
    }

    private void RemovesFound(PowerShellListing listing, List<CodeValue> words, bool isTree, PowerShellCall call)
    {
        if (listing.Names.Length == 0 && !listing.IsFiltered)
        {
            // Why: what a listing finds in a directory is all of it.
            if (!isTree) words = [words[0], CodeValue.Of("-recurse"), .. words.Skip(1)];
            writer.Run(call.Start, call.End, [.. words, Everything(listing)]);
        }
        else if (!listing.Recurses && !listing.IsFiltered)
        {
            foreach (var name in listing.Names)
                writer.Run(call.Start, call.End, [.. words, Everything(listing with { Names = [name] })]);
        }
        else writer.Show(writer.Found(listing, isTree ? " -exec rm -rf {} +" : " -exec rm -f {} +"), call.Start, call.End);
    }

    private static bool HasSwitch(PowerShellCall call, string name)
    {
        foreach (var value in call.Bare)
        {
            if (string.Equals(value.Text, name, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }
}
