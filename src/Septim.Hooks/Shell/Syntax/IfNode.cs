namespace Septim.Hooks.Shell.Syntax;

internal sealed class IfNode(SourceText source, int start) : CommandNode(source, start)
{
    public List<(ListNode Condition, ListNode Body)> Branches { get; } = [];

    public ListNode? Else { get; set; }
}
