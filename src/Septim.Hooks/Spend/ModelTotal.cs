namespace Septim.Hooks.Spend;

/// <summary>A model id as transcripts of the scope write it, and what was spent under it.</summary>
internal sealed class ModelTotal(string written, PricedModel priced)
{
    public string Written => written;

    public PricedModel Priced => priced;

    public Usd Total { get; set; }

    public TokenCounts Tokens { get; set; }

    public long Responses { get; set; }
}
