namespace Septim.Hooks.Audit;

/// <summary>One item of the checklist: what it demands, why, and the function that judges it.</summary>
/// <param name="Number">1 to 30.</param>
/// <param name="Slug">Kebab case; with the number it names the file, the tests and the doc heading.</param>
/// <param name="Severity">Of a fail, unless the rule says otherwise.</param>
/// <param name="Holds">What must be true.</param>
/// <param name="Why">What goes wrong otherwise, and what common advice has wrong.</param>
/// <param name="How">What is read and how it is decided.</param>
/// <param name="Repair">How a person repairs it.</param>
/// <param name="Judge">Fills the item's result.</param>
internal sealed record AuditCheck(
    int Number, string Slug, Severity Severity, string Holds, string Why, string How, string Repair, Action<AuditContext, ItemResult> Judge)
{
    // Why a table: the list of items with documented harm is part of the specification, not of a check.
    private static ReadOnlySpan<int> Incidents => [2, 4, 7, 9, 13, 22, 23, 27, 28];
    private static ReadOnlySpan<int> Attestables => [1, 4, 5, 7, 8, 14, 15, 20, 21, 26, 27, 29, 30];

    public string Id => $"{Number:00} {Slug}";

    /// <summary>1 credentials, 2 cost, 3 context, 4 hooks, 5 MCP.</summary>
    public int Section => Number switch { <= 7 => 1, <= 15 => 2, <= 21 => 3, <= 26 => 4, _ => 5 };

    public string Title => char.ToUpperInvariant(Slug[0]) + Slug[1..].Replace('-', ' ');

    public bool Incident => Incidents.Contains(Number);
    public bool Blocking => Section <= 3;
    public bool Attestable => Attestables.Contains(Number);

    /// <summary>The line that attests this item; what a person has to fill in is in capitals.</summary>
    /// <param name="subject">About what; null for all that is open.</param>
    public string AttestCommand(string? subject = null)
    {
        var about = subject is null ? "" : subject.All(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '.' or '/' or '_' or '-' or '@') ? $" --subject {subject}" : $" --subject '{subject.Replace("'", "'\\''", StringComparison.Ordinal)}'";
        var figures = Number switch { 8 => " --amount USD --period month", 14 => " --threshold USD --recipients ROLES", _ => "" };
        return $"septim audit attest --item {Number:00}{about} --by NAME --expires {Attestations.LongestDays(Number)}d --statement TEXT{figures}";
    }

    public static string SectionName(int section) =>
        section switch { 1 => "credentials", 2 => "cost", 3 => "context", 4 => "hooks", _ => "MCP" };
}
