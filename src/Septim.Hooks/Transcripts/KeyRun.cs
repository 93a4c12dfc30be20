using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Septim.Hooks.Transcripts;

/// <summary>
/// Keys with their values, and the key behind them, as they stood in one line. Another line that differs only inside strings, and there in
/// plain text of the same length, says the same but for those texts.
/// </summary>
internal sealed class KeyRun
{
    /// <summary>A longer one is not kept.</summary>
    public const int MaxBytes = 1024;

    private const int Width = 32;

    // Both in whole vectors, and filled again and again: in a process of milliseconds nothing is ever collected.
    private byte[] _text = [];

    /// <summary>All bits where the text of a string may be another one.</summary>
    private byte[] _isFree = [];

    private readonly List<RunValue> _values = [];
    private int _vectorBytes;

    /// <summary>A bit for each byte of the last vector that counts.</summary>
    private uint _lastMask;

    /// <summary>In bytes; 0: there is none.</summary>
    public int Length { get; private set; }

    /// <summary>A bit for each <see cref="JsonKey"/> that is wanted.</summary>
    public ulong Wanted { get; private set; }

    /// <summary>The key behind it, whose value is no such string; <see cref="JsonKey.Other"/> for the end of the object.</summary>
    public JsonKey Key { get; private set; }

    /// <summary>Where the walk stood behind it.</summary>
    public int End { get; private set; }

    /// <summary>Its values that are wanted; all others may be passed over.</summary>
    public ReadOnlySpan<RunValue> Values => CollectionsMarshal.AsSpan(_values);

    /// <param name="draft">How it was read.</param>
    /// <param name="text">From the comma or quote of its first key up to the value of the key behind it, or behind the object.</param>
    /// <param name="key">As <see cref="Key"/>.</param>
    /// <param name="end">As <see cref="End"/>.</param>
    public void Learn(KeyRunDraft draft, ReadOnlySpan<byte> text, JsonKey key, int end)
    {
        _vectorBytes = (text.Length + Width - 1) / Width * Width;
        if (_text.Length < _vectorBytes)
        {
            var room = Math.Min(2 * _vectorBytes, MaxBytes);
            (_text, _isFree) = (new byte[room], new byte[room]);
        }
        text.CopyTo(_text);
        _isFree.AsSpan().Clear();
        foreach (var free in draft.Texts) _isFree.AsSpan(free).Fill(byte.MaxValue);
        _lastMask = uint.MaxValue >> (_vectorBytes - text.Length);
        _values.Clear();
        _values.AddRange(draft.Values);
        (Length, Wanted, Key, End) = (text.Length, draft.Wanted, key, end);
    }

    /// <summary>Is it what the text starts with? A no costs time and nothing else.</summary>
    public bool IsAt(ReadOnlySpan<byte> text, ulong wanted)
    {
        if (Length == 0 || Wanted != wanted || text.Length < _vectorBytes) return false;
        ref var read = ref MemoryMarshal.GetReference(text);
        ref var kept = ref MemoryMarshal.GetArrayDataReference(_text);
        ref var free = ref MemoryMarshal.GetArrayDataReference(_isFree);
        Vector256<byte> quote = Vector256.Create((byte)'"'), backslash = Vector256.Create((byte)'\\'), newline = Vector256.Create((byte)'\n');
        unchecked
        {
            nuint i = 0, last = (nuint)_vectorBytes - Width;
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
