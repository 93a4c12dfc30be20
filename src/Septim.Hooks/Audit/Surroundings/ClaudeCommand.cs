using System.Text.RegularExpressions;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>Finds command lines that start the client, in scripts, CI steps and crontabs; comments do not count.</summary>
internal static partial class ClaudeCommand
{
    /// <summary>Print-mode starts: each logical line (continuations joined) with the offset of its beginning.</summary>
    public static IEnumerable<(string Line, int Offset)> FindPrint(string text)
    {
        if (!text.Has("claude")) yield break;
        foreach (var (line, offset) in LogicalLines(text))
            if (Print().IsMatch(line) && !IsTalk(line)) yield return (line.Trim(), offset);
    }

    /// <summary>Every start of the client, print mode or not.</summary>
    public static IEnumerable<(string Line, int Offset)> FindAny(string text)
    {
        if (!text.Has("claude")) yield break;
        foreach (var (line, offset) in LogicalLines(text))
            if (Any().IsMatch(line) && !IsTalk(line)) yield return (line.Trim(), offset);
    }

    public static bool IsPrint(string command) => Print().IsMatch(command);

    public static bool HasOption(string command, string option)
    {
        for (var at = command.IndexOf(option, StringComparison.Ordinal); at >= 0; at = command.IndexOf(option, at + 1, StringComparison.Ordinal))
        {
            var end = at + option.Length;
            if ((at == 0 || command[at - 1] is ' ' or '\t' or '"' or '\'' or '\n') && (end == command.Length || !(char.IsAsciiLetterOrDigit(command[end]) || command[end] == '-'))) return true;
        }
        return false;
    }

    /// <summary>A line that only prints or searches for the words, and hands them to no other program.</summary>
    private static bool IsTalk(string line) => Talk().IsMatch(line) && line.AsSpan().IndexOfAny(Chained) < 0;

    public static IEnumerable<(string Line, int Offset)> LogicalLines(string text)
    {
        var start = 0;
        var line = "";
        for (var at = 0; at < text.Length;)
        {
            var next = text.IndexOf('\n', at);
            var end = next < 0 ? text.Length : next;
            if (line.Length == 0) start = at;
            var part = text[at..end].TrimEnd('\r');
            at = end + 1;
            if (part.EndsWith('\\'))
            {
                line += part[..^1] + " ";
                continue;
            }
            line += part;
            var trimmed = line.TrimStart();
            if (trimmed.Length > 0 && !trimmed.StartsWith('#') && !trimmed.Starts("//") && !trimmed.Starts("REM ")) yield return (line, start);
            line = "";
        }
        if (line.Length > 0) yield return (line, start);
    }

    [GeneratedRegex(@"(?<![\w./@-]|\./)(?:@?[\w./~-]*/)?claude(?:-code(?:@[\w.-]+)?)?(?:\.exe)?[""']?(?:[\s,][^\n|;&]{0,4000}?)?[\s""',](?:-p|--print)(?![\w-])", RegexOptions.CultureInvariant)]
    private static partial Regex Print();

    private static readonly System.Buffers.SearchValues<char> Chained = System.Buffers.SearchValues.Create("|;&$`");

    [GeneratedRegex(@"^\s*[-@]{0,2}\s*(echo|printf|grep|rg|print|console\.log|log|puts|Write-Host|Write-Output|assert\w*|expect)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Talk();

    [GeneratedRegex(@"(?:^|[\s;&|=""'(`@])(?:[\w./~-]*/)?claude(?:\.exe)?(?=\s|$|[""'])", RegexOptions.CultureInvariant)]
    private static partial Regex Any();
}
