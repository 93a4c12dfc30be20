namespace Septim.Hooks.Shell.Evaluation;

/// <summary>
/// What a sed script has the shell run: <c>e command</c>, and what a bare <c>e</c> or the flag <c>e</c> of <c>s</c> finds in the
/// line that the substitutions before it made. Patterns are no more than compared: all of a line, its ends, or plain text.
/// </summary>
internal static class SedRuns
{
    private const int MostLines = 64;

    /// <param name="commands">The script.</param>
    /// <param name="input">The lines that it works on; a feed of which nothing is known for those of files.</param>
    /// <param name="doors">Gets what is run.</param>
    public static void Find(List<SedScript.Command> commands, Feed input, Doors doors)
    {
        if (!commands.Exists(static command => command.Name == 'e' || command.Flags.Contains('e', StringComparison.Ordinal))) return;
        foreach (var command in commands)
        {
            if (command is { Name: 'e', Text.Length: > 0 } && !doors.IsFull) doors.Add(Word.Of(command.Text));
        }
        if (input.Text is not { } known)
        {
            Line(commands, new WordPiece(PieceKind.Substitution, "…", true) { From = input.From.Length > 0 || input.Files.Length > 0 ? input : null, MayBeEmpty = true }, doors);
            return;
        }
        var lines = known.Split('\n', MostLines + 1);
        for (var i = 0; i < lines.Length && i < MostLines && !doors.IsFull; i++)
        {
            if (i < lines.Length - 1 || lines[i].Length > 0) Line(commands, new WordPiece(PieceKind.Literal, lines[i], true), doors);
        }
    }

    private static void Line(List<SedScript.Command> commands, WordPiece line, Doors doors)
    {
        WordPiece[] space = [line];
        foreach (var command in commands)
        {
            if (doors.IsFull) return;
            if (command.Name == 's')
            {
                if (Replaced(command, space) is not { } made) continue;
                space = made;
                if (command.Flags.Contains('e', StringComparison.Ordinal)) Run(space, doors);
            }
            else if (command is { Name: 'e', Text.Length: 0 }) Run(space, doors);
        }
    }

    /// <summary>Lines of which nothing at all is known are as good as any other input.</summary>
    private static void Run(WordPiece[] space, Doors doors)
    {
        foreach (var piece in space)
        {
            if (piece.IsUnknown || string.IsNullOrWhiteSpace(piece.Text)) continue;
            doors.Add(new Word(space));
            return;
        }
    }

    /// <summary>The line after a substitution; null when it surely does not match.</summary>
    private static WordPiece[]? Replaced(SedScript.Command command, WordPiece[] space)
    {
        switch (command.Pattern)
        {
            case "^": return [.. Made(command.Text, []), .. space];
            case "$": return [.. space, .. Made(command.Text, [])];
            case ".*" or "^.*" or ".*$" or "^.*$" or "\\(.*\\)" or "^\\(.*\\)$" or "(.*)" or "^(.*)$" or ".\\+" or ".+" or "^.+$": return Made(command.Text, space);
            default: break;
        }
        if (new Word(space).Text is { } text && command.Pattern.Length > 0 && command.Pattern.AsSpan().IndexOfAny(".*[]^$\\+?(){}|") < 0)
        {
            var at = text.IndexOf(command.Pattern, StringComparison.Ordinal);
            if (at < 0) return null;
            var found = new WordPiece(PieceKind.Literal, command.Pattern, true);
            return [new WordPiece(PieceKind.Literal, text[..at], true), .. Made(command.Text, [found]), new WordPiece(PieceKind.Literal, text[(at + command.Pattern.Length)..], true)];
        }
        // Why: what stood before and behind is not known; the replacement is what the author wants run.
        return Made(command.Text, [new WordPiece(PieceKind.Substitution, "…", true) { From = Array.Find(space, static piece => piece.From is not null)?.From, MayBeEmpty = true }]);
    }

    /// <summary>The replacement with what was matched in the place of <c>&amp;</c> and of groups.</summary>
    private static WordPiece[] Made(string replacement, WordPiece[] matched)
    {
        var pieces = new List<WordPiece>();
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < replacement.Length; i++)
        {
            var c = replacement[i];
            var isEscaped = c == '\\' && i + 1 < replacement.Length;
            if (isEscaped) c = replacement[++i];
            if (isEscaped ? !char.IsAsciiDigit(c) : c != '&')
            {
                if (!isEscaped || c is not ('L' or 'U' or 'l' or 'u' or 'E')) text.Append(isEscaped && c == 'n' ? '\n' : isEscaped && c == 't' ? '\t' : c);
                continue;
            }
            if (text.Length > 0) pieces.Add(new WordPiece(PieceKind.Literal, text.ToString(), true));
            text.Clear();
            pieces.AddRange(matched);
        }
        if (text.Length > 0) pieces.Add(new WordPiece(PieceKind.Literal, text.ToString(), true));
        return [.. pieces];
    }
}
