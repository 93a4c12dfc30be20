namespace Septim.Hooks.Audit;

/// <summary>How the items of one section (0: all) ended.</summary>
internal sealed record SectionScore(int Section, int Pass, int Warn, int Fail, int Manual, int Unknown, int NotApplicable, int Suppressed)
{
    public string Name => Section == 0 ? "all" : AuditCheck.SectionName(Section);
    public int Items => Pass + Warn + Fail + Manual + Unknown + NotApplicable;
    public int Applicable => Items - NotApplicable;

    /// <summary>A fraction, since a percentage of few items misleads.</summary>
    public string Verified => $"{Pass} of {Applicable}";

    public static SectionScore Of(int section, IEnumerable<AuditItem> items)
    {
        var all = items.Where(item => section == 0 || item.Check.Section == section).ToList();
        int Count(ItemState state) => all.Count(item => item.State == state);
        return new SectionScore(
            section, Count(ItemState.Pass), Count(ItemState.Warn), Count(ItemState.Fail), Count(ItemState.Manual), Count(ItemState.Unknown), Count(ItemState.NotApplicable),
            all.Sum(item => item.Findings.Count(finding => finding.SuppressedBy is not null && finding.State == FindingState.Fail)));
    }
}
