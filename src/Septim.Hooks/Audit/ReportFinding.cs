namespace Septim.Hooks.Audit;

/// <summary>
/// A finding as it may be printed. Its path is shown relative to project or home and empty for the live environment; its base is SRCROOT,
/// HOME, MACHINE or ENV; its fingerprint is sha256(rule, base + path, subject)[:32] and so survives moved roots and inserted lines.
/// </summary>
internal sealed record ReportFinding(
    string Rule, FindingState State, Severity Severity, string Message, string Path, string Base, int Line, int Column,
    IReadOnlyList<KeyValuePair<string, string>> Evidence, string Fingerprint, string? SecretFingerprint, FixProposal? Fix, string? SuppressedBy)
{
    public string Where => Path.Length == 0 ? (Base == "ENV" ? "" : Base) : Line > 0 ? $"{Path}:{Line}" : Path;
    public string StateWord => State switch { FindingState.Fail => "fail", FindingState.Warn => "warn", _ => "info" };

    /// <summary>The one that stands for all of them: of equal ones the first that --fix can repair; null of none.</summary>
    public static ReportFinding? Worst(IEnumerable<ReportFinding> findings) => findings.OrderByDescending(one => one.Severity).ThenByDescending(one => one.Fix?.Kind == "auto").FirstOrDefault();
}
