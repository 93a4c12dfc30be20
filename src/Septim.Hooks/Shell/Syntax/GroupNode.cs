namespace Septim.Hooks.Shell.Syntax;

/// <summary><c>{ …; }</c> or <c>( … )</c>.</summary>
internal sealed class GroupNode(SourceText source, int start, bool isSubshell) : CommandNode(source, start)
{
    public bool IsSubshell { get; } = isSubshell;

    public required ListNode Body { get; init; }
}
