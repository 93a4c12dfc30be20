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
        report = report with
        {
            Extensions = [.. report.Extensions.Select(Cover)],
            Items = [.. report.Items.Select(item => Covered(item with { Findings = [.. item.Findings.Select(Cover)] }))],
        };
        return true;
    }

    private static AuditItem Covered(AuditItem item)
    {
        var left = item.Findings.Where(finding => finding.SuppressedBy is null).ToList();
        return item.State switch
        {
            ItemState.Fail when !left.Exists(finding => finding.State == FindingState.Fail) => item with { State = ItemState.Warn, Reason = "only findings of the baseline" },
            ItemState.Warn when !left.Exists(finding => finding.State == FindingState.Warn) => item with { State = ItemState.Pass, Reason = "only findings of the baseline" },
            _ => item,
        };
    }
}
