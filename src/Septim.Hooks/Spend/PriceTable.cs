namespace Septim.Hooks.Spend;

/// <summary>Prices by model, and the rules around them.</summary>
internal sealed class PriceTable
{
    /// <summary>The table compiled into the executable; see prices.json for source and date of each figure.</summary>
    public static PriceTable Embedded { get; } = new();
}
