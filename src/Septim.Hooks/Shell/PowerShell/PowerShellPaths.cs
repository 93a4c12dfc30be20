using System.Buffers;
using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.PowerShell;

/// <summary>Paths of PowerShell as the rules know them.</summary>
internal static class PowerShellPaths
{
    private const string LocalTemp = "/AppData/Local/Temp/";

    private static readonly SearchValues<char> s_signs = SearchValues.Create("\\.|()[]*+?^$");

    /// <summary>The pattern of a replacement or a split means nothing but its own letters.</summary>
    public static bool IsPlainPattern(string pattern) => pattern.AsSpan().IndexOfAny(s_signs) < 0;

    /// <summary>
    /// Relative paths with forward slashes; one with a drive stays, the rules know it. <c>FileSystem::C:\x</c> is <c>C:\x</c>.
    /// </summary>
    public static CodeValue Of(CodeValue value, bool isLiteral = false)
    {
        if (value.Items is { } items)
        {
            var all = new CodeValue[items.Length];
            for (var i = 0; i < all.Length; i++) all[i] = items[i].Items is null ? Of(items[i], isLiteral) : items[i];
            return new CodeValue { Items = all, Traits = value.Traits };
        }
        if (value.Text is not { } text) return value;
        foreach (var provider in (ReadOnlySpan<string>)["FileSystem::", "Microsoft.PowerShell.Core\\FileSystem::"])
        {
            if (text.StartsWith(provider, StringComparison.OrdinalIgnoreCase)) text = text[provider.Length..];
        }
        if (text == "\\") text = "C:\\";
        var isGlob = !isLiteral && text.AsSpan().IndexOfAny('*', '?') >= 0;
        if (text.Contains('\\', StringComparison.Ordinal) && !HasDrive(text) && !text.StartsWith('\\')) text = text.Replace('\\', '/');
        // Why: Windows keeps its temporary files below the home directory.
        if (text.Length > LocalTemp.Length && CodeText.IsMark(text[0]) && text.AsSpan(1).StartsWith(LocalTemp, StringComparison.OrdinalIgnoreCase)) text = "/tmp/" + text[(LocalTemp.Length + 1)..];
        return new CodeValue { Text = text, Traits = value.Traits & ~CodeTraits.Glob | (isGlob ? CodeTraits.Glob : 0) };
    }

    /// <summary>Programs are given paths as they stand; one from <c>.\</c> or from the home directory is told the shell's way.</summary>
    public static CodeValue Native(CodeValue value)
    {
        if (value.Text is not { } text || !text.Contains('\\', StringComparison.Ordinal) || text.Contains(' ', StringComparison.Ordinal)) return value;
        var isPath = text.StartsWith(".\\", StringComparison.Ordinal) || text.StartsWith("..\\", StringComparison.Ordinal);
        for (var i = 0; i + 1 < text.Length && !isPath; i++) isPath = text[i + 1] == '\\' && CodeText.IsMark(text[i]);
        return isPath ? new CodeValue { Text = text.Replace('\\', '/'), Traits = value.Traits } : value;
    }

    /// <summary><c>C:\</c>, <c>HKLM:\</c>, <c>env:</c>.</summary>
    public static bool HasDrive(string text)
    {
        var colon = text.AsSpan(0, Math.Min(text.Length, 32)).IndexOf(':');
        return colon > 0 && text.AsSpan(0, colon).IndexOfAny('/', '\\') < 0 && !CodeText.IsMark(text[0]);
    }

    public static bool IsIn(CodeValue? path, string drive) => path?.Text is { } text && text.StartsWith(drive, StringComparison.OrdinalIgnoreCase);

    /// <summary>The folder and the pattern of its last part: <c>src/*.cs</c>; null when the pattern stands further up.</summary>
    public static (string Folder, string Pattern)? Split(string path)
    {
        var slash = path.LastIndexOfAny(['/', '\\']);
        var leaf = path[(slash + 1)..];
        if (leaf.AsSpan().IndexOfAny('*', '?') < 0 || (slash > 0 && path.AsSpan(0, slash).IndexOfAny('*', '?') >= 0)) return null;
        return (slash < 0 ? "." : path[..(slash + 1)], leaf);
    }

    public static string Below(string path) => path.TrimEnd('/', '\\') + (path.Contains('\\', StringComparison.Ordinal) ? "\\*" : "/*");
}
