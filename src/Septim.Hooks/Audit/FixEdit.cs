namespace Septim.Hooks.Audit;

/// <summary>One safe change: a value at a key path of a JSON file, a value taken out of one, or a line added to a text file.</summary>
/// <param name="Path">The file, absolute; created when it is not there.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Keys">The key path (JSON kinds); empty for a line.</param>
/// <param name="Value">JSON text, or the line.</param>
internal sealed record FixEdit(string Path, FixEditKind Kind, IReadOnlyList<string> Keys, string Value);
