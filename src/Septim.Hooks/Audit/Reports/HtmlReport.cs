namespace Septim.Hooks.Audit.Reports;

/// <summary>Placeholder type until the page is written.</summary>
internal static class HtmlReport
{
    public static string Write(AuditReport report) => report.Verdict;
}
