using System.Globalization;
using System.Net;
using System.Text;

namespace Septim.Hooks.Audit.Reports;

/// <summary>One page without script or remote resource: charts are inline SVG, colours follow the reader's scheme, prints on white.</summary>
internal sealed class HtmlReport
{
    private const int MaxPerRule = 50;

    private const string Style = """
        :root{color-scheme:light dark;--bg:#fff;--fg:#1c2024;--soft:#5b6470;--line:#d9dee4;--card:#f6f8fa;--pass:#1a7f37;--warn:#9a6700;--fail:#cf222e;--manual:#0969da;--unknown:#8250df;--na:#8c959f}
        @media (prefers-color-scheme:dark){:root{--bg:#0d1117;--fg:#e6edf3;--soft:#9aa4af;--line:#30363d;--card:#161b22;--pass:#3fb950;--warn:#d29922;--fail:#f85149;--manual:#58a6ff;--unknown:#bc8cff;--na:#6e7681}}
        *{box-sizing:border-box}body{margin:0 auto;padding:2rem 1.25rem;max-width:62rem;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,sans-serif}
        h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.15rem;margin:2.25rem 0 .75rem;padding-bottom:.3rem;border-bottom:1px solid var(--line)}h3{font-size:1rem;margin:0}
        p{margin:.3rem 0}.soft{color:var(--soft)}.verdict{display:flex;gap:1rem;align-items:baseline;flex-wrap:wrap;padding:1rem 1.25rem;margin:1rem 0;background:var(--card);border-left:6px solid var(--c);border-radius:6px}
        .verdict b{font-size:1.3rem;color:var(--c);text-transform:uppercase;letter-spacing:.04em}.chip{display:inline-block;min-width:4.6rem;text-align:center;padding:.05rem .5rem;border:1px solid var(--c);border-radius:1rem;color:var(--c);font-size:.8rem;font-weight:600}
        .pass{--c:var(--pass)}.warn{--c:var(--warn)}.fail{--c:var(--fail)}.manual{--c:var(--manual)}.unknown{--c:var(--unknown)}.na,.info{--c:var(--na)}
        ol.fix{padding-left:1.6rem}ol.fix li{margin:.6rem 0}code,pre{font:13px/1.45 ui-monospace,monospace;overflow-wrap:anywhere;white-space:pre-wrap}pre{margin:.25rem 0;padding:.5rem .75rem;background:var(--card);border-radius:6px}
        .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(20rem,1fr));gap:1.25rem}.chart{padding:1rem;background:var(--card);border-radius:6px}svg{display:block;width:100%;height:auto}svg text{fill:var(--fg);font:12px system-ui,sans-serif}svg .soft{fill:var(--soft)}
        table{width:100%;border-collapse:collapse;font-size:.9rem}th,td{text-align:left;padding:.3rem .5rem;border-bottom:1px solid var(--line);vertical-align:top}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}td code{white-space:normal}
        .item{margin:.75rem 0;padding:.75rem 1rem;border:1px solid var(--line);border-radius:6px;break-inside:avoid}.item header{display:flex;gap:.75rem;align-items:baseline}.finding{margin:.5rem 0 0;padding-left:.75rem;border-left:3px solid var(--c)}.finding s{opacity:.7}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:0 .75rem;margin:.2rem 0;font-size:.85rem}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}details summary{cursor:pointer;color:var(--soft)}footer{margin-top:2.5rem;color:var(--soft);font-size:.85rem}
        @media print{:root{--bg:#fff;--fg:#000;--soft:#444;--line:#bbb;--card:#f4f4f4;--pass:#1a7f37;--warn:#9a6700;--fail:#cf222e;--manual:#0969da;--unknown:#8250df;--na:#666}@page{margin:14mm}body{max-width:none;padding:0;font-size:11px}code,pre{font-size:10px}h1{font-size:1.25rem}h2{font-size:1rem}.verdict b{font-size:1.1rem}.chip{font-size:9px;min-width:3.4rem}table,dl,footer{font-size:10px}details::details-content{content-visibility:visible;block-size:auto}details:not([open])>*:not(summary){display:block}body{-webkit-print-color-adjust:exact;print-color-adjust:exact}h2{break-after:avoid}.fix li{break-inside:avoid}}
        """;

    private readonly StringBuilder _out = new();

    public static string Write(AuditReport report) => new HtmlReport().Render(report);

    private string Render(AuditReport report)
    {
        Add($"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>septim audit of {Text(report.Project)}: {report.Verdict}</title>\n<style>\n{Style}\n</style>\n</head>\n<body>");
        Add($"<h1>septim audit of {Text(report.Project)}</h1>\n<p class=\"soft\">{report.GeneratedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC, septim {report.SeptimVersion}, client {Text(report.ClientVersion ?? "version unknown")}</p>");
        Add($"<div class=\"verdict {VerdictClass(report.Verdict)}\"><b>{report.Verdict}</b><span>{Text(report.VerdictSentence)}</span></div>");
        Add($"<p>{report.Total.Verified} applicable items verified: {report.Total.Fail} fail, {report.Total.Unknown} unknown, {report.Total.Manual} manual, {report.Total.Warn} warn{(report.Total.Suppressed > 0 ? $", {report.Total.Suppressed} suppressed" : "")}.{(report.Flags.Count == 0 ? "" : $" Flags: {string.Join(", ", report.Flags)}.")}</p>");
        if (report.Part is not null) Add($"<p>{Text(report.Part)}</p>");
        if (report.Starter is not null) Add($"<p>{Text(report.Starter)}</p>");
        Charts(report);
        FixList(report);
        Table(report);
        foreach (var section in report.Items.GroupBy(item => item.Check.Section))
        {
            Add($"<h2>Section {section.Key}: {AuditCheck.SectionName(section.Key)}</h2>");
            foreach (var item in section) Item(item);
        }
        if (report.Extensions.Count > 0)
        {
            Add("<h2>Beyond the thirty (not counted)</h2>\n<div class=\"item\">");
            Findings(report.Extensions);
            Add("</div>");
        }
        Inputs(report);
        Add("<footer>");
        foreach (var limit in AuditReport.Limits) Add($"<p>{Text(limit)}</p>");
        if (report.Timing is not null) Add($"<p>Time: {Text(report.Timing)}</p>");
        Add("</footer>\n</body>\n</html>");
        return _out.ToString();
    }

    private void Charts(AuditReport report)
    {
        Add("<div class=\"charts\">\n<div class=\"chart\"><h3>Items by section</h3>");
        SectionChart([.. report.Sections]);
        Add("</div>");
        if (report.Spend.Count > 0)
        {
            Add($"<div class=\"chart\"><h3>Spend by day, at least {Usd(report.Spend.Sum(day => day.Usd))}</h3>");
            SpendChart(report.Spend);
            Add("</div>");
        }
        Add("</div>");
    }

    private void SectionChart(List<SectionScore> scores)
    {
        const int Row = 30, Left = 92, Width = 380;
        Add($"<svg viewBox=\"0 0 480 {(scores.Count * Row) + 26}\" role=\"img\" aria-label=\"How the items of each section ended\">");
        for (var i = 0; i < scores.Count; i++)
        {
            var score = scores[i];
            Add($"<text x=\"0\" y=\"{(i * Row) + 19}\">{score.Section} {score.Name}</text>");
            double x = Left;
            foreach (var (name, count) in (ReadOnlySpan<(string, int)>)[("fail", score.Fail), ("unknown", score.Unknown), ("manual", score.Manual), ("warn", score.Warn), ("pass", score.Pass), ("na", score.NotApplicable)])
            {
                if (count == 0) continue;
                var wide = (double)Width * count / score.Items;
                Add($"<rect x=\"{Number(x)}\" y=\"{(i * Row) + 5}\" width=\"{Number(wide - 2)}\" height=\"20\" rx=\"3\" fill=\"var(--{name})\"><title>{count} {name}</title></rect>");
                Add($"<text x=\"{Number(x + ((wide - 2) / 2))}\" y=\"{(i * Row) + 19}\" text-anchor=\"middle\" style=\"fill:var(--bg);font-weight:600\">{count}</text>");
                x += wide;
            }
        }
        var at = Left;
        foreach (var name in (string[])["fail", "unknown", "manual", "warn", "pass", "na"])
        {
            Add($"<rect x=\"{at}\" y=\"{(scores.Count * Row) + 8}\" width=\"10\" height=\"10\" rx=\"2\" fill=\"var(--{name})\"/><text x=\"{at + 14}\" y=\"{(scores.Count * Row) + 17}\" class=\"soft\">{(name == "na" ? "n/a" : name)}</text>");
            at += 14 + 16 + (name.Length * 7);
        }
        Add("</svg>");
    }

    private void SpendChart(IReadOnlyList<DaySpend> days)
    {
        const int Height = 120, Width = 480;
        var most = Math.Max(0.000001m, days.Max(day => day.Usd));
        var first = days[0].Day;
        var span = Math.Max(7, days[^1].Day.DayNumber - first.DayNumber + 1);
        var step = (double)Width / span;
        Add($"<svg viewBox=\"0 0 {Width} {Height + 40}\" role=\"img\" aria-label=\"Dollars spent on each day\">");
        Add($"<text x=\"0\" y=\"11\" class=\"soft\">{Usd(most)}</text><line x1=\"0\" x2=\"{Width}\" y1=\"{Height + 18}\" y2=\"{Height + 18}\" stroke=\"var(--line)\"/>");
        foreach (var day in days)
        {
            var high = Math.Max(1, (double)(day.Usd / most) * Height);
            var x = (day.Day.DayNumber - first.DayNumber) * step;
            Add($"<rect x=\"{Number(x + 1)}\" y=\"{Number(Height + 18 - high)}\" width=\"{Number(Math.Max(2, step - 2))}\" height=\"{Number(high)}\" rx=\"2\" fill=\"var(--manual)\"><title>{day.Day:yyyy-MM-dd}: {Usd(day.Usd)}, {day.Responses} responses</title></rect>");
        }
        Add($"<text x=\"0\" y=\"{Height + 34}\" class=\"soft\">{first:yyyy-MM-dd}</text>{(days.Count == 1 ? "" : $"<text x=\"{Width}\" y=\"{Height + 34}\" class=\"soft\" text-anchor=\"end\">{days[^1].Day:yyyy-MM-dd}</text>")}</svg>");
    }

    private void FixList(AuditReport report)
    {
        if (report.FixList.Count == 0) return;
        Add($"<h2>What to do, in this order</h2>\n<p class=\"soft\">{Text(AuditReport.Legend)}</p>\n<ol class=\"fix\">");
        foreach (var line in report.FixList)
            Add($"<li><span class=\"chip {Class(line.State)}\">{line.State}</span> <strong>{Text(line.Item)}</strong>: {Text(line.What)}{(line.Where.Length == 0 ? "" : $" <span class=\"soft\">{Text(line.Where)}</span>")}<pre>{Text(line.Command)}</pre><span class=\"soft\">{line.Fixable}</span></li>");
        Add("</ol>");
    }

    private void Table(AuditReport report)
    {
        Add("<h2>Sections</h2>\n<table><thead><tr><th>section</th><th class=\"n\">pass</th><th class=\"n\">warn</th><th class=\"n\">fail</th><th class=\"n\">manual</th><th class=\"n\">unknown</th><th class=\"n\">n/a</th><th>verified</th></tr></thead><tbody>");
        foreach (var score in report.Sections.Append(report.Total))
            Add($"<tr><td>{(score.Section == 0 ? "all" : $"{score.Section} {score.Name}")}</td><td class=\"n\">{score.Pass}</td><td class=\"n\">{score.Warn}</td><td class=\"n\">{score.Fail}</td><td class=\"n\">{score.Manual}</td><td class=\"n\">{score.Unknown}</td><td class=\"n\">{score.NotApplicable}</td><td>{score.Verified}</td></tr>");
        Add("</tbody></table>");
    }

    private void Item(AuditItem item)
    {
        var state = ReportWords.Of(item.State);
        Add($"<div class=\"item\"><header><span class=\"chip {Class(state)}\">{state}</span><h3>{Text(item.Check.Id)}</h3></header><p>{Text(item.Reason)}</p>");
        if (item.Attestation is not null) Add($"<p class=\"soft\">Attested: {Text(item.Attestation)}</p>");
        Findings(item.Findings);
        if (item.FilesRead.Count > 0) Add($"<details><summary>{item.FilesRead.Count} files read</summary><p class=\"soft\">{Text(string.Join(", ", item.FilesRead.Take(40)))}{(item.FilesRead.Count > 40 ? " …" : "")}</p></details>");
        Add("</div>");
    }

    private void Findings(IReadOnlyList<ReportFinding> findings)
    {
        foreach (var rule in findings.GroupBy(finding => finding.Rule))
        {
            foreach (var finding in rule.Take(MaxPerRule))
            {
                var said = $"{(finding.Where.Length == 0 ? "" : $"<code>{Text(finding.Where)}</code> ")}{Text(finding.Message)}";
                Add($"<div class=\"finding {Class(finding.StateWord)}\"><p><strong>{Text(finding.Rule)}</strong> <span class=\"soft\">{(finding.State == FindingState.Info ? "note" : $"{finding.StateWord}, {ReportWords.Of(finding.Severity)}")}</span><br>{(finding.SuppressedBy is null ? said : $"<s>{said}</s> suppressed by {Text(finding.SuppressedBy)}")}</p>");
                if (finding.Evidence.Count > 0) Add($"<dl>{string.Concat(finding.Evidence.Select(pair => $"<dt>{Text(pair.Key)}</dt><dd>{Text(pair.Value)}</dd>"))}</dl>");
                Add("</div>");
            }
            if (rule.Count() > MaxPerRule) Add($"<p class=\"soft\">… and {rule.Count() - MaxPerRule} more of {Text(rule.Key)}</p>");
        }
    }

    private void Inputs(AuditReport report)
    {
        Add($"<h2>What was looked at</h2>\n<details><summary>{report.Inputs.Count} paths</summary>\n<table><thead><tr><th>path</th><th>status</th><th>reason</th></tr></thead><tbody>");
        foreach (var input in report.Inputs.Take(1000)) Add($"<tr><td><code>{Text(input.Path)}</code></td><td>{ReportWords.Of(input.Status)}</td><td>{Text(input.Reason ?? "")}</td></tr>");
        Add("</tbody></table></details>");
    }

    private void Add(string line) => _out.Append(line).Append('\n');

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Class(string state) => state == "n/a" ? "na" : state;

    private static string VerdictClass(string verdict) => verdict switch { "incident" or "blocked" => "fail", "review" => "warn", "open" => "unknown", _ => "pass" };

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Usd(decimal value) => value.ToString(value < 10 ? "0.00" : "0", CultureInfo.InvariantCulture) + " USD";
}
