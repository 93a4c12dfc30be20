using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Septim.Hooks.Transcripts;

/// <summary>
/// The vector searches behind the scanner; each returns -1 when nothing is found. In steps as wide as the processor that the build is
/// for: 32 bytes with AVX2, else 16 (docs/decisions/0009).
/// Why unchecked: these loops pass every byte of every transcript, and no index in them leaves the span.
/// </summary>
internal static class ByteSearch
{
    /// <summary>Bytes that must follow a position before <see cref="IndexOfNeedle"/> can judge it.</summary>
    public const int NeedleLength = 17;

    private static nuint Width => (nuint)Vector<byte>.Count;

    /// <summary>As many bytes as a mask has bits.</summary>
    private const nuint Block = 64;

    private static ReadOnlySpan<byte> Usage => "usage\""u8;

    private static ReadOnlySpan<byte> CostState => "cost-state\""u8;

    /// <summary>How the client's lines about requests that failed go on behind <c>error</c>. Inside a string the quotes would be escaped.</summary>
    private static ReadOnlySpan<byte> Failure => "error\":{\"message\""u8;

    /// <summary>
    /// First place where <c>usage"</c>, <c>cost-state"</c> or <c>error":{"message"</c> starts. One pass for all, since all end in <c>a?e"</c>: that is looked for,
    /// and only a match is looked at closely. Without the <c>e</c> there is one in every fifth block.
    /// Why these are safe: a raw newline never occurs inside a JSON string, the quote ends a real string, and writers of
    /// transcripts (JSON.stringify) never escape ASCII letters; a writer that did would not be seen.
    /// </summary>
    /// <param name="text">Where to search.</param>
    /// <param name="newline">The last newline before that place, or of the whole text when there is none; -1 for none.</param>
    public static int IndexOfNeedle(ReadOnlySpan<byte> text, out int newline)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        nuint i = 0, length = (nuint)text.Length;
        // The last block with a newline in it: all blocks before the current one that matter later.
        var block = -1;
        unchecked
        {
            // Why: the second block begins where a vector is read at once, and not as the halves of two lines of the cache.
            for (var step = 4 * Width - Misalignment(ref start); i + 4 * Width + 3 <= length; i += step, step = 4 * Width)
            {
                ref var from = ref Unsafe.Add(ref start, i);
                var ends = EndsNeedle(ref from, 0) | EndsNeedle(ref from, Width) | EndsNeedle(ref from, 2 * Width) | EndsNeedle(ref from, 3 * Width);
                var newlines = Is(ref from, 0, '\n') | Is(ref from, Width, '\n') | Is(ref from, 2 * Width, '\n') | Is(ref from, 3 * Width, '\n');
                if ((ends | newlines) == Vector<byte>.Zero) continue;
                if (ends != Vector<byte>.Zero && NeedleIn(text, (int)i) is >= 0 and var at)
                {
                    newline = LastNewline(text, block, (int)i, at);
                    return at;
                }
                if (newlines != Vector<byte>.Zero) block = (int)i;
            }
            for (var a = (int)i; a + 3 < text.Length; a++)
            {
                if (text[a] != 'a' || text[a + 3] != '"' || NeedleBefore(text, a) is not (>= 0 and var at)) continue;
                newline = LastNewline(text, block, (int)i, at);
                return at;
            }
        }
        newline = LastNewline(text, block, (int)i, text.Length);
        return -1;
    }

    /// <summary>First quote, backslash or newline: what can end or interrupt a JSON string.</summary>
    public static int IndexOfStringEnd(ReadOnlySpan<byte> text)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        nuint i = 0, length = (nuint)text.Length;
        unchecked
        {
            for (; i + Width <= length; i += Width)
            {
                var v = Vector.LoadUnsafe(ref start, i);
                var mask = Mask(Is(v, '"') | Is(v, '\\') | Is(v, '\n'));
                if (mask != 0) return (int)i + BitOperations.TrailingZeroCount(mask);
            }
            for (; i < length; i++)
            {
                if (Unsafe.Add(ref start, i) is (byte)'"' or (byte)'\\' or (byte)'\n') return (int)i;
            }
        }
        return -1;
    }

    /// <summary>
    /// The first newline, or quote that no backslash escapes. When there is none, <paramref name="passed"/> says up to where the string was
    /// passed: a last byte that escapes what is still to come stays.
    /// </summary>
    public static int IndexOfStringClose(ReadOnlySpan<byte> text, out int passed)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        nuint i = 0, length = (nuint)text.Length;
        // Bit 0: the next byte is escaped.
        var escaped = 0UL;
        unchecked
        {
            // Why first: ids, names and most words are short and escape nothing.
            for (; i + Width <= length && i < Block; i += Width)
            {
                var v = Vector.LoadUnsafe(ref start, i);
                if (Mask(Is(v, '"') | Is(v, '\\') | Is(v, '\n')) is not (not 0 and var mask)) continue;
                var at = (int)i + BitOperations.TrailingZeroCount(mask);
                if (Unsafe.Add(ref start, at) != '\\') return passed = at;
                break;
            }
            // Why no look at what a block holds: text escapes something in every other one, and a branch guessed wrong costs more than a block.
            for (; i + Block <= length; i += Block)
            {
                var quotes = BlockMask(ref start, i, '"');
                var newlines = BlockMask(ref start, i, '\n');
                var taken = Escaped(BlockMask(ref start, i, '\\'), ref escaped);
                var closing = (quotes & ~taken) | newlines;
                if (closing != 0) return passed = (int)i + BitOperations.TrailingZeroCount(closing);
            }
            for (; i < length; i++)
            {
                var c = Unsafe.Add(ref start, i);
                if (c == '\n' || (c == '"' && escaped == 0)) return passed = (int)i;
                escaped = escaped == 0 && c == '\\' ? 1UL : 0;
            }
            passed = text.Length - (int)escaped;
        }
        return -1;
    }

    /// <summary>First quote, bracket, brace or newline: what can open or close something outside a JSON string.</summary>
    public static int IndexOfStructure(ReadOnlySpan<byte> text)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        nuint i = 0, length = (nuint)text.Length;
        unchecked
        {
            for (; i + Width <= length; i += Width)
            {
                var v = Vector.LoadUnsafe(ref start, i);
                // Why: '[' and '{', ']' and '}' differ in the bit 0x20 alone.
                var folded = v | Vector.Create((byte)0x20);
                var mask = Mask(Is(v, '"') | Is(folded, '{') | Is(folded, '}') | Is(v, '\n'));
                if (mask != 0) return (int)i + BitOperations.TrailingZeroCount(mask);
            }
            for (; i < length; i++)
            {
                if (Unsafe.Add(ref start, i) is (byte)'"' or (byte)'{' or (byte)'}' or (byte)'[' or (byte)']' or (byte)'\n') return (int)i;
            }
        }
        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<byte> Is(Vector<byte> v, char ascii) => Vector.Equals(v, Vector.Create((byte)ascii));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<byte> Is(ref byte start, nuint i, char ascii) => Is(Vector.LoadUnsafe(ref start, i), ascii);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<byte> EndsNeedle(ref byte start, nuint i) => Is(ref start, i, 'a') & Is(ref start, unchecked(i + 2), 'e') & Is(ref start, unchecked(i + 3), '"');

    /// <summary>Bytes from the vector's place in memory before this one. Only for speed: the collector may move the text later.</summary>
    private static unsafe nuint Misalignment(ref byte start) => (nuint)Unsafe.AsPointer(ref start) & (Width - 1);

    /// <summary>One bit for each byte that matched.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Mask(Vector<byte> v) =>
        Vector<byte>.Count == Vector256<byte>.Count ? v.AsVector256().ExtractMostSignificantBits() : v.AsVector128().ExtractMostSignificantBits();

    /// <summary>Where the first needle starts whose last <c>a</c> is in the block; -1 for none. Apart, so that the loop has its registers for itself.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int NeedleIn(ReadOnlySpan<byte> text, int block)
    {
        ref var start = ref Unsafe.Add(ref MemoryMarshal.GetReference(text), block);
        unchecked
        {
            for (nuint i = 0; i < 4 * Width; i += Width)
            {
                for (var mask = Mask(EndsNeedle(ref start, i)); mask != 0; mask &= mask - 1)
                {
                    if (NeedleBefore(text, block + (int)i + BitOperations.TrailingZeroCount(mask)) is >= 0 and var at) return at;
                }
            }
            return -1;
        }
    }

    /// <summary>The last newline in <c>[from, to)</c>, else that of the block named, which is before it.</summary>
    private static int LastNewline(ReadOnlySpan<byte> text, int block, int from, int to)
    {
        if (to > from && text[from..to].LastIndexOf((byte)'\n') is >= 0 and var near) return from + near;
        return block < 0 ? -1 : block + text.Slice(block, 4 * (int)Width).LastIndexOf((byte)'\n');
    }

    /// <summary>Where the needle starts whose last <c>a</c> this is; -1 when it is none.</summary>
    private static int NeedleBefore(ReadOnlySpan<byte> text, int a)
    {
        if (a >= 2 && text[(a - 2)..].StartsWith(Usage)) return a - 2;
        if (a >= 7 && text[(a - 7)..].StartsWith(CostState)) return a - 7;
        return a >= 13 && text[(a - 13)..].StartsWith(Failure) ? a - 13 : -1;
    }

    /// <summary>A bit for each of <see cref="Block"/> bytes that is this character.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong BlockMask(ref byte start, nuint i, char ascii)
    {
        unchecked
        {
            var low = Mask(Is(ref start, i, ascii)) | (ulong)Mask(Is(ref start, i + Width, ascii)) << (int)Width;
            if (2 * Width == Block) return low;
            var high = Mask(Is(ref start, i + 2 * Width, ascii)) | (ulong)Mask(Is(ref start, i + 3 * Width, ascii)) << (int)Width;
            return low | high << (int)(2 * Width);
        }
    }

    /// <summary>
    /// Which bytes of a block a backslash escapes. Of a run of backslashes each second one is escaped itself; whether a run began at an even
    /// place shows in where the carry of an addition leaves it (the way of simdjson, https://arxiv.org/abs/1902.08318, 3.1.1).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Escaped(ulong backslashes, ref ulong carry)
    {
        const ulong Even = 0x5555_5555_5555_5555;
        unchecked
        {
            backslashes &= ~carry;
            var follows = backslashes << 1 | carry;
            var ends = (backslashes & ~Even & ~follows) + backslashes;
            carry = ends < backslashes ? 1UL : 0;
            return (Even ^ (ends << 1)) & follows;
        }
    }
}
