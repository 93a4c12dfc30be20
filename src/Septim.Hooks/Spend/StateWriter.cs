using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Septim.Hooks.Spend;

/// <summary>Little-endian fields into one growing buffer.</summary>
internal sealed class StateWriter
{
    private byte[] _bytes = new byte[4096];
    private int _length;

    public Span<byte> Written => _bytes.AsSpan(0, _length);

    public void Long(long value) => BinaryPrimitives.WriteInt64LittleEndian(Reserve(8), value);

    public void ULong(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Reserve(8), value);

    public void Int(int value) => BinaryPrimitives.WriteInt32LittleEndian(Reserve(4), value);

    public void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Int(length);
        Encoding.UTF8.GetBytes(text, Reserve(length));
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Int(bytes.Length);
        bytes.CopyTo(Reserve(bytes.Length));
    }

    /// <summary>Leaves zeroed room, to be filled in later.</summary>
    public void Skip(int count) => Reserve(count).Clear();

    /// <summary>The bytes alone, without their number.</summary>
    public void Raw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    public void Struct<T>(in T value) where T : unmanaged =>
        MemoryMarshal.Write(Reserve(Unsafe.SizeOf<T>()), in value);

    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - _length < count) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        _length += count;
        return _bytes.AsSpan(_length - count, count);
    }
}
