namespace Septim.Hooks.Shell;

/// <summary>One option as given.</summary>
/// <param name="Name">With its dashes, in full: <c>-f</c>, <c>--force</c> (also for <c>--forc</c>, and for <c>-force</c> of a single-dash tool).</param>
/// <param name="Value">Its value, or null.</param>
/// <param name="Index">Of the argument word that holds the name.</param>
internal readonly record struct Option(string Name, Word? Value, int Index);
