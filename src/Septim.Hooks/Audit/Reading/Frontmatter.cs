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
        if (end < 0) return null;
        var head = "\n" + text[(start + 1)..(end + 1)];
        if (YamlTree.Parse(head, out error) is { Kind: NodeKind.Map } root) return root;
        error = null;
        return Plain(head);
    }

    /// <summary>One <c>key: value</c> a line: people write colons and examples into descriptions, and the client reads those heads all the same.</summary>
    private static Node Plain(string head)
    {
        var map = new Node(NodeKind.Map, "", 1);
        var line = 0;
        foreach (var text in head.Split('\n'))
        {
            line++;
            var colon = text.IndexOf(':');
            if (colon <= 0 || !char.IsAsciiLetter(text[0])) continue;
            var value = text[(colon + 1)..].Trim().Trim('"', '\'');
            map.Members.Add(new NodeMember(text[..colon].Trim(), new Node(value.Length == 0 ? NodeKind.Null : NodeKind.Text, value, line), line));
        }
        return map;
    }
}
