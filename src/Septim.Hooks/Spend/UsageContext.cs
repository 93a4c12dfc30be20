namespace Septim.Hooks.Spend;

/// <summary>What multiplies the token prices of one response.</summary>
[Flags]
internal enum UsageContext : byte
{
    None = 0,

    /// <summary><c>service_tier</c> is batch: half.</summary>
    Batch = 1,

    /// <summary><c>inference_geo</c> is us: a tenth more.</summary>
    GeoUs = 2,

    /// <summary><c>speed</c> is fast: the fast row, twice for an unknown model.</summary>
    Fast = 4,
}
