namespace Septim.Hooks.Shell.Syntax;

/// <summary><c>for name in words</c>, <c>select</c>. Without words it goes over the positional parameters.</summary>
internal sealed class ForNode(SourceText source, int start, string variable) : CommandNode(source, start)
{
    public string Variable { get; } = variable;

    public List<WordNode>? Words { get; init; }

    public required ListNode Body { get; init; }
}
