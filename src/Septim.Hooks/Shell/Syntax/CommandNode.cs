using Septim.Hooks.Shell.Evaluation;

namespace Septim.Hooks.Shell.Syntax;

/// <summary>Any command of the syntax tree.</summary>
internal abstract class CommandNode(SourceText source, int start)
{
    public SourceText Source { get; } = source;

    public int Start { get; } = start;

    public int End { get; set; } = start;

    /// <summary>Redirections in the order written; of a compound: those behind it.</summary>
    public List<RedirectNode>? Redirects { get; set; }

    public Segment Segment => Source.Map(Start, End);

    public Excerpt Excerpt => new(Source.Text, Start, End);
}
