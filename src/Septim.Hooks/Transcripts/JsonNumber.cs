using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Septim.Hooks.Transcripts;

/// <summary>Exact readings of a JSON number's text; no floating point on the way.</summary>
internal static class JsonNumber
{
    /// <summary>
    /// A count: a whole number, or a fraction rounded up. Null when it is negative, too large for <see cref="long"/>, or no number.
    /// </summary>
    public static long? Count(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > 18) return Scaled(text, 0, roundUp: true);
        long value = 0;
        foreach (var c in text)
        {
            if (c is < (byte)'0' or > (byte)'9') return Scaled(text, 0, roundUp: true);
            value = unchecked(value * 10 + (c - '0'));
        }
        return value;
    }

    /// <summary>What <see cref="ShortCount"/> reads at most.</summary>
    public const int MaxShortDigits = 7;

    /// <summary>
    /// The digits that <paramref name="text"/> starts with, when they are 1 to 7 and more follows: how many, and what they say. Else 0.
    /// All eight bytes at once, since nearly every number of a transcript is such a count.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ShortCount(ReadOnlySpan<byte> text, out long count)
    {
        count = 0;
        if (text.Length < sizeof(ulong)) return 0;
        unchecked
        {
            // A digit is now its value; the first byte is the lowest.
            var bytes = BinaryPrimitives.ReadUInt64LittleEndian(text) ^ 0x3030_3030_3030_3030;
            var others = (bytes | (bytes + 0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080;
            var digits = BitOperations.TrailingZeroCount(others) / 8;
            if (digits is 0 or sizeof(ulong)) return 0;
            // Zeros in front of the first digit, then pairs, then fours, then all eight.
            bytes <<= 8 * (sizeof(ulong) - digits);
            bytes = bytes * 10 + (bytes >> 8);
            count = (long)(((bytes & 0xFF_0000_00FF) * (100 + (1_000_000UL << 32)) + ((bytes >> 16) & 0xFF_0000_00FF) * (1 + (10_000UL << 32))) >> 32);
            return digits;
        }
    }

    /// <summary>An amount of dollars in pico-dollars, to the nearest. Null as for <see cref="Count"/>.</summary>
    public static long? Pico(ReadOnlySpan<byte> text) => Scaled(text, 12, roundUp: false);

    private static Int128 MaxDigits => new(0x0000_0000_4B3B_4CA8, 0);

    private static long? Scaled(ReadOnlySpan<byte> text, int decimals, bool roundUp)
    {
        Int128 longest = MaxDigits;
        var at = 0;
        var negative = text.Length > 0 && text[0] == '-';
        if (negative) at++;
        Int128 digits = 0;
        int count = 0, exponent = 0, dropped = 0;
        var inFraction = false;
        var lost = false;
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (c == '.' && !inFraction) { inFraction = true; continue; }
            if (c is < (byte)'0' or > (byte)'9') break;
            count++;
            // Why: 30 digits are kept; those behind them only matter for rounding up.
            if (digits < longest)
            {
                digits = digits * 10 + (c - '0');
                if (inFraction) exponent--;
            }
            else
            {
                lost |= c != '0';
                if (!inFraction) dropped++;
            }
        }
        if (count == 0) return null;
        if (at < text.Length)
        {
            if (text[at] is not ((byte)'e' or (byte)'E') || Exponent(text[(at + 1)..]) is not { } stated) return null;
            exponent += stated;
        }
        exponent += dropped + decimals;
        if (digits == 0) return lost && roundUp && !negative ? 1 : 0;
        if (negative) return null;
        for (; exponent > 0; exponent--)
        {
            if (digits > long.MaxValue) return null;
            digits *= 10;
        }
        int first = 0;
        for (; exponent < 0 && digits != 0; exponent++)
        {
            lost |= first != 0;
            first = (int)(digits % 10);
            digits /= 10;
        }
        // Why: with the value used up, nothing but the rounding of a number below one is left.
        if (exponent < 0) (lost, first) = (true, 0);
        if (roundUp ? lost || first != 0 : first >= 5) digits++;
        return digits > long.MaxValue ? null : (long)digits;
    }

    private static int? Exponent(ReadOnlySpan<byte> text)
    {
        var negative = text.Length > 0 && text[0] == '-';
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+') text = text[1..];
        if (text.Length == 0) return null;
        var value = 0;
        foreach (var c in text)
        {
            if (c is < (byte)'0' or > (byte)'9') return null;
            value = Math.Min(value * 10 + (c - '0'), 100_000);
        }
        return negative ? -value : value;
    }
}
