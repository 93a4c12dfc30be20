namespace Septim.Hooks.Shell.Syntax;

/// <summary><c>[[ … ]]</c> and <c>(( … ))</c>: they run nothing but the substitutions in their words.</summary>
internal sealed class TestNode(SourceText source, int start, bool isArithmetic) : CommandNode(source, start)
{
    public bool IsArithmetic { get; } = isArithmetic;

    public List<WordNode> Words { get; } = [];
}
