using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Septim.Hooks.Transcripts;

/// <summary>
/// The vector searches behind the scanner. Each has one 32-byte form for processors with AVX2 and one 16-byte form for all
/// others, and returns -1 when nothing is found.
/// </summary>
internal static class ByteSearch
{
    /// <summary>Bytes that must follow a position before <see cref="IndexOfUsageOrCostState"/> can judge it.</summary>
    public const int NeedleLength = 10;

    /// <summary>
    /// First place where <c>usage"</c> or <c>cost-state</c> starts. One pass for both: two rare bytes of each are compared at their
    /// places, and only a match of both is looked at closely.
    /// Why these are safe: a raw newline never occurs inside a JSON string, the quote ends a real string, and writers of
    /// transcripts (JSON.stringify) never escape ASCII letters; a writer that did would not be seen.
    /// </summary>
    public static int IndexOfUsageOrCostState(ReadOnlySpan<byte> text)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        nint i = 0, last = text.Length - NeedleLength;
        if (Avx2.IsSupported)
        {
            var g = Vector256.Create((byte)'g');
            var quote = Vector256.Create((byte)'"');
            var dash = Vector256.Create((byte)'-');
            var s = Vector256.Create((byte)'s');
            for (; i <= last - 64; i += 64)
            {
                var low = Candidates(ref start, i, g, quote, dash, s);
                var high = Candidates(ref start, i + 32, g, quote, dash, s);
                if (Avx.TestZ(Avx2.Or(low, high), Avx2.Or(low, high))) continue;
                var mask = unchecked((uint)Avx2.MoveMask(low) | ((ulong)(uint)Avx2.MoveMask(high) << 32));
                for (; mask != 0; mask &= mask - 1)
                {
                    var at = i + BitOperations.TrailingZeroCount(mask);
                    if (IsNeedle(text, (int)at)) return (int)at;
                }
            }
        }
        else
        {
            for (; i <= last - 16; i += 16)
            {
                var at3 = Vector128.LoadUnsafe(ref start, (nuint)(i + 3));
                var at4 = Vector128.LoadUnsafe(ref start, (nuint)(i + 4));
                var at5 = Vector128.LoadUnsafe(ref start, (nuint)(i + 5));
                var found = (Vector128.Equals(at3, Vector128.Create((byte)'g')) & Vector128.Equals(at5, Vector128.Create((byte)'"')))
                    | (Vector128.Equals(at4, Vector128.Create((byte)'-')) & Vector128.Equals(at5, Vector128.Create((byte)'s')));
                for (var mask = found.ExtractMostSignificantBits(); mask != 0; mask &= mask - 1)
                {
                    var at = i + BitOperations.TrailingZeroCount(mask);
                    if (IsNeedle(text, (int)at)) return (int)at;
                }
            }
        }
        for (; i < text.Length; i++)
        {
            if (IsNeedle(text, (int)i)) return (int)i;
        }
        return -1;
    }

    /// <summary>First quote, backslash or newline: what can end or interrupt a JSON string.</summary>
    public static int IndexOfStringEnd(ReadOnlySpan<byte> text)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        nint i = 0;
        if (Avx2.IsSupported)
        {
            var quote = Vector256.Create((byte)'"');
            var backslash = Vector256.Create((byte)'\\');
            var newline = Vector256.Create((byte)'\n');
            for (; i <= text.Length - 32; i += 32)
            {
                var v = Vector256.LoadUnsafe(ref start, (nuint)i);
                var mask = unchecked((uint)Avx2.MoveMask(Avx2.Or(Avx2.Or(
                    Avx2.CompareEqual(v, quote), Avx2.CompareEqual(v, backslash)), Avx2.CompareEqual(v, newline))));
                if (mask != 0) return (int)i + BitOperations.TrailingZeroCount(mask);
            }
        }
        else
        {
            for (; i <= text.Length - 16; i += 16)
            {
                var v = Vector128.LoadUnsafe(ref start, (nuint)i);
                var mask = (Vector128.Equals(v, Vector128.Create((byte)'"')) | Vector128.Equals(v, Vector128.Create((byte)'\\'))
                    | Vector128.Equals(v, Vector128.Create((byte)'\n'))).ExtractMostSignificantBits();
                if (mask != 0) return (int)i + BitOperations.TrailingZeroCount(mask);
            }
        }
        for (; i < text.Length; i++)
        {
            if (Unsafe.Add(ref start, i) is (byte)'"' or (byte)'\\' or (byte)'\n') return (int)i;
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
        nint i = 0;
        // Bit 0: the next byte is escaped.
        var escaped = 0UL;
        if (Avx2.IsSupported)
        {
            var quote = Vector256.Create((byte)'"');
            var backslash = Vector256.Create((byte)'\\');
            var newline = Vector256.Create((byte)'\n');
            for (; i <= text.Length - 32; i += 32)
            {
                var v = Vector256.LoadUnsafe(ref start, (nuint)i);
                var escapes = Avx2.CompareEqual(v, backslash);
                var marked = unchecked((uint)Avx2.MoveMask(Avx2.Or(escapes, Avx2.CompareEqual(v, quote))));
                var newlines = unchecked((uint)Avx2.MoveMask(Avx2.CompareEqual(v, newline)));
                var at = Close(marked, unchecked((uint)Avx2.MoveMask(escapes)), newlines, 32, ref escaped);
                if (at >= 0) return Found((int)i + at, out passed);
            }
        }
        else
        {
            for (; i <= text.Length - 16; i += 16)
            {
                var v = Vector128.LoadUnsafe(ref start, (nuint)i);
                var escapes = Vector128.Equals(v, Vector128.Create((byte)'\\'));
                var marked = (escapes | Vector128.Equals(v, Vector128.Create((byte)'"'))).ExtractMostSignificantBits();
                var newlines = Vector128.Equals(v, Vector128.Create((byte)'\n')).ExtractMostSignificantBits();
                var at = Close(marked, escapes.ExtractMostSignificantBits(), newlines, 16, ref escaped);
                if (at >= 0) return Found((int)i + at, out passed);
            }
        }
        for (; i < text.Length; i++)
        {
            var c = Unsafe.Add(ref start, i);
            if (c == '\n' || (c == '"' && escaped == 0)) return Found((int)i, out passed);
            escaped = escaped == 0 && c == '\\' ? 1UL : 0;
        }
        passed = text.Length - (int)escaped;
        return -1;
    }

    /// <summary>First quote, bracket, brace or newline: what can open or close something outside a JSON string.</summary>
    public static int IndexOfStructure(ReadOnlySpan<byte> text)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        nint i = 0;
        for (; i <= text.Length - 16; i += 16)
        {
            var v = Vector128.LoadUnsafe(ref start, (nuint)i);
            // Why: '[' and '{', ']' and '}' differ in the bit 0x20 alone.
            var folded = v | Vector128.Create((byte)0x20);
            var mask = (Vector128.Equals(v, Vector128.Create((byte)'"')) | Vector128.Equals(folded, Vector128.Create((byte)'{'))
                | Vector128.Equals(folded, Vector128.Create((byte)'}')) | Vector128.Equals(v, Vector128.Create((byte)'\n'))).ExtractMostSignificantBits();
            if (mask != 0) return (int)i + BitOperations.TrailingZeroCount(mask);
        }
        for (; i < text.Length; i++)
        {
            if (Unsafe.Add(ref start, i) is (byte)'"' or (byte)'{' or (byte)'}' or (byte)'[' or (byte)']' or (byte)'\n') return (int)i;
        }
        return -1;
    }

    /// <summary>The first of the marked bytes that closes; each backslash unmarks itself and the byte behind it, be it in the next block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Close(ulong marked, uint backslashes, uint newlines, int width, ref ulong escaped)
    {
        marked = (marked & ~escaped) | newlines;
        escaped = 0;
        while (marked != 0)
        {
            var bit = BitOperations.TrailingZeroCount(marked);
            if (((backslashes >> bit) & 1) == 0) return bit;
            var pair = 3UL << bit;
            marked = (marked & ~pair) | newlines;
            escaped = pair >> width;
        }
        return -1;
    }

    private static int Found(int at, out int passed) => passed = at;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Candidates(
        ref byte start, nint i, Vector256<byte> g, Vector256<byte> quote, Vector256<byte> dash, Vector256<byte> s)
    {
        var at3 = Vector256.LoadUnsafe(ref start, (nuint)(i + 3));
        var at4 = Vector256.LoadUnsafe(ref start, (nuint)(i + 4));
        var at5 = Vector256.LoadUnsafe(ref start, (nuint)(i + 5));
        return Avx2.Or(
            Avx2.And(Avx2.CompareEqual(at3, g), Avx2.CompareEqual(at5, quote)),
            Avx2.And(Avx2.CompareEqual(at4, dash), Avx2.CompareEqual(at5, s)));
    }

    private static bool IsNeedle(ReadOnlySpan<byte> text, int at)
    {
        var rest = text[at..];
        return rest.StartsWith("usage\""u8) || rest.StartsWith("cost-state"u8);
    }
}
