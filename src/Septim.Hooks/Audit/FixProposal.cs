namespace Septim.Hooks.Audit;

/// <summary>What to do about a finding.</summary>
/// <param name="Kind">auto (<c>audit --fix</c> does it), guided (a command or diff is given) or manual.</param>
/// <param name="Text">The command or the steps.</param>
/// <param name="Edit">What <c>--fix</c> would change; null unless auto.</param>
/// <param name="Diff">The same as a unified diff, once it is in a report; null where nothing would change by itself.</param>
internal sealed record FixProposal(string Kind, string Text, FixEdit? Edit = null, string? Diff = null)
{
    public static FixProposal Guided(string text) => new("guided", text);
    public static FixProposal Manual(string text) => new("manual", text);
}
