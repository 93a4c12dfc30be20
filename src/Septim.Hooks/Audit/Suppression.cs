namespace Septim.Hooks.Audit;

/// <summary>A reviewed decision not to count one finding for a while.</summary>
internal sealed record Suppression(string? Fingerprint, string? Rule, string? Path, string? Subject, string Owner, string Reason, Place Place)
{
    /// <summary>How long it holds, from its making to its end.</summary>
    public int Days { get; init; }

    /// <summary>The only line it covers; null for all. Set for those that stand beside what they cover.</summary>
    public int? Line { get; init; }

    public bool Covers(Finding finding, string shownPath, string fingerprint)
    {
        if (Line is { } line && (line != finding.Place.Line || Path != shownPath)) return false;
        if (Fingerprint is { } own) return own == fingerprint || own == finding.SecretFingerprint;
        return Rule == finding.Rule && Path is not null && Words.Matches(shownPath, Path) && (Subject is null || Subject == finding.Subject);
    }
}
