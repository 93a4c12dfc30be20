namespace Septim.Hooks.Shell;

/// <summary>A variable set for one command (<c>A=1 cmd</c>, <c>env A=1 cmd</c>) or for the shell (<c>A=1</c>, <c>export A=1</c>).</summary>
internal sealed record Assignment(string Name, Word Value, bool Append);
