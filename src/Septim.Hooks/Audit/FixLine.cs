namespace Septim.Hooks.Audit;

/// <summary>One line of the fix list: an item and what to do about it.</summary>
internal sealed record FixLine(string Item, string State, string What, string Where, string Command, string Fixable);
