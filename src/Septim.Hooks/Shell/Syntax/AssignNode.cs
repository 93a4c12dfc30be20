namespace Septim.Hooks.Shell.Syntax;

/// <summary><c>name=value</c>, <c>name+=value</c>, <c>name[index]=value</c>, <c>name=(a b)</c>.</summary>
internal sealed record AssignNode(string Name, bool Append, WordNode? Index, WordNode? Value, List<WordNode>? Array);
