using System.Text;

namespace Septim.Hooks.Shell.Syntax;

/// <summary>Collects a word's parts; neighbouring literals of the same quoting become one.</summary>
/// <param name="text">What is parsed. As long as a literal is one stretch of it, nothing is copied.</param>
/// <param name="budget">Counts the parts.</param>
internal sealed class WordBuilder(string text, Budget budget)
{
    private readonly StringBuilder _run = new();
    private int _from;
    private int _to;
    private bool _isNoAssignment;
    private readonly List<WordPart> _parts = [];
    private bool _runQuoted;
    private bool _hasRun;

    /// <summary>A brace was opened: commas and closing braces may be marks from here on.</summary>
    public bool HasBrace { get; set; }

    public bool IsEmpty => !_hasRun && _parts.Count == 0;

    /// <summary>An item of a brace list that opens the word begins here: <c>{~,~/x}</c>.</summary>
    public bool StartsItem => !_hasRun && _parts is [{ Kind: PartKind.BraceOpen }, ..] && _parts[^1].Kind is PartKind.BraceOpen or PartKind.BraceComma;

    /// <summary>The last unit of an unquoted run, or NUL.</summary>
    public char Last => !_hasRun || _runQuoted ? '\0' : _run.Length > 0 ? _run[^1] : _to > _from ? text[_to - 1] : '\0';

    public void Add(char c, bool quoted)
    {
        Begin(quoted);
        Spill();
        _run.Append(c);
    }

    public void Add(ReadOnlySpan<char> value, bool quoted)
    {
        Begin(quoted);
        Spill();
        _run.Append(value);
    }

    /// <summary>A stretch of the text as it stands there.</summary>
    public void Copy(int from, int to, bool quoted)
    {
        Begin(quoted);
        if (_run.Length == 0 && (_to == _from || _to == from))
        {
            if (_to == _from) _from = from;
            _to = to;
            return;
        }
        Spill();
        _run.Append(text, from, to - from);
    }

    public void Add(WordPart part)
    {
        Flush();
        budget.Node();
        _parts.Add(part);
    }

    /// <summary>The word so far is <c>name=</c>, unquoted: a tilde may follow.</summary>
    public bool IsAssignmentPrefix
    {
        get
        {
            // Why: what a word was once it stays, and a long one must not be looked through at each of its tildes.
            if (_parts.Count > 0 || Last != '=' || _isNoAssignment) return false;
            var name = _run.Length > 0 ? _run.ToString().AsSpan()[..^1] : text.AsSpan(_from, _to - _from - 1);
            _isNoAssignment = name.IsEmpty || char.IsAsciiDigit(name[0]);
            foreach (var c in name) _isNoAssignment |= !(char.IsAsciiLetterOrDigit(c) || c == '_');
            return !_isNoAssignment;
        }
    }

    public WordNode Take(int start, int end)
    {
        Flush();
        var braces = HasBrace;
        var parts = braces ? BraceFolder.Fold(_parts, budget, out braces) : _parts;
        var word = new WordNode([.. parts], start, end) { HasBrace = braces };
        _parts.Clear();
        HasBrace = false;
        return word;
    }

    private void Begin(bool quoted)
    {
        if (_hasRun && _runQuoted != quoted) Flush();
        _hasRun = true;
        _runQuoted = quoted;
    }

    private void Flush()
    {
        if (!_hasRun) return;
        budget.Node();
        _parts.Add(new WordPart(PartKind.Literal, _run.Length > 0 ? _run.ToString() : text[_from.._to], _runQuoted));
        _run.Clear();
        _from = _to = 0;
        _isNoAssignment = false;
        _hasRun = false;
    }

    private void Spill()
    {
        if (_to > _from) _run.Append(text, _from, _to - _from);
        _from = _to = 0;
    }
}
