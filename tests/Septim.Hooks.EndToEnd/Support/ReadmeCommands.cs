namespace Septim.Hooks.EndToEnd.Support;

/// <summary>The commands of README.md: every line of its <c>sh</c> blocks, without prompts, comments and blank lines.</summary>
internal static class ReadmeCommands
{
    public static IReadOnlyList<string> All { get; } = [.. Read(Path.Combine(Repository.Root, "README.md"))];

    private static IEnumerable<string> Read(string readme)
    {
        var inside = false;
        var started = "";
        foreach (var line in File.ReadLines(readme))
        {
            var text = line.Trim();
            if (text.StartsWith("```", StringComparison.Ordinal))
            {
                inside = !inside && text is "```sh" or "```bash";
                continue;
            }

            var comment = text.IndexOf(" #", StringComparison.Ordinal);
            if (comment >= 0) text = text[..comment].TrimEnd();
            if (!inside || text.Length == 0 || text.StartsWith('#')) continue;
            if (text.EndsWith('\\'))
            {
                started += text[..^1];
                continue;
            }

            yield return started + text;
            started = "";
        }
    }
}
