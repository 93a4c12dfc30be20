using System.IO.Hashing;

namespace Septim.Hooks.Spend;

/// <summary>Halves and prints of hashes: bits, not amounts, so nothing here is checked for overflow.</summary>
internal static class KeyHash
{
    public static ulong High(this UInt128 key) => unchecked((ulong)(key >> 64));

    public static ulong Low(this UInt128 key) => unchecked((ulong)key);

    public static ulong Print(ReadOnlySpan<byte> bytes, ulong salt = 0) => XxHash3.HashToUInt64(bytes, unchecked((long)salt));
}
