using System.Text;

namespace Septim.Hooks.Audit.Reports;

/// <summary>For a terminal: verdict first, then what to repair, the section table, the items with their evidence.</summary>
internal sealed class TextReport(bool colour, int width)
{
    /// <summary>Of one rule; the rest is counted. JSON and SARIF hold all.</summary>
    private const int MaxPerRule = 50;

    private readonly StringBuilder _out = new();

    public static string Write(AuditReport report, bool colour = false, int width = 100) => new TextReport(colour, Math.Clamp(width, 80, 120)).Render(report);

    private string Render(AuditReport report)
    {
        Line($"septim audit of {report.Project}, {report.GeneratedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC, septim {report.SeptimVersion}, client {report.ClientVersion ?? "version unknown"}");
        Line();
        Line($"{Paint(report.Verdict.ToUpperInvariant(), VerdictColour(report.Verdict))}  {report.VerdictSentence}");
        Line($"{report.Total.Verified} applicable items verified; {report.Total.Fail} fail, {report.Total.Unknown} unknown, {report.Total.Manual} manual, {report.Total.Warn} warn{(report.Total.Suppressed > 0 ? $", {report.Total.Suppressed} suppressed" : "")}.");
        if (report.Flags.Count > 0) Line($"flags: {string.Join(", ", report.Flags)}");
        if (report.Part is not null) Wrap(report.Part, "");
        if (report.Starter is not null) Wrap(report.Starter, "");
        FixList(report);
        Sections(report);
        Items(report);
        if (report.Extensions.Count > 0)
        {
            Heading("Beyond the thirty (not counted)");
            Findings(report.Extensions);
        }
        Inputs(report);
        Heading("Limits");
        foreach (var limit in AuditReport.Limits) Wrap("- " + limit, "  ");
        if (report.Timing is not null) Line($"time: {report.Timing}");
        return _out.ToString();
    }

    private void FixList(AuditReport report)
    {
        if (report.FixList.Count == 0) return;
        Heading("What to do, in this order");
        Wrap(AuditReport.Legend, "");
        var number = 0;
        foreach (var line in report.FixList)
        {
            Wrap($"{++number,2}. {Paint(line.State, StateColour(line.State))} {line.Item}: {line.What}{(line.Where.Length == 0 ? "" : $" ({line.Where})")}", "    ");
            foreach (var step in line.Command.Split('\n')) Wrap($"    [{line.Fixable}] {step}", "      ");
        }
    }

    private void Sections(AuditReport report)
    {
        Heading("Sections");
        Line("section          pass  warn  fail  manual  unknown  n/a  verified");
        foreach (var score in report.Sections.Append(report.Total))
            Line($"{(score.Section == 0 ? "all" : $"{score.Section} {score.Name}"),-15}{score.Pass,6}{score.Warn,6}{score.Fail,6}{score.Manual,8}{score.Unknown,9}{score.NotApplicable,5}  {score.Verified}");
    }

    private void Items(AuditReport report)
    {
        foreach (var section in report.Items.GroupBy(item => item.Check.Section))
        {
            Heading($"Section {section.Key}: {AuditCheck.SectionName(section.Key)}");
            foreach (var item in section)
            {
                var state = ReportWords.Of(item.State);
                Wrap($"{Paint(state.PadRight(8), StateColour(state))}{item.Check.Id}: {item.Reason}", "        ");
                if (item.Attestation is not null) Wrap($"        attested: {item.Attestation}", "          ");
                Findings(item.Findings);
                if (item.FilesRead.Count > 0) Wrap($"        read: {Several(item.FilesRead)}", "          ");
            }
        }
    }

    private void Findings(IReadOnlyList<ReportFinding> findings)
    {
        foreach (var rule in findings.GroupBy(finding => finding.Rule))
        {
            foreach (var finding in rule.Take(MaxPerRule))
            {
                var struck = finding.SuppressedBy is null ? "" : $" [suppressed by {finding.SuppressedBy}]";
                Wrap($"        {Paint(finding.StateWord, StateColour(finding.StateWord))} {finding.Rule} ({ReportWords.Of(finding.Severity)}) {(finding.Where.Length == 0 ? "" : finding.Where + ": ")}{finding.Message}{struck}", "          ");
                foreach (var (name, value) in finding.Evidence) Wrap($"          {name}: {value}", "            ");
            }
            if (rule.Count() > MaxPerRule) Line($"        … and {rule.Count() - MaxPerRule} more of {rule.Key}");
        }
    }

    private void Inputs(AuditReport report)
    {
        Heading("What was looked at");
        foreach (var group in report.Inputs.GroupBy(input => ReportWords.Of(input.Status)).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Line($"{group.Key} ({group.Count()}):");
            foreach (var input in group.Take(200)) Line($"  {input.Path}{(input.Reason is null ? "" : $" ({input.Reason})")}");
            if (group.Count() > 200) Line($"  … and {group.Count() - 200} more; the JSON report lists all");
        }
    }

    private static string Several(IReadOnlyList<string> paths) => paths.Count <= 6 ? string.Join(", ", paths) : $"{string.Join(", ", paths.Take(5))} and {paths.Count - 5} more";

    private void Heading(string text)
    {
        Line();
        Line(Paint(text, "1"));
    }

    private void Line(string text = "") => _out.Append(text).Append('\n');

    /// <summary>Breaks at spaces; what has no space stays whole.</summary>
    private void Wrap(string text, string indent)
    {
        foreach (var part in text.Split('\n'))
        {
            var line = part;
            while (VisibleLength(line) > width && line.LastIndexOf(' ', Math.Min(Offset(line, width), line.Length - 1)) is var cut && cut > indent.Length + 10)
            {
                Line(line[..cut]);
                line = indent + line[(cut + 1)..];
            }
            Line(line);
        }
    }

    private static int VisibleLength(string text) => Visible(text, int.MaxValue).Columns;

    /// <summary>Where the column lies in a text with colours, which take no room.</summary>
    private static int Offset(string text, int column) => Visible(text, column).Offset;

    private static (int Columns, int Offset) Visible(string text, int column)
    {
        var columns = 0;
        var offset = 0;
        for (; offset < text.Length && columns < column; offset++)
        {
            if (text[offset] == '\u001b' && text.IndexOf('m', offset) is var end and > 0) offset = end;
            else columns++;
        }
        return (columns, offset);
    }

    private string Paint(string text, string code) => colour && code.Length > 0 ? $"\u001b[{code}m{text}\u001b[0m" : text;

    private static string VerdictColour(string verdict) => verdict switch { "incident" or "blocked" => "1;31", "review" or "open" => "1;33", _ => "1;32" };

    private static string StateColour(string state) => state.Trim() switch { "fail" => "31", "warn" or "unknown" => "33", "manual" => "36", "pass" => "32", _ => "" };
}
