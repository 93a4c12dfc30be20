namespace Septim.Hooks.Audit;

/// <summary>One judged item of the report. All texts are redacted, all paths shown relative to project or home.</summary>
internal sealed record AuditItem
{
    public required AuditCheck Check { get; init; }
    public required ItemState State { get; init; }
    public required string Reason { get; init; }
    public required IReadOnlyList<ReportFinding> Findings { get; init; }
    public required IReadOnlyList<string> FilesRead { get; init; }

    /// <summary>The attestation that settled it; null when none did.</summary>
    public string? Attestation { get; init; }

    /// <summary>Subject and binding that an attestation would need.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Binds { get; init; } = [];

    public IEnumerable<ReportFinding> Of(FindingState state) => Findings.Where(finding => finding.State == state && finding.SuppressedBy is null);
}
