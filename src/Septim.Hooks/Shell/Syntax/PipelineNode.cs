namespace Septim.Hooks.Shell.Syntax;

/// <summary><c>a | b |&amp; c</c>, <c>! a</c>, <c>time a</c>.</summary>
internal sealed class PipelineNode(SourceText source, int start) : CommandNode(source, start)
{
    public List<CommandNode> Stages { get; } = [];
}
