using System.Text;

namespace Septim.Hooks.Audit.Reports;

/// <summary>For a CI job's summary: no raw HTML, pipes and backticks escaped.</summary>
internal static class MarkdownReport
{
    private const int MaxPerRule = 50;

    public static string Write(AuditReport report)
    {
        var text = new StringBuilder();
        void Line(string line = "") => text.Append(line).Append('\n');
        Line($"# septim audit of {Escape(report.Project)}: {report.Verdict}");
        Line();
        Line($"**{Escape(report.VerdictSentence)}** {report.Total.Verified} applicable items verified; {report.Total.Fail} fail, {report.Total.Unknown} unknown, {report.Total.Manual} manual, {report.Total.Warn} warn, {report.Total.Suppressed} suppressed.");
        Line();
        Line($"{report.GeneratedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC, septim {report.SeptimVersion}, client {report.ClientVersion ?? "version unknown"}{(report.Flags.Count == 0 ? "" : $"; flags: {string.Join(", ", report.Flags)}")}");
        if (report.Part is not null)
        {
            Line();
            Line(Escape(report.Part));
        }
        if (report.Starter is not null)
        {
            Line();
            Line(Escape(report.Starter));
        }
        if (report.FixList.Count > 0)
        {
            Line();
            Line("## What to do, in this order");
            Line();
            Line(Escape(AuditReport.Legend));
            Line();
            var number = 0;
            foreach (var fix in report.FixList)
            {
                Line($"{++number}. **{fix.State}** {Escape(fix.Item)}: {Escape(fix.What)}{(fix.Where.Length == 0 ? "" : $" ({Escape(fix.Where)})")}");
                foreach (var step in fix.Command.Split('\n')) Line($"    - {fix.Fixable}: {Escape(step)}");
            }
        }
        Line();
        Line("## Sections");
        Line();
        Line("| section | pass | warn | fail | manual | unknown | n/a | verified |");
        Line("| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |");
        foreach (var score in report.Sections.Append(report.Total))
            Line($"| {(score.Section == 0 ? "all" : $"{score.Section} {score.Name}")} | {score.Pass} | {score.Warn} | {score.Fail} | {score.Manual} | {score.Unknown} | {score.NotApplicable} | {score.Verified} |");
        foreach (var section in report.Items.GroupBy(item => item.Check.Section))
        {
            Line();
            Line($"## Section {section.Key}: {AuditCheck.SectionName(section.Key)}");
            foreach (var item in section)
            {
                Line();
                Line($"### {item.Check.Id}: {ReportWords.Of(item.State)}");
                Line();
                Line(Escape(item.Reason));
                if (item.Attestation is not null)
                {
                    Line();
                    Line($"Attested: {Escape(item.Attestation)}");
                }
                Findings(item.Findings, Line);
                if (item.FilesRead.Count > 0)
                {
                    Line();
                    Line($"Read: {Escape(string.Join(", ", item.FilesRead.Take(8)))}{(item.FilesRead.Count > 8 ? $" and {item.FilesRead.Count - 8} more" : "")}");
                }
            }
        }
        if (report.Extensions.Count > 0)
        {
            Line();
            Line("## Beyond the thirty (not counted)");
            Findings(report.Extensions, Line);
        }
        Line();
        Line("## What was looked at");
        Line();
        Line("| path | status | reason |");
        Line("| --- | --- | --- |");
        foreach (var input in report.Inputs.Take(500)) Line($"| {Escape(input.Path)} | {ReportWords.Of(input.Status)} | {Escape(input.Reason ?? "")} |");
        if (report.Inputs.Count > 500) Line($"| … and {report.Inputs.Count - 500} more | | |");
        Line();
        Line("## Limits");
        Line();
        foreach (var limit in AuditReport.Limits) Line($"- {Escape(limit)}");
        if (report.Timing is not null) Line($"\nTime: {report.Timing}");
        return text.ToString();
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
