using System.Collections;
using System.Globalization;
using Septim.Hooks.Audit;
using Septim.Hooks.Audit.Reports;

namespace Septim.Hooks.Commands;

/// <summary><c>septim audit</c>: the thirty checks, their report, attestations and safe repairs.</summary>
internal static class AuditCommand
{
    public static readonly Command Command = new(
        "audit",
        """
        audit [explain N | attest … | suppress …] [options]

          --project DIR, --home DIR, --config-dir DIR, --managed DIR   what is audited
          --no-env, --no-home, --no-history, --deep-history            what is left out, or looked at longer
          --item N[,N] (or --only), --skip N[,N], --section N          which items
          --format text|markdown|html|json|sarif, --output FILE        repeatable, in pairs; - is stdout
          --fail-on fail|warn|incident|blocking|any|never, --strict    when the exit code is 1
          --baseline FILE                                              known findings (a JSON report) do not count
          --run-hooks                                                  also start foreign hooks, in a copy of the project
          --fix [--yes]                                                safe repairs: diff first, backup, audit again
          --now TIME, --explain RULE, --timing, --sarif-include-home, --max-monthly USD

          attest --item N --by NAME --expires 90d --statement TEXT     what only a person knows; also --subject, --evidence,
            [--amount USD --period P] [--threshold USD --recipients R]   and the figures of items 08 and 14
          suppress --fingerprint F, or --rule R --path P [--subject S]   with --owner NAME --reason TEXT --expires DATE

        Works offline. Exit 1: findings, as --fail-on says; 3: the audit could not be made, or not as a whole.
        """,
        "audits a machine and a repository in 30 points",
        Run);

    private static int Run(ReadOnlySpan<string> args, CommandIo io)
    {
        var line = AuditArguments.Parse(args, io, out var usage);
        if (line is null)
        {
            io.Err.WriteLine($"septim audit: {Clean(usage, io)}");
            return 2;
        }
        if (line.Explain is { } item) return Explain(item, io);
        if (line.Verb == "attest") return AuditAttest.Run(line, io);
        if (line.Verb == "suppress") return AuditSuppress.Run(line, io);
        if (!Directory.Exists(line.Options.Project))
        {
            io.Err.WriteLine($"septim audit: {Clean(line.Options.Project, io)} is not a directory; the audit could not be made");
            return 3;
        }
        var report = Make(line, io);
        if (line.Fix)
        {
            if (AuditFix.Apply(line, report, io)) report = Make(line, io);
        }
        if (line.Baseline is { } path && !Baseline.Apply(path, ref report, out var problem))
        {
            io.Err.WriteLine($"septim audit: {Clean(problem, io)}");
            return 2;
        }
        foreach (var (format, output) in line.Outputs)
        {
            var text = Render(report, format, output, line.Options.SarifIncludesHome, io);
            if (output == "-") io.Out.Write(text);
            else WriteWhole(output, text, io);
        }
        return ExitCode(line, report);
    }

    private static AuditReport Make(AuditLine line, CommandIo io)
    {
        using var progress = new AuditProgress(io);
        return Auditor.Run(new AuditContext(line.Options, progress.Report, progress.ItemDone), CommandList.Version);
    }

    private static string Render(AuditReport report, string format, string output, bool home, CommandIo io) => format switch
    {
        "json" => JsonReport.Write(report),
        "markdown" => MarkdownReport.Write(report),
        "html" => HtmlReport.Write(report),
        "sarif" => SarifReport.Write(report, home),
        _ => TextReport.Write(report, output == "-" && io.Colour, int.TryParse(io.Variable("COLUMNS"), out var columns) ? columns : 100),
    };

    /// <summary>What a person typed may hold what must not be printed.</summary>
    internal static string Clean(string text, CommandIo io) => new Septim.Hooks.Audit.Secrets.Redactor(new Septim.Hooks.Audit.Secrets.SecretScanner(io.Time.GetUtcNow())).Clean(text);

    /// <summary>Under a temporary name first, so that no reader ever sees half a report.</summary>
    private static void WriteWhole(string path, string text, CommandIo io)
    {
        try
        {
            var temporary = path + ".tmp";
            File.WriteAllText(temporary, text);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HookFault(Clean($"{path} cannot be written ({Cause.Of(e)})", io), e);
        }
    }

    private static int ExitCode(AuditLine line, AuditReport report)
    {
        // Why first: whatever the threshold, an audit that could not be made as a whole is no answer.
        if (report.HasFault) return 3;
        if (line.FailOn == "never") return 0;
        bool Counts(AuditItem item) => item.State switch
        {
            ItemState.Fail => line.FailOn switch { "incident" => item.Check.Incident, "blocking" => item.Check.Blocking || item.Check.Incident, _ => true },
            ItemState.Warn => line.FailOn is "warn" or "any",
            ItemState.Unknown or ItemState.Manual => line.Options.Strict,
            _ => false,
        };
        var beyond = line.FailOn is "fail" or "warn" or "any" && report.Extensions.Any(finding => finding.SuppressedBy is null && (finding.State == FindingState.Fail || (finding.State == FindingState.Warn && line.FailOn is "warn" or "any")));
        return beyond || report.Items.Any(Counts) ? 1 : 0;
    }

    private static int Explain(string what, CommandIo io)
    {
        if (ExtensionRules.Find(what) is { } rule)
        {
            io.Out.WriteLine($"SEPX.{rule.Name} [{ReportWords.Of(rule.Severity)}], beyond the thirty items\n\nFires when: {rule.Fires}\n\nRepair: {rule.Repair}");
            return 0;
        }
        var digits = what.Starts("SEP") && what.Length >= 5 ? what[3..5] : what.Split(' ', '-')[0];
        if (!int.TryParse(digits, CultureInfo.InvariantCulture, out var number) || AuditChecks.Find(number) is not { } check)
        {
            if (AuditChecks.All.FirstOrDefault(one => one.Slug == what) is not { } named)
            {
                io.Err.WriteLine($"septim audit: there is no item {Clean(what, io)}; there are 01 to 30, and SEPX rules");
                return 2;
            }
            check = named;
        }
        io.Out.WriteLine($"{check.Id} [{ReportWords.Of(check.Severity)}{(check.Incident ? ", incident" : "")}{(check.Blocking ? ", blocking" : "")}], section {check.Section} ({AuditCheck.SectionName(check.Section)})\n");
        io.Out.WriteLine($"Must hold: {check.Holds}\n\nWhy: {check.Why}\n\nHow it is checked: {check.How}\n\nRepair: {check.Repair}");
        if (check.Attestable) io.Out.WriteLine($"\nWhat only a person can know: {check.AttestCommand()}");
        io.Out.WriteLine("\nLimits:");
        foreach (var limit in AuditReport.Limits) io.Out.WriteLine($"- {limit}");
        return 0;
    }

    /// <summary>The live environment, for names and shapes; values are never printed.</summary>
    internal static Dictionary<string, string> LiveEnvironment()
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables()) all[(string)entry.Key] = (string?)entry.Value ?? "";
        return all;
    }
}
