namespace Septim.Hooks.Shell.Syntax;

/// <summary><c>while</c>, <c>until</c>, and <c>for ((a; b; c))</c>, whose expressions are <see cref="Expressions"/>.</summary>
internal sealed class LoopNode(SourceText source, int start) : CommandNode(source, start)
{
    public bool IsUntil { get; init; }

    public ListNode? Condition { get; init; }

    public WordNode? Expressions { get; init; }

    public required ListNode Body { get; init; }
}
