using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit;

/// <summary>Findings that an earlier JSON report already held do not count again: for CI.</summary>
internal static class Baseline
{
    public static bool Apply(string path, ref AuditReport report, out string problem)
    {
        problem = "";
        if (!File.Exists(path) || JsonTree.Parse(File.ReadAllText(path), out _, out _) is not { } root || root["items"] is not { } items)
        {
            problem = $"{path} is not a JSON report of an earlier audit";
            return false;
        }
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var finding in items.Items.SelectMany(item => item["findings"]?.Items ?? []).Concat(root["extensions"]?.Items ?? []))
            if (finding["fingerprint"] is { IsText: true } print) known.Add(print.Text);
        ReportFinding Cover(ReportFinding finding) => finding.SuppressedBy is null && known.Contains(finding.Fingerprint) ? finding with { SuppressedBy = "baseline" } : finding;
        var covered = report.Items.Select(item => Covered(item with { Findings = [.. item.Findings.Select(Cover)] })).ToList();
        var verdicts = Conclusion.Verdicts(covered);
        report = report with
        {
            Extensions = [.. report.Extensions.Select(Cover)],
            Items = covered,
            Verdict = verdicts[0],
            Verdicts = verdicts,
            // Why so: a leak of the key in use is one whenever it was first seen.
            Flags = [.. Conclusion.Flags(covered, liveKey: null), .. report.Flags.Where(flag => flag == "leak")],
            FixList = Conclusion.FixList(covered),
        };
        return true;
    }

    /// <summary>What is known does not fail again; what is open stays so, and a known fault is no pass.</summary>
    private static AuditItem Covered(AuditItem item)
    {
        if (item.State is not (ItemState.Fail or ItemState.Warn)) return item;
        if (item.State == ItemState.Fail && ReportFinding.Worst(item.Of(FindingState.Fail)) is { } fail) return item with { Reason = fail.Message };
        foreach (var (rule, state) in (ReadOnlySpan<(string, ItemState)>)[(".unreadable", ItemState.Unknown), (".needs-attestation", ItemState.Manual)])
            if (item.State == ItemState.Fail && item.Findings.FirstOrDefault(finding => finding.Rule.Ends(rule)) is { } open) return item with { State = state, Reason = open.Message };
        if (ReportFinding.Worst(item.Of(FindingState.Warn)) is { } warn) return item with { State = ItemState.Warn, Reason = warn.Message };
        return item with { State = item.State == ItemState.Fail ? ItemState.Warn : ItemState.Pass, Reason = "only findings of the baseline" };
    }
}
