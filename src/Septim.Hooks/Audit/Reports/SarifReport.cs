using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Septim.Hooks.Audit.Reports;

/// <summary>SARIF 2.1.0: one run, rules in id order, no snippets. Findings at home stay out unless asked for, since uploads leave the machine.</summary>
internal static class SarifReport
{
    private const string HelpUri = "https://github.com/septim/septim-hooks/blob/main/docs/audit.md";

    public static string Write(AuditReport report, bool includeHome)
    {
        var findings = report.Items.SelectMany(item => item.Findings).Concat(report.Extensions).Where(finding => includeHome || finding.Base is "SRCROOT" or "ENV").ToList();
        var unknown = findings.Where(finding => finding.Rule.Ends(".unreadable")).ToList();
        findings.RemoveAll(finding => finding.Rule.Ends(".unreadable"));
        var rules = findings.Concat(unknown).GroupBy(finding => finding.Rule).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            json.WriteStartObject("tool");
            json.WriteStartObject("driver");
            json.WriteString("name", "septim");
            json.WriteString("version", report.SeptimVersion);
            json.WriteString("informationUri", HelpUri);
            json.WriteStartArray("rules");
            foreach (var rule in rules) WriteRule(json, rule.Key, rule.Max(finding => finding.Severity));
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartObject("originalUriBaseIds");
            WriteBase(json, "SRCROOT", "The audited project.");
            if (includeHome) WriteBase(json, "HOME", "The audited home directory.");
            json.WriteEndObject();
            json.WriteStartArray("invocations");
            json.WriteStartObject();
            json.WriteBoolean("executionSuccessful", !report.HasFault);
            json.WriteString("endTimeUtc", report.GeneratedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteStartArray("toolExecutionNotifications");
            foreach (var finding in unknown) WriteNotification(json, finding);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteStartArray("results");
            foreach (var finding in findings) WriteResult(json, finding, rules.FindIndex(rule => rule.Key == finding.Rule));
            json.WriteEndArray();
            json.WriteStartObject("properties");
            json.WriteString("verdict", report.Verdict);
            json.WriteStartArray("inputs");
            foreach (var input in report.Inputs.Where(input => includeHome || !(input.Path.StartsWith('~') || input.Path.StartsWith('/'))))
                json.WriteStringValue($"{input.Path}: {ReportWords.Of(input.Status)}{(input.Reason is null ? "" : $" ({input.Reason})")}");
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void WriteBase(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteStartObject("description");
        json.WriteString("text", text);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, string id, Severity severity)
    {
        var check = id.Length > 5 && int.TryParse(id.AsSpan(3, 2), out var number) ? AuditChecks.Find(number) : null;
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("name", id[(id.IndexOf('.') + 1)..]);
        WriteText(json, "shortDescription", check is null ? id : $"{check.Id}: {id[(id.IndexOf('.') + 1)..].Replace('-', ' ')}");
        WriteText(json, "fullDescription", check?.Holds ?? ExtensionRules.Find(id)?.Fires ?? "A check beyond the thirty items.");
        WriteText(json, "help", check?.Repair ?? ExtensionRules.Find(id)?.Repair ?? "See the documentation.");
        json.WriteString("helpUri", check is null ? $"{HelpUri}#{id.ToLowerInvariant().Replace(".", "", StringComparison.Ordinal)}" : $"{HelpUri}#{check.Number:00}-{check.Slug}");
        json.WriteStartObject("properties");
        json.WriteString("security-severity", severity switch { Severity.Critical => "9.5", Severity.High => "8.0", Severity.Medium => "5.5", Severity.Low => "3.0", _ => "0.0" });
        json.WriteStartArray("tags");
        json.WriteStringValue("security");
        if (check is not null) json.WriteStringValue(AuditCheck.SectionName(check.Section));
        if (check?.Incident == true) json.WriteStringValue("incident");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, ReportFinding finding, int ruleIndex)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Rule);
        json.WriteNumber("ruleIndex", ruleIndex);
        json.WriteString("level", finding.State switch { FindingState.Fail => "error", FindingState.Warn => "warning", _ => "note" });
        WriteText(json, "message", finding.Message);
        if (finding.Path.Length > 0)
        {
            json.WriteStartArray("locations");
            WriteLocation(json, finding);
            json.WriteEndArray();
        }
        json.WriteStartObject("partialFingerprints");
        json.WriteString("septim/v1", finding.Fingerprint);
        json.WriteEndObject();
        if (finding.SuppressedBy is not null)
        {
            json.WriteStartArray("suppressions");
            json.WriteStartObject();
            json.WriteString("kind", "external");
            json.WriteString("justification", finding.SuppressedBy);
            json.WriteEndObject();
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void WriteNotification(Utf8JsonWriter json, ReportFinding finding)
    {
        json.WriteStartObject();
        json.WriteString("level", "warning");
        WriteText(json, "message", finding.Message);
        json.WriteStartObject("associatedRule");
        json.WriteString("id", finding.Rule);
        json.WriteEndObject();
        if (finding.Path.Length > 0)
        {
            json.WriteStartArray("locations");
            WriteLocation(json, finding);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter json, ReportFinding finding)
    {
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        var relative = finding.Base == "HOME" && finding.Path.Starts("~/") ? finding.Path[2..] : finding.Path;
        json.WriteString("uri", string.Join('/', relative.Split('/').Select(Uri.EscapeDataString)));
        if (finding.Base is "SRCROOT" or "HOME") json.WriteString("uriBaseId", finding.Base);
        json.WriteEndObject();
        if (finding.Line > 0)
        {
            json.WriteStartObject("region");
            json.WriteNumber("startLine", finding.Line);
            if (finding.Column > 0) json.WriteNumber("startColumn", finding.Column);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
