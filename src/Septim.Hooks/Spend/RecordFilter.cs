namespace Septim.Hooks.Spend;

/// <summary>A Bloom filter over the keys of one segment: 16 bits a key, four probes, about one false hit in 400.</summary>
internal sealed class RecordFilter
{
    private const int Bits = RecordSegment.MaxRecords * 16;

    private readonly ulong[] _words = new ulong[Bits / 64];

    public void Add(in UsageRecord record)
    {
        for (var probe = 0; probe < 4; probe++)
        {
            var bit = Bit(record.KeyLow, probe);
            _words[bit >> 6] |= 1UL << (bit & 63);
        }
    }

    public bool MayContain(ulong keyLow)
    {
        for (var probe = 0; probe < 4; probe++)
        {
            var bit = Bit(keyLow, probe);
            if ((_words[bit >> 6] & (1UL << (bit & 63))) == 0) return false;
        }
        return true;
    }

    private static int Bit(ulong keyLow, int probe) =>
        (int)(ulong.RotateRight(keyLow, probe * 16) & (Bits - 1));
}
