namespace Septim.Hooks.Shell.Syntax;

internal sealed class CaseNode(SourceText source, int start, WordNode subject) : CommandNode(source, start)
{
    public WordNode Subject { get; } = subject;

    public List<(List<WordNode> Patterns, ListNode Body, bool FallsThrough)> Arms { get; } = [];
}
