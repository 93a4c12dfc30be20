using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Septim.Hooks.Transcripts;

/// <summary>
/// Keys that nobody wants, with their values and the key behind them, as they stood in one line. Another line that differs only inside
/// strings, and there in plain text of the same length, says the same.
/// </summary>
internal sealed class SkippedRun
{
    /// <summary>A longer one is not kept.</summary>
    public const int MaxBytes = 1024;

    private const int Width = 32;

    // Both in whole vectors.
    private byte[] _text = [];

    /// <summary>All bits where the text of a string may be another one.</summary>
    private byte[] _isFree = [];

    /// <summary>A bit for each byte of the last vector that counts.</summary>
    private uint _lastMask;

    /// <summary>In bytes; 0: there is none.</summary>
    public int Length { get; private set; }

    /// <summary>A bit for each <see cref="JsonKey"/> that would have been wanted.</summary>
    public ulong Wanted { get; private set; }

    /// <summary>The wanted key at its end; <see cref="JsonKey.Other"/> for the end of the object.</summary>
    public JsonKey Key { get; private set; }

    /// <summary>Where the walk stood behind it.</summary>
    public int End { get; private set; }

    /// <param name="text">From the comma or quote of its first key up to the value of the wanted one, or behind the object.</param>
    /// <param name="strings">Its values that are strings without escapes: the text between their quotes.</param>
    /// <param name="wanted">As <see cref="Wanted"/>.</param>
    /// <param name="key">As <see cref="Key"/>.</param>
    /// <param name="end">As <see cref="End"/>.</param>
    public void Learn(ReadOnlySpan<byte> text, ReadOnlySpan<Range> strings, ulong wanted, JsonKey key, int end)
    {
        var bytes = (text.Length + Width - 1) / Width * Width;
        if (_text.Length != bytes) (_text, _isFree) = (new byte[bytes], new byte[bytes]);
        text.CopyTo(_text);
        _isFree.AsSpan().Clear();
        _lastMask = uint.MaxValue >> (bytes - text.Length);
        foreach (var free in strings) _isFree.AsSpan(free).Fill(byte.MaxValue);
        (Length, Wanted, Key, End) = (text.Length, wanted, key, end);
    }

    /// <summary>Is it what the text starts with? A no costs time and nothing else.</summary>
    public bool IsAt(ReadOnlySpan<byte> text, ulong wanted)
    {
        if (Length == 0 || Wanted != wanted || text.Length < _text.Length) return false;
        ref var read = ref MemoryMarshal.GetReference(text);
        ref var kept = ref MemoryMarshal.GetArrayDataReference(_text);
        ref var free = ref MemoryMarshal.GetArrayDataReference(_isFree);
        Vector256<byte> quote = Vector256.Create((byte)'"'), backslash = Vector256.Create((byte)'\\'), newline = Vector256.Create((byte)'\n');
        unchecked
        {
            nuint i = 0, last = (nuint)_text.Length - Width;
            for (; ; i += Width)
            {
                var v = Vector256.LoadUnsafe(ref read, i);
                var ends = Vector256.Equals(v, quote) | Vector256.Equals(v, backslash) | Vector256.Equals(v, newline);
                var isFree = Vector256.LoadUnsafe(ref free, i);
                var others = Vector256.ConditionalSelect(isFree, ends, ~Vector256.Equals(v, Vector256.LoadUnsafe(ref kept, i)));
                if (i == last) return (others.ExtractMostSignificantBits() & _lastMask) == 0;
                if (others != Vector256<byte>.Zero) return false;
            }
        }
    }
}
