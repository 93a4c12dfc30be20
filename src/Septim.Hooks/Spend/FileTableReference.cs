namespace Septim.Hooks.Spend;

/// <summary>Names a file-table by its nonce; length and print prove its head.</summary>
internal readonly record struct FileTableReference(ulong Nonce, long HeadLength, ulong HeadPrint);
