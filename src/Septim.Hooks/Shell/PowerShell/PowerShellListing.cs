using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.PowerShell;

/// <summary>What <c>Get-ChildItem</c> finds.</summary>
/// <param name="Root">Where it looks.</param>
/// <param name="Names">Patterns of the names it takes; empty: all.</param>
/// <param name="Recurses">It looks below, too.</param>
/// <param name="IsFiltered">Something that is not known here takes some of them out.</param>
internal sealed record PowerShellListing(CodeValue Root, CodeValue[] Names, bool Recurses, bool IsFiltered)
{
    /// <summary>The same, of the names that a later condition asks for.</summary>
    public PowerShellListing Named(CodeValue[] names) => this with { Names = Names.Length == 0 ? names : Names, IsFiltered = Names.Length > 0 || IsFiltered };
}
