using System.Text.RegularExpressions;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>Which lines of an instruction file reach the model, and what it imports with <c>@path</c>.</summary>
internal static partial class Imports
{
    /// <summary>The client follows imports this many times.</summary>
    public const int MaxHops = 4;

    /// <summary>The text as the model gets it: block comments outside fences taken out, everything else kept.</summary>
    public static string Effective(string text)
    {
        if (!text.Has("<!--")) return text;
        var kept = new System.Text.StringBuilder();
        var position = 0;
        foreach (var (start, end) in Outside(text))
        {
            kept.Append(text, position, start - position);
            kept.Append(Comment().Replace(text[start..end], ""));
            position = end;
        }
        return kept.Append(text, position, text.Length - position).ToString();
    }

    public static int CountLines(string text)
    {
        var trimmed = text.TrimEnd('\n', '\r', ' ');
        return trimmed.Length == 0 ? 0 : trimmed.AsSpan().Count('\n') + 1;
    }

    /// <summary>Import targets as written, with their offset; code spans, fences and comments do not count.</summary>
    /// <param name="text">The importing file.</param>
    /// <param name="exists">Whether a target that does not look like a path is there all the same.</param>
    public static IEnumerable<(string Target, int Offset)> Find(string text, Func<string, bool> exists)
    {
        foreach (var (start, end) in Outside(text))
        {
            var part = Comment().Replace(text[start..end], match => new string(' ', match.Length));
            part = CodeSpan().Replace(part, match => new string(' ', match.Length));
            foreach (Match match in Import().Matches(part))
            {
                var target = match.Groups["p"].Value.Replace("\\ ", " ", StringComparison.Ordinal).TrimEnd('.', ',', ';', ':', ')');
                if (LooksLikePath(target) || (target.Length > 1 && exists(target))) yield return (target, start + match.Groups["p"].Index);
            }
        }
    }

    /// <summary>Absolute path of an import; null when it needs more than the home directory.</summary>
    public static string Resolve(string target, string importer, string home) =>
        target.Starts("~/") ? Path.Combine(home, target[2..]) : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(importer)!, target));

    // Why: "@name" is a person or an npm scope; a path has a slash after its first character or a file's ending.
    private static bool LooksLikePath(string target) =>
        target.Length > 1 && !target.Ends("/") && (target.Starts("./") || target.Starts("../") || target.Starts("~/") || target.Starts("/") || Ending().IsMatch(target));

    /// <summary>The stretches outside fenced code.</summary>
    private static IEnumerable<(int Start, int End)> Outside(string text)
    {
        var start = 0;
        var fence = "";
        for (var at = 0; at < text.Length;)
        {
            var next = text.IndexOf('\n', at);
            var end = next < 0 ? text.Length : next + 1;
            var line = text[at..end].TrimStart(' ', '\t', '>');
            if (fence.Length == 0 && (line.Starts("```") || line.Starts("~~~")))
            {
                yield return (start, at);
                fence = line[..3];
            }
            else if (fence.Length > 0 && line.Starts(fence))
            {
                fence = "";
                start = end;
            }
            at = end;
        }
        if (fence.Length == 0) yield return (start, text.Length);
    }

    [GeneratedRegex(@"<!--.*?-->[ \t]*\r?\n?", RegexOptions.Singleline | RegexOptions.CultureInvariant)] private static partial Regex Comment();
    [GeneratedRegex(@"`[^`\n]*`", RegexOptions.CultureInvariant)] private static partial Regex CodeSpan();
    [GeneratedRegex(@"(?<=^|\s)@(?<p>(\\ |[^\s`@<>""']){1,300})", RegexOptions.CultureInvariant | RegexOptions.Multiline)] private static partial Regex Import();
    [GeneratedRegex(@"^[\w.-]+( [\w.-]+)*(/[\w. -]+)*\.(md|mdc|txt|json|ya?ml|toml)$", RegexOptions.CultureInvariant)] private static partial Regex Ending();
}
