namespace Septim.Hooks.Shell.Syntax;

/// <summary><c>a &amp;&amp; b || c</c>. <see cref="Operators"/>[i] stands before <see cref="Items"/>[i + 1]; true is <c>&amp;&amp;</c>.</summary>
internal sealed class AndOrNode(SourceText source, int start) : CommandNode(source, start)
{
    public List<CommandNode> Items { get; } = [];

    public List<bool> Operators { get; } = [];
}
