using System.Buffers;
using System.Text;
using System.Text.Json;
using Septim.Hooks.Claude;

namespace Septim.Hooks.Audit.Reports;

/// <summary>The whole model as JSON; audit-report.schema.json beside this file says what each key holds.</summary>
internal static class JsonReport
{
    public static string Write(AuditReport report)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JsonEscapes.Only }))
        {
            json.WriteStartObject();
            json.WriteNumber("schema_version", AuditReport.SchemaVersion);
            json.WriteString("septim_version", report.SeptimVersion);
            json.WriteString("generated_at", report.GeneratedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteString("project", report.Project);
            json.WriteString("client_version", report.ClientVersion);
            json.WriteString("verdict", report.Verdict);
            WriteTexts(json, "verdicts", report.Verdicts);
            WriteTexts(json, "flags", report.Flags);
            WriteScore(json, report);
            json.WriteStartArray("items");
            foreach (var item in report.Items) WriteItem(json, item);
            json.WriteEndArray();
            json.WriteStartArray("extensions");
            foreach (var finding in report.Extensions) WriteFinding(json, finding);
            json.WriteEndArray();
            json.WriteStartArray("fix_list");
            foreach (var line in report.FixList)
            {
                json.WriteStartObject();
                json.WriteString("item", line.Item);
                json.WriteString("state", line.State);
                json.WriteString("what", line.What);
                json.WriteString("where", line.Where);
                json.WriteString("command", line.Command);
                json.WriteString("fixable", line.Fixable);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            if (report.Starter is not null) json.WriteString("starter", report.Starter);
            json.WriteStartArray("inputs");
            foreach (var input in report.Inputs)
            {
                json.WriteStartObject();
                json.WriteString("path", input.Path);
                json.WriteString("status", ReportWords.Of(input.Status));
                json.WriteString("reason", input.Reason);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("spend_by_day");
            foreach (var day in report.Spend)
            {
                json.WriteStartObject();
                json.WriteString("day", day.Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
                json.WriteNumber("usd", decimal.Round(day.Usd, 6));
                json.WriteNumber("responses", day.Responses);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            WriteTexts(json, "limits", AuditReport.Limits);
            if (report.Timing is not null) json.WriteString("timing", report.Timing);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void WriteScore(Utf8JsonWriter json, AuditReport report)
    {
        json.WriteStartObject("score");
        WriteCounts(json, report.Total);
        json.WriteStartArray("sections");
        foreach (var section in report.Sections)
        {
            json.WriteStartObject();
            json.WriteNumber("section", section.Section);
            json.WriteString("name", section.Name);
            WriteCounts(json, section);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, SectionScore score)
    {
        json.WriteNumber("pass", score.Pass);
        json.WriteNumber("warn", score.Warn);
        json.WriteNumber("fail", score.Fail);
        json.WriteNumber("manual", score.Manual);
        json.WriteNumber("unknown", score.Unknown);
        json.WriteNumber("n/a", score.NotApplicable);
        json.WriteNumber("suppressed", score.Suppressed);
        json.WriteString("verified", score.Verified);
    }

    private static void WriteItem(Utf8JsonWriter json, AuditItem item)
    {
        json.WriteStartObject();
        json.WriteString("id", item.Check.Number.ToString("00", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString("slug", item.Check.Slug);
        json.WriteString("title", item.Check.Title);
        json.WriteNumber("section", item.Check.Section);
        json.WriteString("severity", ReportWords.Of(item.Check.Severity));
        json.WriteBoolean("incident", item.Check.Incident);
        json.WriteBoolean("blocking", item.Check.Blocking);
        json.WriteString("state", ReportWords.Of(item.State));
        json.WriteString("reason", item.Reason);
        json.WriteStartArray("findings");
        foreach (var finding in item.Findings) WriteFinding(json, finding);
        json.WriteEndArray();
        WriteTexts(json, "files_read", item.FilesRead);
        json.WriteString("attestation", item.Attestation);
        json.WriteEndObject();
    }

    private static void WriteFinding(Utf8JsonWriter json, ReportFinding finding)
    {
        json.WriteStartObject();
        json.WriteString("rule", finding.Rule);
        json.WriteString("state", finding.StateWord);
        json.WriteString("severity", ReportWords.Of(finding.Severity));
        json.WriteString("message", finding.Message);
        json.WriteString("path", finding.Path);
        json.WriteNumber("line", finding.Line);
        json.WriteNumber("column", finding.Column);
        json.WriteStartObject("evidence");
        foreach (var group in finding.Evidence.GroupBy(pair => pair.Key)) json.WriteString(group.Key, string.Join("; ", group.Select(pair => pair.Value)));
        json.WriteEndObject();
        json.WriteString("fingerprint", finding.Fingerprint);
        json.WriteString("secret_fingerprint", finding.SecretFingerprint);
        if (finding.Fix is { } fix)
        {
            json.WriteStartObject("fix");
            json.WriteString("kind", fix.Kind);
            json.WriteString("text", fix.Text);
            json.WriteString("diff", fix.Diff);
            json.WriteEndObject();
        }
        else json.WriteNull("fix");
        json.WriteString("suppressed_by", finding.SuppressedBy);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
