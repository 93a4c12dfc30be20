namespace Septim.Hooks.Shell.Syntax;

/// <summary>One part of a word as written.</summary>
internal sealed class WordPart(PartKind kind, string text, bool quoted)
{
    private Details? _more;

    public PartKind Kind { get; } = kind;

    /// <summary>A literal's value, a parameter's name, a tilde's user, a substitution as written.</summary>
    public string Text { get; } = text;

    public bool Quoted { get; } = quoted;

    /// <summary>A parameter's operator (<c>:-</c>, <c>%%</c>, <c>/</c>, <c>:</c>, <c>@</c>), <c>#</c> before the name as <c>len</c>, <c>!</c> as <c>ref</c>.</summary>
    public string Operator { get => _more?.Operator ?? ""; init { if (value.Length > 0) More.Operator = value; } }

    /// <summary>The operator's word; an arithmetic expression; a range's text.</summary>
    public WordNode? Argument { get => _more?.Argument; init { if (value is not null) More.Argument = value; } }

    /// <summary>The replacement of <c>${x/a/b}</c>, the length of <c>${x:o:l}</c>.</summary>
    public WordNode? Second { get => _more?.Second; init { if (value is not null) More.Second = value; } }

    /// <summary>The subscript of <c>${a[i]}</c>.</summary>
    public WordNode? Index { get => _more?.Index; init { if (value is not null) More.Index = value; } }

    public ListNode? Body { get => _more?.Body; init { if (value is not null) More.Body = value; } }

    /// <summary>What a brace list may become.</summary>
    public List<WordNode>? Items { get => _more?.Items; init { if (value is not null) More.Items = value; } }

    private Details More => _more ??= new Details();

    /// <summary>What only expansions have: most parts are plain text, and there may be tens of thousands.</summary>
    private sealed class Details
    {
        public string Operator = "";
        public WordNode? Argument;
        public WordNode? Second;
        public WordNode? Index;
        public ListNode? Body;
        public List<WordNode>? Items;
    }
}
