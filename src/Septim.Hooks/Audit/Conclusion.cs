using Septim.Hooks.Audit.Secrets;

namespace Septim.Hooks.Audit;

/// <summary>What follows from the states of the items: verdicts, flags, and what to repair in which order.</summary>
internal static class Conclusion
{
    private static readonly int[] IncidentOrder = [2, 4, 7, 9, 13, 22, 23, 27, 28];

    /// <summary>All that apply, the heaviest first.</summary>
    public static List<string> Verdicts(IReadOnlyList<AuditItem> items)
    {
        var failed = items.Where(item => item.State == ItemState.Fail).Select(item => item.Check).ToList();
        var verdicts = new List<string>();
        if (failed.Any(check => check.Incident)) verdicts.Add("incident");
        if (failed.Any(check => check.Blocking)) verdicts.Add("blocked");
        if (failed.Count > 0 && failed.All(check => !check.Blocking)) verdicts.Add("review");
        if (failed.Count == 0 && items.Any(item => item.State is ItemState.Manual or ItemState.Unknown && (item.Check.Blocking || item.Check.Incident))) verdicts.Add("open");
        if (verdicts.Count == 0) verdicts.Add("sound");
        return verdicts;
    }

    /// <param name="items">As they were judged.</param>
    /// <param name="liveKey">The key in use, when one is set: a leak of it has a flag of its own.</param>
    public static List<string> Flags(IReadOnlyList<AuditItem> items, string? liveKey)
    {
        var flags = new List<string>();
        bool Failed(int number) => items.Any(item => item.Check.Number == number && item.State == ItemState.Fail);
        if (items.Count(item => item.State == ItemState.Fail) >= 6) flags.Add("structured-review");
        if (Failed(9) && Failed(13)) flags.Add("runaway");
        if (liveKey is { Length: >= 20 })
        {
            var print = SecretHit.HashOf(liveKey)[..8];
            if (items.Any(item => item.Check.Number is 2 or 6 && item.Of(FindingState.Fail).Any(finding => finding.SecretFingerprint == print))) flags.Add("leak");
        }
        return flags;
    }

    /// <summary>One line an item: incidents, then what blocks, then the rest, then what is open, then warnings.</summary>
    public static List<FixLine> FixList(IReadOnlyList<AuditItem> items)
    {
        var lines = new List<FixLine>();
        var failed = items.Where(item => item.State == ItemState.Fail).ToList();
        var ordered = failed.Where(item => item.Check.Incident).OrderBy(item => Array.IndexOf(IncidentOrder, item.Check.Number))
            .Concat(failed.Where(item => !item.Check.Incident && item.Check.Blocking).OrderByDescending(WorstOf).ThenBy(item => item.Check.Number))
            .Concat(failed.Where(item => !item.Check.Incident && !item.Check.Blocking).OrderByDescending(WorstOf).ThenBy(item => item.Check.Number))
            .Concat(items.Where(item => item.State == ItemState.Unknown))
            .Concat(items.Where(item => item.State == ItemState.Manual))
            .Concat(items.Where(item => item.State == ItemState.Warn));
        foreach (var item in ordered)
        {
            var finding = item.State switch
            {
                ItemState.Fail => ReportFinding.Worst(item.Of(FindingState.Fail)),
                ItemState.Warn => ReportFinding.Worst(item.Of(FindingState.Warn)),
                ItemState.Unknown => item.Findings.FirstOrDefault(one => one.Rule.Ends(".unreadable")),
                _ => item.Findings.FirstOrDefault(one => one.Rule.Ends(".needs-attestation")),
            };
            var others = item.Of(item.State == ItemState.Warn ? FindingState.Warn : FindingState.Fail).Select(one => one.Fix).FirstOrDefault(one => one?.Kind == "auto");
            var fix = finding?.Fix ?? others;
            // Why both: what --fix can do for another finding of the item is not to be lost behind the worst one.
            var command = fix?.Text ?? item.Check.Repair;
            if (others is not null && fix?.Kind != "auto") command += $"\nseptim audit --fix also helps: {others.Text}";
            var more = item.State switch { ItemState.Fail => item.Of(FindingState.Fail).Count() - 1, ItemState.Warn => item.Of(FindingState.Warn).Count() - 1, _ => 0 };
            lines.Add(new FixLine(item.Check.Id, ReportWords.Of(item.State), (finding?.Message ?? item.Reason) + (more > 0 ? $" (and {more} more)" : ""), finding?.Where ?? "", command, fix?.Kind ?? "manual"));
        }
        return lines;
    }

    private static Severity WorstOf(AuditItem item) => item.Of(FindingState.Fail).Max(finding => finding.Severity);
}
