using System.Numerics;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>
/// All message ids seen in a scope. The newest records are in memory and travel inside the snapshot; when they grow too many they are
/// spilled into a sorted segment, and small segments are merged, so that a call reads and writes a few kilobytes at any size of session.
/// </summary>
/// <param name="files">Where segments live.</param>
/// <param name="directory">Of this scope's state; null: everything stays in memory.</param>
internal sealed class RecordStore(IFileSystem files, string? directory)
{
    /// <summary>More recent records than this are not carried inside the snapshot.</summary>
    public const int MaxInline = 40;

    /// <summary>A segment is merged with the one before it while that is less than this many times its size.</summary>
    private const int MergeRatio = 8;

    /// <summary>From here on, filters pay for themselves.</summary>
    private const int ManyLookups = 200;

    /// <summary>Large, because outgrown arrays stay in memory for as long as the process lives.</summary>
    private const int Growth = 8;

    // The first place is room for a segment's header, so that a spill writes the array as it stands.
    private UsageRecord[] _records = new UsageRecord[1 + 32];

    // The place of a record, and above it part of its key: a slot that holds another one is told without a look at the record.
    private ulong[] _slots = new ulong[64];
    private int _lastSlot;
    private int _count;
    private int _lookups;
    private bool _refused = directory is null;

    // Used for each spill again: in a process of milliseconds nothing is ever collected.
    private ulong[] _keys = [];
    private int[] _order = [];
    private int[] _buckets = [];

    /// <summary>Oldest first.</summary>
    public List<RecordSegment> Segments { get; } = [];

    public ReadOnlySpan<UsageRecord> Recent => _records.AsSpan(1, _count);

    /// <summary>Segments were replaced by this store: their files may go once no reader holds the former snapshot.</summary>
    public bool Merged { get; private set; }

    public bool TryGet(UInt128 key, out UsageRecord record)
    {
        var slot = Slot(key);
        if (_slots[slot] != 0)
        {
            record = _records[PlaceIn(_slots[slot])];
            return true;
        }
        if (Segments.Count > 0 && ++_lookups == ManyLookups)
        {
            foreach (var segment in Segments) segment.Prepare();
        }
        for (var i = Segments.Count - 1; i >= 0; i--)
        {
            if (Segments[i].TryGet(key, out record)) return true;
        }
        record = default;
        return false;
    }

    public void Put(in UsageRecord record)
    {
        var slot = Slot(record.Key);
        if (_slots[slot] != 0)
        {
            _records[PlaceIn(_slots[slot])] = record;
            return;
        }
        if (_count >= RecordSegment.MaxRecords && !_refused && Spill()) slot = Slot(record.Key);
        if (_count + 1 == _records.Length) Array.Resize(ref _records, 1 + _count * Growth);
        if (2 * _count >= _slots.Length)
        {
            Rehash(_slots.Length * 2);
            slot = Slot(record.Key);
        }
        _records[++_count] = record;
        _slots[slot] = Tag(record.KeyHigh) | (uint)_count;
    }

    /// <summary>Writes the recent records out when they are too many for a snapshot. False when the directory refuses: then no state is kept.</summary>
    public bool Settle() => _count <= MaxInline || Spill();

    public void Close()
    {
        foreach (var segment in Segments) segment.Close();
    }

    private bool Spill()
    {
        if (_refused) return false;
        Sort();
        var image = RecordSegment.ImageOf(_records, _count);
        var merge = Segments.Count;
        var total = _count;
        while (merge > 0 && Segments[merge - 1].Count < total * MergeRatio && Segments[merge - 1].Count + total <= RecordSegment.MaxRecords)
        {
            total += Segments[--merge].Count;
        }
        for (var i = Segments.Count - 1; i >= merge; i--) image = Merge(RecordSegment.RecordsIn(image), Segments[i]);
        var many = _lookups >= ManyLookups || _count >= RecordSegment.MaxRecords;
        if (RecordSegment.Write(files, directory!, image, many) is not { } written
            && !(files.CreateDirectory(directory!) && (written = RecordSegment.Write(files, directory!, image, many)!) is not null))
        {
            _refused = true;
            Rehash(_slots.Length);
            return false;
        }
        Merged |= merge < Segments.Count;
        for (var i = merge; i < Segments.Count; i++) Segments[i].Close();
        Segments.RemoveRange(merge, Segments.Count - merge);
        Segments.Add(written);
        _count = 0;
        _slots.AsSpan().Clear();
        return true;
    }

    /// <summary>By key, in place: the order is found first, then each record is moved once.</summary>
    private void Sort()
    {
        var records = _records.AsSpan(1, _count);
        if (_keys.Length < _count) (_keys, _order) = (new ulong[_count], new int[_count]);
        // Why: keys are hashes, so their first bits spread them evenly over as many buckets, and hardly any is left to be compared.
        var shift = 63 - BitOperations.Log2((uint)_count | 1);
        var count = 1 << (64 - shift);
        if (_buckets.Length < count) _buckets = new int[count];
        var buckets = _buckets.AsSpan(0, count);
        buckets.Clear();
        foreach (ref readonly var record in records) buckets[(int)(record.KeyHigh >> shift)]++;
        for (var i = 1; i < count; i++) buckets[i] += buckets[i - 1];
        for (var i = _count - 1; i >= 0; i--)
        {
            var place = --buckets[(int)(records[i].KeyHigh >> shift)];
            (_keys[place], _order[place]) = (records[i].KeyHigh, i);
        }
        for (var i = 0; i < count; i++)
        {
            var (start, end) = (buckets[i], i + 1 < count ? buckets[i + 1] : _count);
            if (end - start > 1) Array.Sort(_keys, _order, start, end - start);
        }
        for (var start = 0; start < _count; start++)
        {
            if (_order[start] == start) continue;
            var first = records[start];
            var to = start;
            for (var from = _order[to]; from != start; (to, from) = (from, _order[from]))
            {
                records[to] = records[from];
                _order[to] = to;
            }
            records[to] = first;
            _order[to] = to;
        }
    }

    /// <summary>Two sorted runs into one; the newer record of a key wins.</summary>
    private static Span<byte> Merge(ReadOnlySpan<UsageRecord> newer, RecordSegment segment)
    {
        var older = new UsageRecord[segment.Count];
        segment.ReadAll(older);
        Span<byte> image = RecordSegment.NewImage(newer.Length + older.Length);
        var merged = RecordSegment.RecordsIn(image);
        int n = 0, o = 0, count = 0;
        while (n < newer.Length || o < older.Length)
        {
            var order = n == newer.Length ? 1 : o == older.Length ? -1 : newer[n].KeyHigh.CompareTo(older[o].KeyHigh);
            if (order == 0 && newer[n].KeyLow == older[o].KeyLow) o++;
            merged[count++] = order <= 0 ? newer[n++] : older[o++];
        }
        return image[..^((merged.Length - count) * UsageRecord.Bytes)];
    }

    private int Slot(UInt128 key)
    {
        // Why: a response is looked up, put back, and looked up again for its next line.
        if (_slots[_lastSlot] is not 0 and var last && _records[PlaceIn(last)].Key == key) return _lastSlot;
        var mask = _slots.Length - 1;
        var tag = Tag(key.High());
        for (var slot = (int)(key.Low() & (uint)mask); ; slot = (slot + 1) & mask)
        {
            var held = _slots[slot];
            if (held == 0 || (Tag(held) == tag && _records[PlaceIn(held)].Key == key)) return _lastSlot = slot;
        }
    }

    private static ulong Tag(ulong word) => word & 0xFFFF_FFFF_0000_0000;

    private static int PlaceIn(ulong slot) => (int)(slot & int.MaxValue);

    private void Rehash(int size)
    {
        _slots = new ulong[size];
        _lastSlot = 0;
        for (var i = 1; i <= _count; i++) _slots[Slot(_records[i].Key)] = Tag(_records[i].KeyHigh) | (uint)i;
    }
}
