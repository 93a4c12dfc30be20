using Septim.Hooks.Audit;

namespace Septim.Hooks.Tests.Audit.Fixtures;

/// <summary>A home in which an item ends in a state.</summary>
/// <param name="Item">1 to 30.</param>
/// <param name="State">In which it ends.</param>
/// <param name="Name">What the home is like.</param>
/// <param name="Put">What is put into the clean pair.</param>
internal sealed record StateRow(int Item, ItemState State, string Name, Action<AuditHome> Put)
{
    /// <summary>Other options than the usual ones.</summary>
    public Func<AuditOptions, AuditOptions> With { get; init; } = options => options;

    /// <summary>Further fields of an attestation for each thing that a person has to say; null when there is none.</summary>
    public string? Attested { get; init; }
}
