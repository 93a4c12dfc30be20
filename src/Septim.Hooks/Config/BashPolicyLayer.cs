namespace Septim.Hooks.Config;

/// <summary>The <c>bash</c> object of one septim.json.</summary>
/// <param name="IsProject">The file lies in the repository: it may only tighten.</param>
/// <param name="File">Its path, for messages.</param>
/// <param name="Json">The raw value of the key; empty when the file has none.</param>
internal readonly record struct BashPolicyLayer(bool IsProject, string File, ReadOnlyMemory<byte> Json);
