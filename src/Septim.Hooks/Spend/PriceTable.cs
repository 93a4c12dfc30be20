namespace Septim.Hooks.Spend;

/// <summary>Prices by model, and the rules around them.</summary>
internal sealed class PriceTable
{
    /// <summary>The table compiled into the executable; see prices.json for source and date of each figure.</summary>
    public static PriceTable Embedded { get; } = new();

    private readonly Usd _none = Usd.Zero;

    public static PriceTable Load(string path) => throw new HookFault(path);

    public Usd Estimate(string model, TokenCounts tokens) => _none;
}
