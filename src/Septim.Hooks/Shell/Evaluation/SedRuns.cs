using System.Buffers;

namespace Septim.Hooks.Shell.Evaluation;

/// <summary>
/// What a sed script has the shell run: <c>e command</c>, and what a bare <c>e</c> or the flag <c>e</c> of <c>s</c> finds in the
/// line that the substitutions before it made. Patterns are no more than compared: all of a line, its ends, or plain text.
/// </summary>
internal sealed class SedRuns
{
    /// <summary>Pieces and units that the substitutions may make, for all lines together; what goes beyond is unknown code.</summary>
    private const int MostMade = 1 << 17;

    /// <summary>Pieces of one line.</summary>
    private const int MostPieces = 4096;

    private static readonly SearchValues<char> s_patternSigns = SearchValues.Create(".*[]^$\\+?(){}|");

    private static readonly Word s_unknownCode = new([new WordPiece(PieceKind.Literal, "eval ", true), Unknown(Feed.Inherited)]);

    private readonly List<WordPiece> _code = [];
    private int _made;

    /// <param name="commands">The script.</param>
    /// <param name="input">The lines that it works on; a feed of which nothing is known for those of files.</param>
    /// <param name="doors">Gets what is run.</param>
    public static void Find(List<SedScript.Command> commands, Feed input, Doors doors)
    {
        var runs = new SedRuns();
        var steps = new List<SedScript.Command>();
        var runsLines = false;
        foreach (var command in commands)
        {
            if (command is { Name: 'e', Text.Length: > 0 }) doors.Add(Word.Of(command.Text));
            else if (command.Name is 'e' or 's') steps.Add(command);
            runsLines |= command is { Name: 'e', Text.Length: 0 } || command.Flags.Contains('e', StringComparison.Ordinal);
        }
        if (commands.Count == SedScript.MostCommands) doors.Add(s_unknownCode);
        if (!runsLines) return;
        if (input.Text is { } known)
        {
            foreach (var range in known.AsSpan().Split('\n'))
            {
                if (runs._made < MostMade && !known.AsSpan(range).IsWhiteSpace()) runs.Line(steps, new WordPiece(PieceKind.Literal, known[range], true));
            }
        }
        else runs.Line(steps, Unknown(input));
        if (runs._code.Count > 0) doors.Add(new Word([.. runs._code]));
        if (runs._made >= MostMade) doors.Add(s_unknownCode);
    }

    private static WordPiece Unknown(Feed? input) =>
        new(PieceKind.Substitution, "…", true) { From = input is not null && (input.From.Length > 0 || input.Files.Length > 0) ? input : null, MayBeEmpty = true };

    private void Line(List<SedScript.Command> steps, WordPiece line)
    {
        WordPiece[] space = [line];
        foreach (var command in steps)
        {
            if (!Takes(space)) return;
            if (command.Name == 's')
            {
                if (Replaced(command, space) is not { } made) continue;
                space = made;
                if (!Takes(space)) return;
                if (command.Flags.Contains('e', StringComparison.Ordinal)) Run(space);
            }
            else Run(space);
        }
    }

    private bool Takes(WordPiece[] space)
    {
        foreach (var piece in space)
        {
            if (_made >= MostMade) return false;
            _made += piece.Text.Length + 1;
        }
        return _made < MostMade;
    }

    /// <summary>Lines of which nothing at all is known are as good as any other input.</summary>
    private void Run(WordPiece[] space)
    {
        if (!Array.Exists(space, static piece => !piece.IsUnknown && !string.IsNullOrWhiteSpace(piece.Text))) return;
        _code.AddRange(space);
        _code.Add(new WordPiece(PieceKind.Literal, "\n", true));
    }

    /// <summary>The line after a substitution; null when it surely does not match.</summary>
    private WordPiece[]? Replaced(SedScript.Command command, WordPiece[] space)
    {
        switch (command.Pattern)
        {
            case "^": return [.. Made(command.Text, []), .. space];
            case "$": return [.. space, .. Made(command.Text, [])];
            case ".*" or "^.*" or ".*$" or "^.*$" or "\\(.*\\)" or "^\\(.*\\)$" or "(.*)" or "^(.*)$" or ".\\+" or ".+" or "^.+$": return Made(command.Text, space);
            default: break;
        }
        if (new Word(space).Text is { } text && command.Pattern.Length > 0 && command.Pattern.AsSpan().IndexOfAny(s_patternSigns) < 0)
        {
            var at = text.IndexOf(command.Pattern, StringComparison.Ordinal);
            if (at < 0) return null;
            var found = new WordPiece(PieceKind.Literal, command.Pattern, true);
            return [new WordPiece(PieceKind.Literal, text[..at], true), .. Made(command.Text, [found]), new WordPiece(PieceKind.Literal, text[(at + command.Pattern.Length)..], true)];
        }
        // Why: what stood before and behind is not known; the replacement is what the author wants run.
        return Made(command.Text, [Unknown(Array.Find(space, static piece => piece.From is not null)?.From)]);
    }

    /// <summary>The replacement with what was matched in the place of <c>&amp;</c> and of groups.</summary>
    private WordPiece[] Made(string replacement, WordPiece[] matched)
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
            if (pieces.Count + matched.Length > MostPieces)
            {
                _made = MostMade;
                break;
            }
            pieces.AddRange(matched);
        }
        if (text.Length > 0) pieces.Add(new WordPiece(PieceKind.Literal, text.ToString(), true));
        return [.. pieces];
    }
}
