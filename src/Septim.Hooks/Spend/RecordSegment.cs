using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>
/// An immutable file of records sorted by key, searched in place. Keys are hashes and so spread evenly: interpolation finds one with a
/// read or two, whatever the size. Every record carries its own checksum, salted with the file's nonce.
/// </summary>
internal sealed class RecordSegment(IFileSystem files, string path, ulong nonce, int count)
{
    public const int MaxRecords = 16 * 1024;

    private const int HeaderBytes = 64;
    private const int BlockRecords = 36;
    private static ReadOnlySpan<byte> Magic => "septseg1"u8;

    private nint _handle = -1;
    private RecordFilter? _filter;

    public ulong Nonce => nonce;

    public int Count => count;

    public string FilePath => path;

    public static string PathOf(string directory, ulong nonce) => Path.Combine(directory, nonce.ToString("x16") + ".seg");

    /// <summary>Room for a segment's file in memory; <see cref="RecordsIn"/> are to be filled.</summary>
    public static byte[] NewImage(int count) => GC.AllocateUninitializedArray<byte>(HeaderBytes + count * UsageRecord.Bytes);

    /// <summary>The same over records that stand behind one free place.</summary>
    public static Span<byte> ImageOf(UsageRecord[] records, int count) =>
        MemoryMarshal.AsBytes(records.AsSpan(0, 1 + count))[(UsageRecord.Bytes - HeaderBytes)..];

    public static Span<UsageRecord> RecordsIn(Span<byte> image) => MemoryMarshal.Cast<byte, UsageRecord>(image[HeaderBytes..]);

    /// <summary>Seals and writes sorted records. Null when the state directory refuses.</summary>
    public static RecordSegment? Write(IFileSystem files, string directory, Span<byte> image, bool withFilter)
    {
        var nonce = unchecked((ulong)Random.Shared.NextInt64(1, long.MaxValue));
        var sorted = RecordsIn(image);
        image[..HeaderBytes].Clear();
        WriteHeader(image, nonce, sorted.Length);
        for (var i = 0; i < sorted.Length; i++) sorted[i].Seal(nonce);
        var path = PathOf(directory, nonce);
        if (!files.Replace(path, image)) return null;
        var segment = new RecordSegment(files, path, nonce, sorted.Length);
        if (withFilter) segment._filter = Filter(sorted);
        return segment;
    }

    /// <exception cref="StaleStateException">The file is gone or is not what was written.</exception>
    public bool TryGet(UInt128 key, out UsageRecord record)
    {
        record = default;
        ulong high = key.High(), low = key.Low();
        if (_filter is { } filter && !filter.MayContain(low)) return false;
        Open();
        Span<UsageRecord> block = stackalloc UsageRecord[BlockRecords];
        int from = 0, to = count;
        ulong fromKey = 0, toKey = ulong.MaxValue;
        for (var round = 0; from < to; round++)
        {
            var guess = round < 4 ? Interpolate(high, fromKey, toKey, from, to) : from + (to - from) / 2;
            var start = Math.Clamp(guess - BlockRecords / 2, from, Math.Max(from, to - BlockRecords));
            var part = block[..Math.Min(BlockRecords, to - start)];
            Load(start, part);
            // Why: a damaged neighbour may be the record that is looked for.
            foreach (ref readonly var loaded in part)
            {
                if (!loaded.IsSealed(nonce)) throw new StaleStateException("record");
            }
            if (part[0].KeyHigh > high)
            {
                (to, toKey) = (start, part[0].KeyHigh);
            }
            else if (part[^1].KeyHigh < high)
            {
                (from, fromKey) = (start + part.Length, part[^1].KeyHigh);
            }
            else
            {
                foreach (ref var candidate in part)
                {
                    if (candidate.KeyHigh != high || candidate.KeyLow != low) continue;
                    record = candidate;
                    return true;
                }
                return false;
            }
        }
        return false;
    }

    /// <summary>Reads all records, checking each.</summary>
    public void ReadAll(Span<UsageRecord> into)
    {
        Open();
        Load(0, into);
        var last = 0UL;
        foreach (ref var record in into)
        {
            if (!record.IsSealed(nonce) || record.KeyHigh < last) throw new StaleStateException("record");
            last = record.KeyHigh;
        }
    }

    /// <summary>Many look-ups are coming: read it once and keep a filter.</summary>
    public void Prepare()
    {
        if (_filter is not null) return;
        var all = new UsageRecord[count];
        ReadAll(all);
        _filter = Filter(all);
    }

    public void Close()
    {
        if (_handle >= 0) files.Close(_handle);
        _handle = -1;
    }

    private static int Interpolate(ulong key, ulong fromKey, ulong toKey, int from, int to)
    {
        var span = toKey - fromKey;
        if (span == 0) return from;
        return from + (int)((UInt128)(key - fromKey) * (uint)(to - from) / span);
    }

    private static RecordFilter Filter(ReadOnlySpan<UsageRecord> records)
    {
        var filter = new RecordFilter();
        foreach (ref readonly var record in records) filter.Add(record);
        return filter;
    }

    private static void WriteHeader(Span<byte> header, ulong nonce, int count)
    {
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt64LittleEndian(header[8..], nonce);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], count);
    }

    private void Open()
    {
        if (_handle >= 0) return;
        _handle = files.Open(path, out var stat);
        if (_handle < 0) throw new StaleStateException("segment");
        Span<byte> found = stackalloc byte[HeaderBytes], expected = stackalloc byte[HeaderBytes];
        WriteHeader(expected, nonce, count);
        if (stat.Size != HeaderBytes + (long)count * UsageRecord.Bytes || files.Read(_handle, 0, found) != HeaderBytes
            || !found.SequenceEqual(expected))
        {
            throw new StaleStateException("segment");
        }
    }

    private void Load(int start, Span<UsageRecord> into)
    {
        var bytes = MemoryMarshal.AsBytes(into);
        for (var done = 0; done < bytes.Length;)
        {
            var read = files.Read(_handle, HeaderBytes + (long)start * UsageRecord.Bytes + done, bytes[done..]);
            if (read <= 0) throw new StaleStateException("segment");
            done += read;
        }
    }
}
