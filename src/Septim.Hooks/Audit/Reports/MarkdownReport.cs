using System.Text;

namespace Septim.Hooks.Audit.Reports;

/// <summary>For a CI job's summary: no raw HTML, pipes and backticks escaped.</summary>
internal static class MarkdownReport
{
    private const int MaxPerRule = 50;
    private const int MaxFiles = 8;
    private const int MaxInputs = 500;

    public static string Write(AuditReport report)
    {
        var text = new StringBuilder();
        void Line(string line) => text.Append(line).Append('\n');
        Head(report, Line);
        FixList(report, Line);
        Sections(report, Line);
        foreach (var section in report.Items.GroupBy(item => item.Check.Section))
        {
            Line($"\n## Section {section.Key}: {AuditCheck.SectionName(section.Key)}");
            foreach (var item in section) Item(item, Line);
        }
        if (report.Extensions.Count > 0)
        {
            Line("\n## Beyond the thirty (not counted)");
            Findings(report.Extensions, Line);
        }
        Inputs(report, Line);
        Line("\n## Limits\n");
        foreach (var limit in AuditReport.Limits) Line($"- {Escape(limit)}");
        if (report.Timing is not null) Line($"\nTime: {report.Timing}");
        return text.ToString();
    }

    private static void Head(AuditReport report, Action<string> line)
    {
        line($"# septim audit of {Escape(report.Project)}: {report.Verdict}\n");
        line($"**{Escape(report.VerdictSentence)}** {report.Total.Verified} applicable items verified; {report.Total.Fail} fail, {report.Total.Unknown} unknown, {report.Total.Manual} manual, {report.Total.Warn} warn, {report.Total.Suppressed} suppressed.\n");
        line($"{report.GeneratedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC, septim {report.SeptimVersion}, client {report.ClientVersion ?? "version unknown"}{(report.Flags.Count == 0 ? "" : $"; flags: {string.Join(", ", report.Flags)}")}");
        if (report.Part is not null) line($"\n{Escape(report.Part)}");
        if (report.Starter is not null) line($"\n{Escape(report.Starter)}");
    }

    private static void FixList(AuditReport report, Action<string> line)
    {
        if (report.FixList.Count == 0) return;
        line($"\n## What to do, in this order\n\n{Escape(AuditReport.Legend)}\n");
        var number = 0;
        foreach (var fix in report.FixList)
        {
            line($"{++number}. **{fix.State}** {Escape(fix.Item)}: {Escape(fix.What)}{(fix.Where.Length == 0 ? "" : $" ({Escape(fix.Where)})")}");
            foreach (var step in fix.Command.Split('\n')) line($"    - {fix.Fixable}: {Escape(step)}");
        }
    }

    private static void Sections(AuditReport report, Action<string> line)
    {
        line("\n## Sections\n\n| section | pass | warn | fail | manual | unknown | n/a | verified |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |");
        foreach (var score in report.Sections.Append(report.Total))
            line($"| {(score.Section == 0 ? "all" : $"{score.Section} {score.Name}")} | {score.Pass} | {score.Warn} | {score.Fail} | {score.Manual} | {score.Unknown} | {score.NotApplicable} | {score.Verified} |");
    }

    private static void Item(AuditItem item, Action<string> line)
    {
        line($"\n### {item.Check.Id}: {ReportWords.Of(item.State)}\n\n{Escape(item.Reason)}");
        if (item.Attestation is not null) line($"\nAttested: {Escape(item.Attestation)}");
        Findings(item.Findings, line);
        if (item.FilesRead.Count > 0)
            line($"\nRead: {Escape(string.Join(", ", item.FilesRead.Take(MaxFiles)))}{(item.FilesRead.Count > MaxFiles ? $" and {item.FilesRead.Count - MaxFiles} more" : "")}");
    }

    private static void Inputs(AuditReport report, Action<string> line)
    {
        line("\n## What was looked at\n\n| path | status | reason |\n| --- | --- | --- |");
        foreach (var input in report.Inputs.Take(MaxInputs)) line($"| {Escape(input.Path)} | {ReportWords.Of(input.Status)} | {Escape(input.Reason ?? "")} |");
        if (report.Inputs.Count > MaxInputs) line($"| … and {report.Inputs.Count - MaxInputs} more | | |");
    }

    private static void Findings(IReadOnlyList<ReportFinding> findings, Action<string> line)
    {
        if (findings.Count == 0) return;
        line("");
        foreach (var rule in findings.GroupBy(finding => finding.Rule))
        {
            foreach (var finding in rule.Take(MaxPerRule))
            {
                var said = $"{Escape(finding.Where)}{(finding.Where.Length == 0 ? "" : ": ")}{Escape(finding.Message)}";
                line($"- {finding.StateWord} {finding.Rule} ({ReportWords.Of(finding.Severity)}) {(finding.SuppressedBy is null ? said : $"~~{said}~~ suppressed by {Escape(finding.SuppressedBy)}")}");
                foreach (var (name, value) in finding.Evidence) line($"  - {Escape(name)}: {Escape(value)}");
            }
            if (rule.Count() > MaxPerRule) line($"- … and {rule.Count() - MaxPerRule} more of {rule.Key}");
        }
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '|' or '`' or '*' or '_' or '[' or ']' or '\\' or '~') escaped.Append('\\').Append(c);
            else if (c == '<') escaped.Append("&lt;");
            else if (c == '>') escaped.Append("&gt;");
            else if (c == '\n') escaped.Append(' ');
            else escaped.Append(c);
        }
        return escaped.ToString();
    }
}
