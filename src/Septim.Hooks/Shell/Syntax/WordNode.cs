namespace Septim.Hooks.Shell.Syntax;

/// <summary>A word as written, before any expansion.</summary>
internal sealed class WordNode(WordPart[] parts, int start, int end)
{
    public WordPart[] Parts { get; } = parts;

    public int Start { get; } = start;

    public int End { get; } = end;

    /// <summary>A brace list or range is in it.</summary>
    public bool HasBrace { get; init; }

    /// <summary>The value when the word is literal throughout, whatever its quotes; else null.</summary>
    public string? Literal
    {
        get
        {
            if (Parts.Length == 1) return Parts[0].Kind == PartKind.Literal ? Parts[0].Text : null;
            var text = new System.Text.StringBuilder();
            foreach (var part in Parts)
            {
                if (part.Kind != PartKind.Literal) return null;
                text.Append(part.Text);
            }
            return text.ToString();
        }
    }

    /// <summary>The text when the word is one unquoted literal: what a keyword, an alias or a function name must be.</summary>
    public string? Bare => Parts.Length == 1 && Parts[0] is { Kind: PartKind.Literal, Quoted: false } part ? part.Text : null;
}
