namespace Septim.Hooks.Audit.Surroundings;

/// <summary>A variable that a start-up file sets for every later program.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Value">As written, quotes taken off; never printed.</param>
/// <param name="Place">Where.</param>
/// <param name="Chain">How the file is reached: <c>~/.zshrc:3 → ~/.secrets</c>.</param>
/// <param name="IsLiteral">No expansion in it.</param>
/// <param name="IsInline">Set for one command only (an alias, a function), not for the shell.</param>
internal sealed record ShellAssignment(string Name, string Value, Place Place, string Chain, bool IsLiteral, bool IsInline = false);
