namespace Septim.Hooks.Claude;

/// <summary>Where a text at the top level of a tool's input stands, so that no one needs to read a large input twice.</summary>
/// <param name="Key">As written; keys with escapes are not listed.</param>
/// <param name="Start">Offset of its first byte in the input; -1 for a value that is no text.</param>
/// <param name="Length">Bytes between the quotes.</param>
/// <param name="IsEscaped">There is a backslash in it.</param>
internal readonly record struct ToolInputText(string Key, int Start, int Length, bool IsEscaped);
