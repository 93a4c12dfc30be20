using System.Text;

namespace Septim.Hooks.Shell.Syntax;

/// <summary>Collects a word's parts; neighbouring literals of the same quoting become one.</summary>
internal sealed class WordBuilder(Budget budget)
{
    private readonly StringBuilder _run = new();
    private List<WordPart> _parts = [];
    private bool _runQuoted;
    private bool _hasRun;

    public int OpenBraces { get; set; }

    public bool HasBrace { get; set; }

    public bool IsEmpty => !_hasRun && _parts.Count == 0;

    /// <summary>An item of a brace list that opens the word begins here: <c>{~,~/x}</c>.</summary>
    public bool StartsItem => !_hasRun && _parts is [{ Kind: PartKind.BraceOpen }, ..] && _parts[^1].Kind is PartKind.BraceOpen or PartKind.BraceComma;

    /// <summary>The last unit of an unquoted run, or NUL.</summary>
    public char Last => _hasRun && !_runQuoted && _run.Length > 0 ? _run[^1] : '\0';

    public void Add(char c, bool quoted)
    {
        Begin(quoted);
        _run.Append(c);
    }

    public void Add(ReadOnlySpan<char> text, bool quoted)
    {
        Begin(quoted);
        _run.Append(text);
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
            if (_parts.Count > 0 || Last != '=') return false;
            for (var i = 0; i < _run.Length - 1; i++)
            {
                if (!(char.IsAsciiLetterOrDigit(_run[i]) || _run[i] == '_')) return false;
            }
            return _run.Length > 1 && !char.IsAsciiDigit(_run[0]);
        }
    }

    public WordNode Take(int start, int end)
    {
        Flush();
        var parts = _parts;
        var braces = HasBrace;
        if (braces) parts = BraceFolder.Fold(parts, budget, out braces);
        var word = new WordNode(parts, start, end) { HasBrace = braces };
        _parts = [];
        OpenBraces = 0;
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
        _parts.Add(new WordPart(PartKind.Literal, _run.ToString(), _runQuoted));
        _run.Clear();
        _hasRun = false;
    }
}
