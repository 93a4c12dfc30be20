namespace Septim.Hooks.Shell.Evaluation;

/// <summary>A program word → the plain name that rules compare with.</summary>
internal static class ProgramName
{
    private const int LongestName = 255;

    /// <summary>Empty when the program cannot be known. <paramref name="first"/> is the subcommand of a dashed name.</summary>
    public static string Of(Word program, out string? first)
    {
        first = null;
        var text = program.HasUnknown ? Tail(program) : program.Text!;
        if (text.Length == 0) return "";
        var cut = Math.Max(text.LastIndexOf('/'), text.LastIndexOf('\\'));
        if (cut >= 0) text = text[(cut + 1)..];
        // Why: no file has a longer name; every rule compares it.
        if (text.Length > LongestName) text = text[..LongestName];
        if (program.HasGlob) text = Matched(text);
        text = text.ToLowerInvariant();
        // Why: zsh's =rm, nu's ^rm and elvish's e:rm are rm, as is the one of zsh's module for files.
        if (text.Length > 2 && text[0] is '=' or '^') text = text[1..];
        if (text.StartsWith("zf_", StringComparison.Ordinal) || text.StartsWith("e:", StringComparison.Ordinal)) text = text[(text.IndexOfAny('_', ':') + 1)..];
        if (text.EndsWith(".exe", StringComparison.Ordinal) && text.Length > 4) text = text[..^4];
        if (text.StartsWith("git-", StringComparison.Ordinal) && text.Length > 4)
        {
            first = text[4..];
            return "git";
        }
        return Plain(text);
    }

    /// <summary>Versions apart: <c>python3.12</c> is <c>python</c>, <c>nodejs</c> is <c>node</c>.</summary>
    private static string Plain(string name)
    {
        if (name is "nodejs") return "node";
        if (name is "microk8s.kubectl" or "k0s.kubectl") return "kubectl";
        var end = name.Length;
        while (end > 0 && (char.IsAsciiDigit(name[end - 1]) || name[end - 1] is '.' or '-')) end--;
        if (end == name.Length || end == 0) return name;
        return name[..end] is "python" or "pypy" or "pip" or "ruby" or "perl" or "php" or "lua" or "node" or "bash" or "tclsh" ? name[..end] : name;
    }

    /// <summary>Behind the last slash that is surely in it: <c>$DIR/rm</c> is rm.</summary>
    private static string Tail(Word program)
    {
        var last = program.Pieces[^1];
        return last.Kind == PieceKind.Literal && last.Text.Contains('/', StringComparison.Ordinal) ? last.Text : "";
    }

    /// <summary>A glob as program name stands for the most dangerous program that it fits.</summary>
    private static string Matched(string pattern)
    {
        foreach (var name in (ReadOnlySpan<string>)["rm", "dd", "shred", "chmod", "chown", "mkfs", "mv", "bash", "sh", "git", "curl", "wget", "nc", "cat", "sudo", "find", "tee", "cp", "python", "python3", "perl"])
        {
            if (GlobMatch.Matches(name, pattern)) return name;
        }
        return pattern;
    }
}
