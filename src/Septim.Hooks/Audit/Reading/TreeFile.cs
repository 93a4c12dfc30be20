namespace Septim.Hooks.Audit.Reading;

/// <summary>One file of the project.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Relative">To the project, with forward slashes.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record TreeFile(string Path, string Relative, long Bytes)
{
    public string Name => Relative[(Relative.LastIndexOf('/') + 1)..];
}
