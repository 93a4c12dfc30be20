namespace Septim.Hooks.Spend;

/// <summary>What one model costs.</summary>
internal sealed record PriceRow(string Id, Rates Rates)
{
    /// <summary>When the response says it was served fast; null: the normal price.</summary>
    public Rates? Fast { get; init; }

    /// <summary>Prompts of strictly more tokens cost <see cref="Band"/>, output included.</summary>
    public long BandOver { get; init; } = long.MaxValue;

    public Rates Band { get; init; }

    public DatedRates[] Dated { get; init; } = [];

    /// <summary>Regional Bedrock ids cost a tenth more (Claude 4.5 and later).</summary>
    public bool Regional { get; init; }
}
