using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Septim.Hooks.Spend;

/// <summary>The fields of <see cref="StateWriter"/> back. What does not fit is stale state, whatever the bytes are.</summary>
internal ref struct StateReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>Bytes not yet taken.</summary>
    public readonly int Left => _rest.Length;

    public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public ulong ULong() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public int Int() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    /// <summary>A number of items, each of at least <paramref name="itemBytes"/> bytes.</summary>
    public int Count(int itemBytes)
    {
        var count = Int();
        if (count < 0 || (long)count * itemBytes > _rest.Length) throw new StaleStateException("count");
        return count;
    }

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public ReadOnlySpan<byte> Bytes() => Take(Count(1));

    public ReadOnlySpan<byte> Raw(int count) => Take(count);

    public T Struct<T>() where T : unmanaged => MemoryMarshal.Read<T>(Take(Unsafe.SizeOf<T>()));

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length) throw new StaleStateException("length");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
