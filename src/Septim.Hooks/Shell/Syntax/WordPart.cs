namespace Septim.Hooks.Shell.Syntax;

/// <summary>One part of a word as written.</summary>
internal sealed class WordPart(PartKind kind, string text, bool quoted)
{
    public PartKind Kind { get; } = kind;

    /// <summary>A literal's value, a parameter's name, a tilde's user, a substitution as written.</summary>
    public string Text { get; } = text;

    public bool Quoted { get; } = quoted;

    /// <summary>A parameter's operator (<c>:-</c>, <c>%%</c>, <c>/</c>, <c>:</c>, <c>@</c>), <c>#</c> before the name as <c>len</c>, <c>!</c> as <c>ref</c>.</summary>
    public string Operator { get; init; } = "";

    /// <summary>The operator's word; an arithmetic expression; a range's text.</summary>
    public WordNode? Argument { get; init; }

    /// <summary>The replacement of <c>${x/a/b}</c>, the length of <c>${x:o:l}</c>.</summary>
    public WordNode? Second { get; init; }

    /// <summary>The subscript of <c>${a[i]}</c>.</summary>
    public WordNode? Index { get; init; }

    public ListNode? Body { get; init; }

    /// <summary>What a brace list may become.</summary>
    public List<WordNode>? Items { get; init; }
}
