namespace Septim.Hooks.Setup;

/// <summary>Recognises what septim put into a settings file: a command hook whose program is named septim.</summary>
internal static class OurHandler
{
    public static bool Is(JsonText text, JsonPart handler) =>
        text.Text(handler["type"]) == "command" && text.Text(handler["command"]) is { } command
        && IsSeptim(handler["args"] is null ? FirstWord(command) : command);

    /// <summary>Whether a file's <c>statusLine</c> is the one that `septim install` writes.</summary>
    public static bool IsStatusLine(JsonText text, JsonPart? statusLine) =>
        statusLine is not null && Is(text, statusLine) && SecondWord(text.Text(statusLine["command"])!) == "statusline";

    /// <summary>Whether a path names the septim executable.</summary>
    public static bool IsSeptim(string program)
    {
        var name = program[(program.LastIndexOfAny(['/', '\\']) + 1)..];
        return name is "septim" || name.Equals("septim.exe", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What follows the program of a shell line: <c>hook</c> of <c>septim hook || exit 2</c>.</summary>
    public static string? SecondWord(string line)
    {
        line = line.TrimStart();
        var quoted = line.Length > 0 && line[0] is '\'' or '"';
        var rest = line[Math.Min(line.Length, FirstWord(line).Length + (quoted ? 2 : 0))..].TrimStart();
        return FirstWord(rest) is { Length: > 0 } word ? word : null;
    }

    /// <summary>The program of a shell line that starts with one, quoted or not.</summary>
    public static string FirstWord(string line)
    {
        line = line.TrimStart();
        if (line.Length == 0) return "";
        if (line[0] is '\'' or '"')
        {
            var end = line.IndexOf(line[0], 1);
            return end < 0 ? "" : line[1..end];
        }
        var stop = line.IndexOfAny([' ', '\t', '\n', ';', '|', '&']);
        return stop < 0 ? line : line[..stop];
    }
}
