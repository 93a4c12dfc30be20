namespace Septim.Hooks.Audit;

/// <summary>Where something stands.</summary>
/// <param name="Path">Absolute; empty for the live environment.</param>
/// <param name="Line">1-based; 0 when the whole file is meant.</param>
/// <param name="Column">1-based, in UTF-16 units; 0 when unknown.</param>
internal readonly record struct Place(string Path, int Line = 0, int Column = 0)
{
    public static readonly Place None = new("");
}
