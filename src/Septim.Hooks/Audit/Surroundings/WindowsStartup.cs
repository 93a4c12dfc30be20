using System.Text.RegularExpressions;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>What PowerShell profiles and batch files look like: assignments, what they load, and paths as Windows writes them.</summary>
internal static partial class WindowsStartup
{
    /// <summary>A path as Windows writes it: quotes, backslashes, %USERPROFILE%, $HOME, the folder of the script itself.</summary>
    /// <returns>Null when it cannot be resolved without running a shell.</returns>
    public static string? Resolve(string text, string script, string home)
    {
        var path = text.Trim().Trim('"', '\'').Replace('\\', '/');
        var folder = (Path.GetDirectoryName(script) ?? "").Replace('\\', '/');
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)
        [
            ("%USERPROFILE%", home), ("%HOMEDRIVE%%HOMEPATH%", home), ("${env:USERPROFILE}", home), ("$env:USERPROFILE", home), ("$env:HOME", home), ("${HOME}", home), ("$HOME", home),
            ("$PSScriptRoot", folder), ("%~dp0", folder + "/"),
        ]) path = path.Replace(name, value, StringComparison.OrdinalIgnoreCase);
        if (path.Starts("~/")) path = home + path[1..];
        if (path.Has("$") || path.Has("%") || path.Has("(") || path.Has("*")) return null;
        return Roots.IsAbsolute(path) ? path : path.Starts("./") ? Path.GetFullPath(path, Path.GetDirectoryName(script)!) : null;
    }

    /// <summary>A command line in which paths written with backslashes stand with slashes, as a POSIX reader needs them.</summary>
    public static string ForwardSlashes(string command) =>
        command.Has("\\") ? BackslashPath().Replace(command, match => match.Value.Replace('\\', '/')) : command;

    /// <summary>Block comments and here-strings of PowerShell, blanked out: offsets stay.</summary>
    public static string WithoutComments(string text) =>
        Block().Replace(text, match => string.Create(match.Length, match.Value, (to, from) =>
        {
            for (var i = 0; i < to.Length; i++) to[i] = from[i] is '\n' or '\r' ? from[i] : ' ';
        }));

    /// <summary><c>(Join-Path $HOME 'x.ps1')</c> as one path; anything else as it is.</summary>
    public static string JoinPath(string text) =>
        Joined().Match(text) is { Success: true } match ? $"{match.Groups["a"].Value.Trim('"', '\'')}/{match.Groups["b"].Value.Trim('"', '\'')}" : text;

    [GeneratedRegex(@"(?<=^|[;{(&])[ \t]*(\$(env:(?<n>\w+)|\{env:(?<n>\w+)\})[ \t]*=[ \t]*(?<v>""[^""\r\n]*""|'[^'\r\n]*'|[^\r\n#;}]*)|\[(System\.)?Environment\]::SetEnvironmentVariable\(\s*[""'](?<n>\w+)[""']\s*,\s*(?<v>""[^""\r\n]*""|'[^'\r\n]*')|setx(\.exe)?[ \t]+(?<n>\w+)[ \t]+(?<v>""[^""\r\n]*""|'[^'\r\n]*'|\S+)|(Set-Item|New-Item|Set-Content|si|ni)[ \t]+(-(Literal)?Path[ \t]+)?[""']?env:\\?(?<n>\w+)[""']?[ \t]+(-Value[ \t]+)?(?<v>""[^""\r\n]*""|'[^'\r\n]*'))", RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)] internal static partial Regex PowerShell();
    [GeneratedRegex(@"(?<=^|[;{])[ \t]*(?<call>[.&])[ \t]+(?<v>""[^""\r\n]+""|'[^'\r\n]+'|\([^)\r\n]+\)|[^\s;}\r\n#]+)", RegexOptions.CultureInvariant | RegexOptions.Multiline)] internal static partial Regex DotSource();
    [GeneratedRegex(@"^[ \t@]*(?:if[^\r\n(]*[ \t(])?(?:set[ \t]+""?(?<n>[A-Za-z_]\w*)=(?<v>[^""\r\n&]*)""?|setx(?:\.exe)?[ \t]+(?<n>\w+)[ \t]+(?<v>""[^""\r\n]*""|\S+))", RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.IgnoreCase)] internal static partial Regex Batch();
    [GeneratedRegex(@"^[ \t@]*call[ \t]+(?<v>""[^""\r\n]+""|[^\s\r\n&:]\S*(?<=\.(cmd|bat)))", RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.IgnoreCase)] internal static partial Regex BatchCall();
    [GeneratedRegex(@"(?<v>""[^""]+\.(cmd|bat)""|[^\s""&|<>]+\.(cmd|bat))", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)] internal static partial Regex AutoRunFile();
    [GeneratedRegex(@"<#.*?#>|@""\r?\n.*?\n""@|@'\r?\n.*?\n'@", RegexOptions.CultureInvariant | RegexOptions.Singleline)] private static partial Regex Block();
    [GeneratedRegex(@"^\(\s*Join-Path\s+(-Path\s+)?(?<a>\S+)\s+(-ChildPath\s+)?(?<b>""[^""]+""|'[^']+'|[^\s)]+)\s*\)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)] private static partial Regex Joined();
    [GeneratedRegex(@"(?<![\w\\])([A-Za-z]:|%\w+%|\$env:\w+|\$\{?\w+\}?""?|~|\.{1,2}|\.\w+)(\\[\w.$-]+)+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)] private static partial Regex BackslashPath();
}
