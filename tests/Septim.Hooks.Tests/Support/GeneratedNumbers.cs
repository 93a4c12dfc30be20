namespace Septim.Hooks.Tests.Support;

/// <summary>Numbers that look random and are the same for the same seed on every machine and runtime (SplitMix64).</summary>
internal sealed class GeneratedNumbers(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        unchecked
        {
            var z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    public int Below(int limit) => (int)(Next() % (ulong)limit);

    public int Between(int low, int high) => low + Below(high - low + 1);

    public bool OneIn(int times) => Below(times) == 0;

    /// <summary>Mostly near the low end, now and then near the high one, as sizes of tool results are.</summary>
    public int Skewed(int low, int high)
    {
        var share = Next() % 1_000_000 / 1_000_000.0;
        return low + (int)((high - low) * Math.Pow(share, 6));
    }

    public string Hex(int digits) => (Next().ToString("x16", null) + Next().ToString("x16", null))[..digits];

    public string Uuid() => $"{Hex(8)}-{Hex(4)}-4{Hex(3)}-a{Hex(3)}-{Hex(12)}";
}
