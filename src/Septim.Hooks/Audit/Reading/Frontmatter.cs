namespace Septim.Hooks.Audit.Reading;

/// <summary>The YAML head of an agent, skill, command or rule file.</summary>
internal static class Frontmatter
{
    /// <returns>Null when the file has none or it is not valid; lines count from the file's start.</returns>
    public static Node? Read(string text, out string? error)
    {
        error = null;
        if (!text.Starts("---")) return null;
        var start = text.IndexOf('\n');
        if (start < 0) return null;
        var end = text.IndexOf("\n---", start, StringComparison.Ordinal);
        // Why the leading line: it keeps the parser's line numbers equal to the file's.
        return end < 0 ? null : YamlTree.Parse("\n" + text[(start + 1)..(end + 1)], out error);
    }
}
