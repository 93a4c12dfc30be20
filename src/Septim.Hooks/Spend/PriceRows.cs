namespace Septim.Hooks.Spend;

/// <summary>
/// <c>prices.json</c> as code, so that a call pays for the rows it needs and not for a parser: pico-dollars a token, which is USD per
/// million tokens times a million. Sources and dates are in that file; a test holds the two equal.
/// </summary>
internal static class PriceRows
{
    /// <summary>Grows with every change of a figure or rule; part of each snapshot's identity.</summary>
    public const long Version = 2026_11_22_01;

    /// <summary>The dearest normal row, retired ones included: what an unknown model costs.</summary>
    public static Rates Unknown => new(15_000_000, 75_000_000, 18_750_000, 30_000_000, 1_500_000);

    /// <summary>One web search, in pico-dollars.</summary>
    public const long WebSearch = 10_000_000_000;

    /// <summary>The row of a normalised id; null when the table does not hold it.</summary>
    public static PriceRow? Find(string id) => id switch
    {
        "claude-fable-5-2" => new("claude-fable-5-2", new(8_000_000, 40_000_000, 10_000_000, 16_000_000, 200_000))
        {
            Fast = new Rates(16_000_000, 80_000_000, 20_000_000, 32_000_000, 400_000),
            Regional = true,
        },
        "claude-mythos-5-2" => new("claude-mythos-5-2", new(8_000_000, 40_000_000, 10_000_000, 16_000_000, 200_000))
        {
            Fast = new Rates(16_000_000, 80_000_000, 20_000_000, 32_000_000, 400_000),
            Regional = true,
        },
        "claude-fable-5-1" => new("claude-fable-5-1", new(10_000_000, 50_000_000, 12_500_000, 20_000_000, 250_000))
        {
            Regional = true,
        },
        "claude-mythos-5-1" => new("claude-mythos-5-1", new(10_000_000, 50_000_000, 12_500_000, 20_000_000, 250_000))
        {
            Regional = true,
        },
        "claude-fable-5" => new("claude-fable-5", new(10_000_000, 50_000_000, 12_500_000, 20_000_000, 1_000_000))
        {
            Regional = true,
        },
        "claude-mythos-5" => new("claude-mythos-5", new(10_000_000, 50_000_000, 12_500_000, 20_000_000, 1_000_000))
        {
            Regional = true,
        },
        "claude-opus-5-5" => new("claude-opus-5-5", new(4_000_000, 20_000_000, 5_000_000, 8_000_000, 200_000))
        {
            Fast = new Rates(8_000_000, 40_000_000, 10_000_000, 16_000_000, 400_000),
            Regional = true,
        },
        "claude-opus-5" => new("claude-opus-5", new(5_000_000, 25_000_000, 6_250_000, 10_000_000, 500_000))
        {
            Fast = new Rates(10_000_000, 50_000_000, 12_500_000, 20_000_000, 1_000_000),
            Regional = true,
        },
        "claude-opus-4-8" => new("claude-opus-4-8", new(5_000_000, 25_000_000, 6_250_000, 10_000_000, 500_000))
        {
            Fast = new Rates(10_000_000, 50_000_000, 12_500_000, 20_000_000, 1_000_000),
            Regional = true,
        },
        "claude-opus-4-7" => new("claude-opus-4-7", new(5_000_000, 25_000_000, 6_250_000, 10_000_000, 500_000))
        {
            Fast = new Rates(30_000_000, 150_000_000, 37_500_000, 60_000_000, 3_000_000),
            Regional = true,
        },
        "claude-opus-4-6" => new("claude-opus-4-6", new(5_000_000, 25_000_000, 6_250_000, 10_000_000, 500_000))
        {
            Fast = new Rates(30_000_000, 150_000_000, 37_500_000, 60_000_000, 3_000_000),
            Regional = true,
        },
        "claude-opus-4-5" => new("claude-opus-4-5", new(5_000_000, 25_000_000, 6_250_000, 10_000_000, 500_000))
        {
            Regional = true,
        },
        "claude-opus-4-1" => new("claude-opus-4-1", new(15_000_000, 75_000_000, 18_750_000, 30_000_000, 1_500_000)),
        "claude-opus-4" => new("claude-opus-4", new(15_000_000, 75_000_000, 18_750_000, 30_000_000, 1_500_000)),
        "claude-sonnet-5-5" => new("claude-sonnet-5-5", new(2_000_000, 10_000_000, 2_500_000, 4_000_000, 100_000))
        {
            Dated = [new(new DateOnly(2026, 9, 28), new DateOnly(2026, 10, 7), new(2_000_000, 10_000_000, 2_500_000, 4_000_000, 200_000))],
            Regional = true,
        },
        "claude-sonnet-5" => new("claude-sonnet-5", new(2_000_000, 10_000_000, 2_500_000, 4_000_000, 200_000))
        {
            Regional = true,
        },
        "claude-sonnet-4-6" => new("claude-sonnet-4-6", new(3_000_000, 15_000_000, 3_750_000, 6_000_000, 300_000))
        {
            Regional = true,
        },
        "claude-sonnet-4-5" => new("claude-sonnet-4-5", new(3_000_000, 15_000_000, 3_750_000, 6_000_000, 300_000))
        {
            BandOver = 200_000,
            Band = new(6_000_000, 22_500_000, 7_500_000, 12_000_000, 600_000),
            Regional = true,
        },
        "claude-sonnet-4" => new("claude-sonnet-4", new(3_000_000, 15_000_000, 3_750_000, 6_000_000, 300_000))
        {
            BandOver = 200_000,
            Band = new(6_000_000, 22_500_000, 7_500_000, 12_000_000, 600_000),
        },
        "claude-3-7-sonnet" => new("claude-3-7-sonnet", new(3_000_000, 15_000_000, 3_750_000, 6_000_000, 300_000)),
        "claude-haiku-5-5" => new("claude-haiku-5-5", new(100_000, 500_000, 125_000, 200_000, 10_000))
        {
            BandOver = 100_000,
            Band = new(500_000, 2_500_000, 625_000, 1_000_000, 50_000),
            Regional = true,
        },
        "claude-haiku-4-5" => new("claude-haiku-4-5", new(1_000_000, 5_000_000, 1_250_000, 2_000_000, 100_000))
        {
            Regional = true,
        },
        "claude-3-5-sonnet" => new("claude-3-5-sonnet", new(3_000_000, 15_000_000, 3_750_000, 6_000_000, 300_000)),
        "claude-3-5-haiku" => new("claude-3-5-haiku", new(800_000, 4_000_000, 1_000_000, 1_600_000, 80_000)),
        "claude-3-opus" => new("claude-3-opus", new(15_000_000, 75_000_000, 18_750_000, 30_000_000, 1_500_000)),
        "claude-3-haiku" => new("claude-3-haiku", new(250_000, 1_250_000, 300_000, 500_000, 30_000)),
        _ => null,
    };

    /// <summary>Other names of a normalised id, the client's short names among them; the id itself when there is none.</summary>
    public static string Alias(string id) => id switch
    {
        "claude-opus-4-0" => "claude-opus-4",
        "claude-sonnet-4-0" => "claude-sonnet-4",
        "sonnet" => "claude-sonnet-5-5",
        "opus" => "claude-opus-5-5",
        "haiku" => "claude-haiku-5-5",
        "fable" => "claude-fable-5-2",
        "best" => "claude-opus-5-5",
        _ => id,
    };
}
