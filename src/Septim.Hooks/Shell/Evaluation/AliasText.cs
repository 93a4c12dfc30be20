using Septim.Hooks.Shell.Syntax;

namespace Septim.Hooks.Shell.Evaluation;

/// <summary>What an alias stands for, and the command that defined it.</summary>
internal sealed record AliasText(string Text, SimpleNode? Definition)
{
    /// <summary>A shell reads a whole line before it runs any of it, so an alias does not hold on the line that defines it.</summary>
    public bool HoldsFor(SimpleNode node) =>
        Definition is null || !ReferenceEquals(Definition.Source, node.Source) || node.Start < Definition.End
        || node.Source.Text.AsSpan(Definition.End, node.Start - Definition.End).Contains('\n');
}
