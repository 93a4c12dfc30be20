namespace Septim.Hooks.Audit;

/// <summary>A reviewed decision not to count one finding for a while.</summary>
internal sealed record Suppression(string? Fingerprint, string? Rule, string? Path, string? Subject, string Owner, string Reason, Place Place)
{
    public bool Covers(Finding finding, string shownPath, string fingerprint)
    {
        if (Fingerprint is { } own) return own == fingerprint || own == finding.SecretFingerprint;
        return Rule == finding.Rule && Path is not null && Words.Matches(shownPath, Path) && (Subject is null || Subject == finding.Subject);
    }
}
