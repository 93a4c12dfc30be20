namespace Septim.Hooks.Shell.Syntax;

/// <summary>Assignments, words and redirections.</summary>
internal sealed class SimpleNode(SourceText source, int start) : CommandNode(source, start)
{
    public List<AssignNode>? Assignments { get; set; }

    public List<WordNode> Words { get; } = [];

    /// <summary>Arrays given to declare and its kin: <c>declare -a x=(a b)</c>.</summary>
    public List<AssignNode>? DeclaredArrays { get; set; }
}
