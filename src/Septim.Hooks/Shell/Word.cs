using System.Text;

namespace Septim.Hooks.Shell;

/// <summary>
/// One word as the program would get it: after expansion, splitting and quote removal, before file names replace a glob.
/// Ask <see cref="Text"/> first; it is null only when something in the word is unknown.
/// </summary>
internal sealed class Word
{
    public static readonly Word Empty = new([]);

    private string? _text;
    private string? _shown;

    /// <param name="pieces">Nobody may change them any more.</param>
    public Word(WordPiece[] pieces)
    {
        Pieces = pieces;
        foreach (var piece in pieces)
        {
            if (piece.Kind == PieceKind.Glob) HasGlob = true;
            else if (piece.IsUnknown) HasUnknown = true;
        }
    }

    public static Word Of(string text, bool quoted = true) => new([new WordPiece(PieceKind.Literal, text, quoted)]);

    public WordPiece[] Pieces { get; }

    /// <summary>An unquoted glob is in it; <see cref="Text"/> shows it as written.</summary>
    public bool HasGlob { get; }

    /// <summary>Part of its value is not known; <see cref="Text"/> is null.</summary>
    public bool HasUnknown { get; }

    /// <summary>The value when nothing in it is unknown (a glob as written), else null.</summary>
    public string? Text => HasUnknown ? null : _text ??= Join(show: false);

    /// <summary>For messages and fuzzy comparisons: unknown pieces as <c>$NAME</c> or <c>$(…)</c>, globs as written.</summary>
    public string Shown => _shown ??= HasUnknown ? Join(show: true) : Text!;

    /// <summary>As the name of a file: <see cref="Text"/>, or as written where only numbers are unknown (<c>/tmp/x.$$</c>), since one spelling is one file.</summary>
    public string? FileName
    {
        get
        {
            if (!HasUnknown) return Text;
            foreach (var piece in Pieces)
            {
                if (piece.IsUnknown && piece.Kind != PieceKind.Number) return null;
            }
            return Shown;
        }
    }

    /// <summary>
    /// Tells files of this command line apart: <see cref="FileName"/>, or the spelling where only variables are unknown, since
    /// <c>"$OUT"</c> is one file all along. Null when nothing says that two such words mean one file.
    /// </summary>
    public string? FileKey
    {
        get
        {
            if (FileName is { } name) return name;
            var key = new StringBuilder();
            // Why: an unknown value may be an absolute path; no real path is in this folder.
            if (Pieces[0].IsUnknown) key.Append("/$/");
            foreach (var piece in Pieces)
            {
                if (piece.IsUnknown && piece.Kind != PieceKind.Number)
                {
                    if ((piece.Variable ?? (piece.Kind == PieceKind.Variable ? piece.Text : null)) is not { } variable) return null;
                    key.Append('$').Append(variable);
                }
                key.Append(piece.Text);
            }
            return key.ToString();
        }
    }

    /// <summary>The known text before the first unknown piece or glob: the whole word when there is none.</summary>
    public string Prefix
    {
        get
        {
            if (Pieces.Length == 0 || Pieces[0].Kind != PieceKind.Literal) return "";
            if (!HasUnknown && !HasGlob) return Text!;
            if (Pieces[1].Kind != PieceKind.Literal) return Pieces[0].Text;
            var text = new StringBuilder();
            foreach (var piece in Pieces)
            {
                if (piece.Kind != PieceKind.Literal) break;
                text.Append(piece.Text);
            }
            return text.ToString();
        }
    }

    /// <summary>Nothing at all may be left of it: every piece is empty or may be.</summary>
    public bool MayBeEmpty
    {
        get
        {
            foreach (var piece in Pieces)
            {
                if (piece.IsUnknown ? !piece.MayBeEmpty : piece.Text.Length > 0) return false;
            }
            return true;
        }
    }

    /// <summary>Some of it was quoted.</summary>
    public bool IsQuoted
    {
        get
        {
            foreach (var piece in Pieces)
            {
                if (piece.Quoted) return true;
            }
            return false;
        }
    }

    /// <summary>It starts with a path that mktemp made in this command.</summary>
    public bool IsFreshTemp => Pieces.Length > 0 && Pieces[0].IsFreshTemp;

    /// <summary>The first piece's variable name, <c>~</c> or <c>~name</c>; null when it starts with plain text.</summary>
    public string? StartsWithVariable => Pieces.Length > 0 ? Pieces[0].Variable : null;

    /// <summary>Is exactly this text, known.</summary>
    public bool Is(string text) => !HasUnknown && string.Equals(Text, text, StringComparison.Ordinal);

    /// <summary>Surely starts with this text.</summary>
    public bool StartsWith(string text) =>
        Pieces.Length > 0 && Pieces[0].Kind == PieceKind.Literal && Pieces[0].Text.Length >= text.Length
            ? Pieces[0].Text.StartsWith(text, StringComparison.Ordinal)
            : Prefix.StartsWith(text, StringComparison.Ordinal);

    /// <summary>The same, cut before its first equals sign; see <see cref="WordPiece.IsName"/>.</summary>
    public Word AsName()
    {
        var pieces = new WordPiece[Pieces.Length];
        for (var i = 0; i < pieces.Length; i++) pieces[i] = Pieces[i] with { IsName = true };
        return new Word(pieces);
    }

    /// <summary>The word without its first <paramref name="count"/> units, which must lie in its known prefix (globs included).</summary>
    public Word From(int count)
    {
        if (count == 0) return this;
        var rest = new List<WordPiece>(Pieces.Length);
        foreach (var piece in Pieces)
        {
            if (count >= piece.Text.Length && count > 0) count -= piece.Text.Length;
            else if (count > 0) { rest.Add(piece with { Text = piece.Text[count..] }); count = 0; }
            else rest.Add(piece);
        }
        return new Word([.. rest]);
    }

    public override string ToString() => Shown;

    private string Join(bool show)
    {
        if (Pieces.Length == 1 && !Pieces[0].IsUnknown) return Pieces[0].Text;
        var text = new StringBuilder();
        foreach (var piece in Pieces)
        {
            if (show && piece.Kind == PieceKind.Variable) text.Append('$').Append(piece.Text);
            else text.Append(piece.Text);
        }
        return text.ToString();
    }
}
