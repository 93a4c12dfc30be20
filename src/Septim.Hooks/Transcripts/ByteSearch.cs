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
    /// <summary>Bytes that must follow a position before <see cref="IndexOfUsageOrCostState"/> can judge it.</summary>
    public const int NeedleLength = 11;

    private static nuint Width => (nuint)Vector<byte>.Count;

    private static ReadOnlySpan<byte> Usage => "usage\""u8;

    private static ReadOnlySpan<byte> CostState => "cost-state\""u8;

    /// <summary>
    /// First place where <c>usage"</c> or <c>cost-state"</c> starts. One pass for both, since both end in <c>a?e"</c>: the rare pair of
    /// <c>a</c> and the quote is looked for, and only a match is looked at closely.
    /// Why these are safe: a raw newline never occurs inside a JSON string, the quote ends a real string, and writers of
    /// transcripts (JSON.stringify) never escape ASCII letters; a writer that did would not be seen.
    /// </summary>
    /// <param name="text">Where to search.</param>
    /// <param name="newline">The last newline before that place, or of the whole text when there is none; -1 for none.</param>
    public static int IndexOfUsageOrCostState(ReadOnlySpan<byte> text, out int newline)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        nuint i = 0, length = (nuint)text.Length;
        // The last block with a newline in it: all blocks before the current one that matter later.
        var block = -1;
        unchecked
        {
            for (; i + 4 * Width + 3 <= length; i += 4 * Width)
            {
                var first = Vector.LoadUnsafe(ref start, i);
                var second = Vector.LoadUnsafe(ref start, i + Width);
                var third = Vector.LoadUnsafe(ref start, i + 2 * Width);
                var fourth = Vector.LoadUnsafe(ref start, i + 3 * Width);
                var newlines = Is(first, '\n') | Is(second, '\n') | Is(third, '\n') | Is(fourth, '\n');
                first = EndsNeedle(first, ref start, i);
                second = EndsNeedle(second, ref start, i + Width);
                third = EndsNeedle(third, ref start, i + 2 * Width);
                fourth = EndsNeedle(fourth, ref start, i + 3 * Width);
                var ends = (first | second) | (third | fourth);
                if ((ends | newlines) == Vector<byte>.Zero) continue;
                if (ends != Vector<byte>.Zero)
                {
                    var at = NeedleIn(text, Mask(first), i);
                    if (at < 0) at = NeedleIn(text, Mask(second), i + Width);
                    if (at < 0) at = NeedleIn(text, Mask(third), i + 2 * Width);
                    if (at < 0) at = NeedleIn(text, Mask(fourth), i + 3 * Width);
                    if (at >= 0)
                    {
                        newline = LastNewline(text, block, (int)i, at);
                        return at;
                    }
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
            for (; i + Width <= length; i += Width)
            {
                var v = Vector.LoadUnsafe(ref start, i);
                var escapes = Is(v, '\\');
                var newlines = Is(v, '\n');
                var quotes = Is(v, '"');
                if ((escapes | newlines | quotes) == Vector<byte>.Zero)
                {
                    escaped = 0;
                    continue;
                }
                var at = Close(Mask(quotes), Mask(escapes), Mask(newlines), ref escaped);
                if (at >= 0) return passed = (int)i + at;
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
    private static Vector<byte> EndsNeedle(Vector<byte> v, ref byte start, nuint i) => Is(v, 'a') & Is(Vector.LoadUnsafe(ref start, unchecked(i + 3)), '"');

    /// <summary>One bit for each byte that matched.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Mask(Vector<byte> v) =>
        Vector<byte>.Count == Vector256<byte>.Count ? v.AsVector256().ExtractMostSignificantBits() : v.AsVector128().ExtractMostSignificantBits();

    /// <summary>Where the first needle starts whose last <c>a</c> is at one of the bits; -1 for none.</summary>
    private static int NeedleIn(ReadOnlySpan<byte> text, uint mask, nuint from)
    {
        unchecked
        {
            for (; mask != 0; mask &= mask - 1)
            {
                var a = (int)from + BitOperations.TrailingZeroCount(mask);
                if (text[a + 2] == 'e' && NeedleBefore(text, a) is >= 0 and var at) return at;
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
        return a >= 7 && text[(a - 7)..].StartsWith(CostState) ? a - 7 : -1;
    }

    /// <summary>The first newline or quote that closes; each backslash takes the byte behind it along, be it in the next block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Close(ulong quotes, ulong backslashes, ulong newlines, ref ulong escaped)
    {
        unchecked
        {
            var taken = (backslashes << 1) | escaped;
            if ((backslashes & taken) != 0) taken = TakenInRuns(backslashes, escaped);
            escaped = taken >> (int)Width;
            var closing = (quotes & ~taken) | newlines;
            return closing == 0 ? -1 : BitOperations.TrailingZeroCount(closing);
        }
    }

    /// <summary>The same where backslashes stand side by side: of a run each second one is taken itself.</summary>
    private static ulong TakenInRuns(ulong backslashes, ulong escaped)
    {
        unchecked
        {
            var taken = escaped;
            for (var starts = backslashes & ~escaped; starts != 0;)
            {
                var next = (starts & (0UL - starts)) << 1;
                taken |= next;
                starts &= ~(next | (next - 1));
            }
            return taken;
        }
    }
}
