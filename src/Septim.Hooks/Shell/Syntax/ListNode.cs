namespace Septim.Hooks.Shell.Syntax;

/// <summary><c>a; b &amp; c</c>.</summary>
internal sealed class ListNode(SourceText source, int start) : CommandNode(source, start)
{
    public List<(CommandNode Command, bool Background)> Items { get; } = [];
}
