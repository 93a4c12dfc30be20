using System.Buffers;

namespace Septim.Hooks.Shell.Evaluation;

/// <summary>Collects the words that one word as written becomes: splitting, globs and empty words.</summary>
internal sealed class Fields(Syntax.Budget budget, Holes holes)
{
    private const int LongestSet = 256;

    /// <summary>Neighbours of one kind become one piece up to here; without a limit a long word would be copied again and again.</summary>
    private const int LongestMerged = 512;

    private static readonly SearchValues<char> s_globs = SearchValues.Create("*?[+@!");

    private readonly List<WordPiece> _pieces = [];
    private List<Word>? _words;
    private string _separators = "";
    private bool _started;

    /// <summary>Begins a word of a command: it is split at the separators, and its globs count.</summary>
    /// <param name="into">Gets the words.</param>
    /// <param name="separators">What IFS holds.</param>
    public Fields Several(List<Word> into, string separators)
    {
        _words = into;
        _separators = separators;
        return this;
    }

    /// <summary>Begins an assignment's value or a here-string: nothing is split and a star is a star.</summary>
    public Fields One()
    {
        _words = null;
        return this;
    }

    public bool IsSingle => _words is null;

    /// <summary>What was added last is the default of a variable that nobody here set.</summary>
    public void MayBe(string variable)
    {
        if (_pieces.Count > 0 && _pieces[^1].DefaultOf is null) _pieces[^1] = _pieces[^1] with { DefaultOf = variable };
    }

    /// <summary>Ends the current word; it counts when anything, even an empty quoted text, was in it.</summary>
    public void End()
    {
        if (_started) _words?.Add(_pieces.Count == 0 ? Word.Of("") : new Word([.. _pieces]));
        _pieces.Clear();
        _started = false;
    }

    public Word Single()
    {
        var word = _pieces.Count == 0 ? Word.Empty : new Word([.. _pieces]);
        _pieces.Clear();
        _started = false;
        return word;
    }

    /// <summary>Text as written.</summary>
    public void Literal(ReadOnlySpan<char> text, bool quoted)
    {
        var hole = holes.Find(text);
        while (hole >= 0)
        {
            Plain(text[..hole], quoted);
            Piece(holes[text[hole]] with { Quoted = quoted });
            text = text[(hole + 1)..];
            hole = holes.Find(text);
        }
        Plain(text, quoted);
    }

    /// <summary>The value of an expansion: outside quotes it is split and its globs count.</summary>
    public void Value(Word value, bool quoted, string? variable)
    {
        if (quoted) _started = true;
        foreach (var piece in value.Pieces)
        {
            var own = piece.Variable is null && variable is not null ? piece with { Variable = variable } : piece;
            if (quoted || IsSingle || piece.IsUnknown) Piece(own.Quoted == quoted ? own : own with { Quoted = quoted });
            else Split(own);
        }
    }

    public void Piece(WordPiece piece)
    {
        _started = true;
        if (piece.Text.Length == 0 && !piece.IsUnknown) return;
        budget.Text(piece.Text.Length);
        budget.Work(6);
        if (_pieces.Count > 0 && _pieces[^1] is var last && last.Kind == piece.Kind && piece.Kind == PieceKind.Literal
            && last.Quoted == piece.Quoted && last.Variable == piece.Variable && last.From == piece.From
            && last.IsFreshTemp == piece.IsFreshTemp && last.Text.Length + piece.Text.Length < LongestMerged)
        {
            _pieces[^1] = last with { Text = last.Text + piece.Text };
        }
        else _pieces.Add(piece);
    }

    private void Plain(ReadOnlySpan<char> text, bool quoted)
    {
        if (quoted) _started = true;
        if (text.Length == 0) return;
        if (quoted || IsSingle || text.IndexOfAny("*?[(") < 0) Piece(new WordPiece(PieceKind.Literal, text.ToString(), quoted));
        else Globs(new WordPiece(PieceKind.Literal, text.ToString(), false));
    }

    private void Split(WordPiece piece)
    {
        var text = piece.Text.AsSpan();
        while (text.Length > 0 && !budget.IsSpent)
        {
            var end = text.IndexOfAny(_separators);
            var part = end < 0 ? text : text[..end];
            if (part.Length > 0) Globs(part.Length == piece.Text.Length ? piece : piece with { Text = part.ToString() });
            if (end < 0) break;
            // Why: a separator that is not a blank makes a word even when it is empty; we only need that words are apart.
            End();
            text = text[(end + 1)..];
        }
    }

    /// <summary>Cuts unquoted text into plain and glob pieces.</summary>
    private void Globs(WordPiece piece)
    {
        var text = piece.Text;
        var start = 0;
        var lastClose = text.LastIndexOf(']');
        for (var i = 0; i < text.Length && !budget.IsSpent; i++)
        {
            var next = text.AsSpan(i).IndexOfAny(s_globs);
            if (next < 0) break;
            i += next;
            var length = GlobLength(text, i, lastClose);
            if (length == 0) continue;
            if (i > start) Piece(piece with { Text = text[start..i] });
            Piece(piece with { Kind = PieceKind.Glob, Text = text.Substring(i, length) });
            i += length - 1;
            start = i + 1;
        }
        if (start == 0) Piece(piece);
        else if (start < text.Length) Piece(piece with { Text = text[start..] });
    }

    private static int GlobLength(string text, int i, int lastClose)
    {
        switch (text[i])
        {
            case '*' or '?' or '+' or '@' or '!' when i + 1 < text.Length && text[i + 1] == '(':
                var close = text.IndexOf(')', i);
                return close < 0 ? text.Length - i : close - i + 1;
            case '*' or '?':
                return 1;
            case '[':
                if (lastClose < i + 2) return 0;
                var end = text.IndexOf(']', i + 2, Math.Min(LongestSet, text.Length - i - 2));
                return end < 0 || text.AsSpan(i, end - i).Contains('/') ? 0 : end - i + 1;
            default:
                return 0;
        }
    }
}
