using System.Text;

namespace Septim.Hooks.Shell.Evaluation;

/// <summary>
/// Unknown pieces inside a text that is parsed again (<c>sh -c "rm $X"</c>): each becomes one character that the parser takes
/// for a letter. Unpaired low surrogates serve, since no well-formed text holds one.
/// </summary>
internal sealed class Holes
{
    private const char First = '\udc00';
    private const int Most = 1024;

    private readonly List<WordPiece> _pieces = [];

    public static string Clean(string text)
    {
        for (var i = text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff'); i >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                var next = text.AsSpan(i).IndexOfAnyInRange('\ud800', '\udfff');
                if (next < 0) return text;
                i += next;
            }
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) i++;
            else return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        }
        return text;
    }

    public string Text(Word word)
    {
        if (word.Text is { } known) return known;
        var text = new StringBuilder();
        foreach (var piece in word.Pieces)
        {
            if (!piece.IsUnknown) { text.Append(piece.Text); continue; }
            if (_pieces.Count < Most) _pieces.Add(piece);
            text.Append((char)(First + _pieces.Count - 1));
        }
        return text.ToString();
    }

    /// <summary>Where the next hole is, or -1.</summary>
    public int Find(ReadOnlySpan<char> text)
    {
        if (_pieces.Count == 0) return -1;
        var first = text.IndexOfAnyInRange('\udc00', '\udfff');
        for (var i = first < 0 ? text.Length : first; i < text.Length; i++)
        {
            if (char.IsLowSurrogate(text[i]) && (i == 0 || !char.IsHighSurrogate(text[i - 1]))) return i;
        }
        return -1;
    }

    public WordPiece this[char hole] => _pieces[Math.Clamp(hole - First, 0, _pieces.Count - 1)];
}
