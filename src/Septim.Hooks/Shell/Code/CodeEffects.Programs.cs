namespace Septim.Hooks.Shell.Code;

/// <summary>Programs that the code starts, with a shell between or without, and where.</summary>
internal sealed partial class CodeEffects
{
    /// <summary>A text for a shell.</summary>
    public void Shell(CodeValue command, int start, int end)
    {
        // Why: one of several may itself be one of several.
        if (!Takes()) return;
        if (command.Is(CodeTraits.AnyOf) && command.Items is not null)
        {
            for (var i = 0; i < command.Items.Length && i < MostAlternatives; i++) Shell(command.Items[i], start, end);
            return;
        }
        if (command.Items is { Length: > 0 }) { Run(command.Items, start, end); return; }
        if (command.Text is null && command.Is(CodeTraits.Network)) { Remote(command, start, end); return; }
        if (command.Text is null && command.Is(CodeTraits.Decoded)) { AddShell("base64 -d payload | sh", start, end); return; }
        if (command.Text is null && command.File is { } file && !ReferenceEquals(file, StandardInput)) { Do(start, end, CodeValue.Of("sh"), file); return; }
        if (command.Text is { } said && command.HasOrigin) Carried([CodeValue.Of(said.AsSpan().Trim().Split(' ') is var parts && parts.MoveNext() ? said.Trim()[parts.Current] : said), command], start, end);
        if (command.Text is { } known && IsBareShell(known)) _startsShell = true;
        if (command.Text is { } line && !(line.Length == 1 && CodeText.HasMark(line))) Add(new CodeCall(true, [text.ToWord(Elsewhere is { } there ? "cd \"" + there + "\"\n" + line : line)], text.Shown(start, end)), start);
        else Add(new CodeCall(false, [Word.Of("sh"), Word.Of("-c"), text.ToWord(command.Text ?? text.Unknown(command.Name is { Length: > 0 } name ? name : "command"))], text.Shown(start, end)), start);
    }

    /// <summary>A program with its arguments, no shell between.</summary>
    public void Run(CodeValue[] words, int start, int end)
    {
        if (IsMuted || words.Length == 0) return;
        Carried(words, start, end);
        if (words[0].Text is { } program && IsShell(ShellPath.Leaf(program)) && !HasCodeOption(words)) _startsShell = true;
        if (Elsewhere is { } there) Do(start, end, [CodeValue.Of("env"), CodeValue.Of("-C"), CodeValue.Of(there), .. words]);
        else Do(start, end, [.. words]);
    }

    /// <summary>Programs start in <see cref="Directory"/>; else whoever names their paths has put it before them.</summary>
    public bool StartsWhereItIs { get; set; }

    /// <summary>Where programs are started, when that is known and not where the code itself was.</summary>
    private string? Elsewhere => StartsWhereItIs && Directory?.Text is { Length: > 0 } there and not "." && text.IsKnown(there) && there.AsSpan().IndexOfAny('"', '\\', '`') < 0 ? there : null;

    private static bool IsShell(string name) => name is "sh" or "bash" or "zsh" or "dash" or "ksh" or "ash" or "csh" or "tcsh" or "fish"
        or "cmd.exe" or "cmd" or "powershell.exe" or "powershell" or "pwsh";

    private static bool HasCodeOption(CodeValue[] words)
    {
        for (var i = 1; i < words.Length; i++)
        {
            if (words[i].Text is { } word && (word is "-c" || !word.StartsWith('-'))) return true;
        }
        return false;
    }

    /// <summary><c>/bin/sh -i</c>, <c>/bin/sh -i &lt;&amp;3</c>: a shell and nothing for it to do.</summary>
    private static bool IsBareShell(string command)
    {
        var rest = command.AsSpan().Trim();
        if (rest.StartsWith("exec ")) rest = rest[5..].TrimStart();
        var space = rest.IndexOf(' ');
        var program = space < 0 ? rest : rest[..space];
        if (program.Length > 64 || !IsShell(program[(program.LastIndexOf('/') + 1)..].ToString())) return false;
        var arguments = space < 0 ? "" : rest[space..].Trim();
        return arguments.IsEmpty || arguments.StartsWith("-i") || arguments[0] is '<' or '>' or '0' or '1';
    }
}
