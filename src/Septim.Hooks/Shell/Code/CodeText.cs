using System.Text;

namespace Septim.Hooks.Shell.Code;

/// <summary>
/// Interpreter code as one string in which every unknown part is one private-use character. So the tokenizers need not know
/// about words, and what they find becomes words again at the end.
/// </summary>
internal sealed class CodeText
{
    private const char FirstMark = '\uE000';
    private const int MostMarks = 6000;

    private readonly List<WordPiece> _unknown = [];
    private readonly List<string?> _variables = [];
    private readonly Dictionary<char, (int Start, int End)> _embedded = [];
    private readonly Dictionary<string, bool> _mentions = [];

    private string? _last;

    public CodeText(Word code, CodeWork work, CodeSetting? setting = null)
    {
        Work = work;
        Setting = setting ?? CodeSetting.Default;
        if (code.Pieces is [{ IsUnknown: false } only])
        {
            Text = HasMark(only.Text) ? Cleaned(only.Text) : only.Text;
            return;
        }
        Text = FromWord(code);
    }

    /// <summary>A word's text, each unknown part as a mark.</summary>
    public string FromWord(Word word)
    {
        var text = new StringBuilder();
        foreach (var piece in word.Pieces)
        {
            if (piece.IsUnknown) text.Append(Mark(piece.Text, piece, null));
            else text.Append(HasMark(piece.Text) ? Cleaned(piece.Text) : piece.Text);
        }
        return text.ToString();
    }

    /// <summary>What the interpreter knows of the code.</summary>
    public CodeSetting Setting { get; }

    public string Text { get; }

    /// <summary>What reading it may still cost.</summary>
    public CodeWork Work { get; }

    /// <summary>The code holds <paramref name="words"/> somewhere; searched for once, however many calls ask.</summary>
    public bool Mentions(string words)
    {
        if (!_mentions.TryGetValue(words, out var isThere)) _mentions[words] = isThere = Text.Contains(words, StringComparison.Ordinal);
        return isThere;
    }

    private static string Cleaned(string text) => string.Create(text.Length, text, static (span, from) =>
    {
        for (var i = 0; i < span.Length; i++) span[i] = IsMark(from[i]) ? '?' : from[i];
    });

    public static bool IsMark(char c) => c is >= FirstMark and < (char)(FirstMark + MostMarks);

    public static bool HasMark(string text) => text.AsSpan().IndexOfAnyInRange(FirstMark, (char)(FirstMark + MostMarks - 1)) >= 0;

    /// <summary>A mark for a part that nobody can know here. <paramref name="variable"/>: the code's own variable that may know it.</summary>
    public string Unknown(string name, string? variable = null) => _last ?? Mark(name, null, variable).ToString();

    /// <summary>The user's home directory, which only the shell's evaluator knows.</summary>
    public string Home() => Mark("HOME", new WordPiece(PieceKind.Variable, "HOME", Quoted: true) { Variable = "HOME" }, null).ToString();

    /// <summary>Nothing in it is unknown but the home directory.</summary>
    public bool IsKnown(string text)
    {
        foreach (var c in text)
        {
            if (IsMark(c) && _unknown[c - FirstMark].Variable != "HOME") return false;
        }
        return true;
    }

    /// <summary>An environment variable, by the shell's name for it.</summary>
    public string Variable(string name) => Mark(name, new WordPiece(PieceKind.Variable, name, Quoted: true) { Variable = name, MayBeEmpty = true }, null).ToString();

    /// <summary>A value's text, or a mark that says as much as is known of it.</summary>
    public string Of(CodeValue value, string name) => value.Text ?? (value.Variables is { } variable && !variable.Contains(' ', StringComparison.Ordinal) ? Variable(variable) : Unknown(name));

    /// <summary>A mark for an expression inside a text, between these offsets of <see cref="Text"/>.</summary>
    public string Embedded(int start, int end)
    {
        var mark = Unknown("…");
        if (_last is null) _embedded[mark[0]] = (start, end);
        return mark;
    }

    /// <summary>The expression behind a mark, when there is one.</summary>
    public (int Start, int End)? EmbeddedAt(char mark) => _embedded.TryGetValue(mark, out var range) ? range : null;

    /// <summary>The variable behind a mark, when the code's own.</summary>
    public string? VariableAt(char mark) => _variables[mark - FirstMark];

    /// <summary>Back to a word. A glob when <paramref name="isGlob"/>: then <c>* ? [</c> are patterns.</summary>
    public Word ToWord(string text, bool isGlob = false)
    {
        if (!isGlob && !HasMark(text)) return Word.Of(text);
        var pieces = new List<WordPiece>();
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            var ends = i == text.Length || IsMark(text[i]) || (isGlob && text[i] is '*' or '?');
            if (!ends) continue;
            if (i > start) pieces.Add(new WordPiece(PieceKind.Literal, text[start..i], Quoted: true));
            if (i < text.Length)
            {
                pieces.Add(IsMark(text[i])
                    ? _unknown[text[i] - FirstMark]
                    : new WordPiece(PieceKind.Glob, text[i].ToString(), Quoted: false));
            }
            start = i + 1;
        }
        return new Word([.. pieces]);
    }

    /// <summary>For messages: marks as <c>$name</c>.</summary>
    public string Shown(int start, int end)
    {
        var length = Math.Min(end - start, 200);
        var text = Text.Substring(start, length);
        return HasMark(text) ? ToWord(text).Shown : text;
    }

    private char Mark(string name, WordPiece? piece, string? variable)
    {
        if (_unknown.Count == MostMarks)
        {
            // Why: a text of nothing but unknown parts must not make objects that nobody can tell apart.
            _last ??= ((char)(FirstMark + MostMarks - 1)).ToString();
            return _last[0];
        }
        _unknown.Add(piece ?? new WordPiece(PieceKind.Variable, name, Quoted: true) { MayBeEmpty = true });
        _variables.Add(variable);
        return (char)(FirstMark + _unknown.Count - 1);
    }
}
