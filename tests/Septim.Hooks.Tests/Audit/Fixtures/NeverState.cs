using Septim.Hooks.Audit;

namespace Septim.Hooks.Tests.Audit.Fixtures;

/// <summary>A state in which an item cannot end, and what the checklist says about that.</summary>
internal sealed record NeverState(int Item, ItemState State, string Why);
