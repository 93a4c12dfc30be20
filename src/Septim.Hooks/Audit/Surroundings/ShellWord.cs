namespace Septim.Hooks.Audit.Surroundings;

/// <summary>A word without its quotes.</summary>
/// <param name="Text">With expansions as written.</param>
/// <param name="IsLiteral">No <c>$</c>, backtick or substitution that a shell would expand.</param>
internal sealed record ShellWord(string Text, bool IsLiteral);
