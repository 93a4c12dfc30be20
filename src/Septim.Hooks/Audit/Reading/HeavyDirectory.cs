namespace Septim.Hooks.Audit.Reading;

/// <summary>A generated tree that is counted and not searched.</summary>
internal sealed record HeavyDirectory(string Path, string Relative, int Files, long Bytes)
{
    public bool IsHeavy => Files > 1_000 || Bytes > 10_000_000;
}
