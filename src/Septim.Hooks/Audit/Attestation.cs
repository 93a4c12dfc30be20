namespace Septim.Hooks.Audit;

/// <summary>What a person vouches for.</summary>
internal sealed record Attestation(string Item, string Subject, string Statement, string By, string On, string Expires, string Binds, string? Evidence, Place Place)
{
    public int Number => int.TryParse(Item, out var number) ? number : 0;

    /// <summary>Free fields: amount_usd, period, threshold, recipients.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = new Dictionary<string, string>();
}
