namespace Septim.Hooks.Spend;

/// <summary>Names a file-table by its nonce; length and checksum prove it.</summary>
internal readonly record struct FileTableReference(ulong Nonce, long Length, ulong Print);
