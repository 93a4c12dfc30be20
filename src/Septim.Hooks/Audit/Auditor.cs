using Septim.Hooks.Audit.Secrets;

namespace Septim.Hooks.Audit;

/// <summary>Runs the checks and makes the report: states, verdict, flags, fix list. Same trees and same clock, same report.</summary>
internal static class Auditor
{
    public static AuditReport Run(AuditContext context, string version)
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        var suppressions = new Suppressions(context);
        var judged = new List<(AuditCheck Check, ItemResult Result)>();
        foreach (var check in AuditChecks.All)
        {
            if (!context.Options.Wants(check.Number)) continue;
            var result = new ItemResult($"SEP{check.Number:00}", check.Severity);
            context.Judged[check.Number] = result;
            Judge(context, (from, into) =>
            {
                Gaps.Note(from, check, into);
                check.Judge(from, into);
            }, result);
            judged.Add((check, result));
            context.ItemDone(judged.Count, AuditChecks.All.Count(one => context.Options.Wants(one.Number)));
        }
        var extensions = new ItemResult("SEPX", Severity.Medium);
        if (context.Options.Only.Count == 0) Judge(context, Checks.Extensions.Judge, extensions);
        foreach (var (check, result) in judged) Attest(context, check, result);
        // Why in this order: a suppression that matched nothing is known only after all findings are.
        var items = judged.ConvertAll(pair => ToItem(context, suppressions, pair.Check, pair.Result));
        foreach (var (place, why) in suppressions.Void) extensions.Fail("suppression-void", $"a suppression counts for nothing: {why}", place, severity: Severity.Medium);
        foreach (var unused in suppressions.Unused) extensions.Warn("suppression-unused", "a suppression matched nothing; take it out", unused.Place, severity: Severity.Low);
        var beyond = ToFindings(context, suppressions, extensions);
        var verdicts = Conclusion.Verdicts(items);
        var clean = context.Redactor;
        return new AuditReport
        {
            SeptimVersion = version,
            GeneratedAt = context.Now,
            Project = clean.Clean(Path.GetFileName(context.Roots.Project)),
            ClientVersion = context.Options.Wants(11) || context.Options.Only.Count == 0 ? Or(context, () => context.ClientVersion?.ToString(), null) : null,
            Verdict = verdicts[0],
            Verdicts = verdicts,
            Flags = Conclusion.Flags(items, context.Options.Variable("ANTHROPIC_API_KEY")),
            Items = items,
            Extensions = beyond,
            FixList = Conclusion.FixList(items),
            Starter = context.Settings.Exists || !context.Options.UseHome ? null : "No settings file exists yet. The first hour's work: items 02, 04, 09, 16 and 22; `septim install` and `septim audit --fix` do most of it.",
            Inputs = [.. context.Inputs.All.Select(input => new ReportInput(clean.Clean(context.Roots.Show(input.Path)), input.Status, input.Reason is null ? null : clean.Clean(input.Reason))).OrderBy(input => input.Path, StringComparer.Ordinal)],
            Spend = Or(context, () => SpendByDay.Of(context), []),
            HasFault = context.Faults.Count > 0,
            Timing = context.Options.ShowTiming ? $"{System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms" : null,
        };
    }

    /// <summary>What a check trips over leaves its item open; the others are judged all the same.</summary>
    private static void Judge(AuditContext context, Action<AuditContext, ItemResult> judge, ItemResult result)
    {
        try
        {
            judge(context, result);
        }
        catch (Exception e) when (e is HookFault or IOException or UnauthorizedAccessException)
        {
            result.CannotTell($"could not be judged: {e.Message}");
        }
        catch (Exception e) when (IsOwnFault(e))
        {
            // Why: one text that a parser chokes on must not keep the other items from being judged; exit code 3 says that it happened.
            result.CannotTell($"could not be judged: an internal fault ({e.GetType().Name})", way: "report it to septim's maintainers with `septim audit --item N` of this item");
            context.Faults.Add(e.GetType().Name);
        }
    }

    /// <summary>What no input should be able to raise, and some day one will.</summary>
    private static bool IsOwnFault(Exception e) =>
        e is InvalidOperationException or ArgumentException or FormatException or ArithmeticException or IndexOutOfRangeException or NullReferenceException or InvalidCastException
            or KeyNotFoundException or NotSupportedException or TimeoutException or AggregateException or InvalidDataException or System.Text.Json.JsonException or System.ComponentModel.Win32Exception;

    /// <summary>A part of the report that no item owns; left out when a fault keeps it from being made.</summary>
    private static T Or<T>(AuditContext context, Func<T> part, T otherwise)
    {
        try
        {
            return part();
        }
        catch (Exception e) when (IsOwnFault(e))
        {
            context.Faults.Add(e.GetType().Name);
            return otherwise;
        }
    }

    /// <summary>Settles what is manual with the valid attestations; names those that do not count.</summary>
    private static void Attest(AuditContext context, AuditCheck check, ItemResult result)
    {
        if (result.Manual is null) return;
        var open = 0;
        foreach (var (subject, binds) in result.Binds)
        {
            var found = context.Attestations.Find(check, subject, binds, context.Now, out var why);
            if (found is null)
            {
                open++;
                if (why is not null) result.Info("attestation-void", $"the attestation for {subject} does not count: {why}", subject: subject);
                continue;
            }
            result.Settled.Add($"{subject}: \"{found.Statement}\" ({found.By}, until {found.Expires})");
            if (Attestations.DaysLeft(found, context.Now) is var days and < 14)
                result.Info("attestation-ends", $"the attestation for {subject} ends in {days} days", found.Place, subject);
            if (check.Number is 8 or 14) Checks.ProviderLimits.Examine(context, check, found, result);
        }
        result.IsSettled = open == 0;
        if (open == 0) return;
        var command = string.Join("\n", result.Binds.Select(bind => check.AttestCommand(bind.Key)));
        result.AddNote("needs-attestation", result.Manual, check.Attestable ? FixProposal.Manual(command) : FixProposal.Manual(check.Repair));
    }

    private static AuditItem ToItem(AuditContext context, Suppressions suppressions, AuditCheck check, ItemResult result)
    {
        var findings = ToFindings(context, suppressions, result);
        var fails = findings.Count(finding => finding.State == FindingState.Fail && finding.SuppressedBy is null);
        var warns = findings.Count(finding => finding.State == FindingState.Warn && finding.SuppressedBy is null);
        var state = result.NotApplicable is not null && fails == 0 && result.Unknown is null ? ItemState.NotApplicable
            : fails > 0 ? ItemState.Fail
            : result.Unknown is not null ? ItemState.Unknown
            : result.Manual is not null && !result.IsSettled ? ItemState.Manual
            : warns > 0 ? ItemState.Warn
            : ItemState.Pass;
        var worst = ReportFinding.Worst(findings.Where(finding => finding.SuppressedBy is null && finding.State == (state == ItemState.Fail ? FindingState.Fail : FindingState.Warn)));
        var reason = state switch
        {
            ItemState.NotApplicable => result.NotApplicable!,
            ItemState.Unknown => result.Unknown!,
            ItemState.Manual => result.Manual!,
            ItemState.Fail or ItemState.Warn => worst?.Message ?? "",
            _ => result.Note ?? "every rule is satisfied",
        };
        return new AuditItem
        {
            Check = check,
            State = state,
            Reason = context.Redactor.Clean(reason),
            Findings = findings,
            FilesRead = [.. result.FilesRead.Select(path => context.Redactor.Clean(context.Roots.Show(path))).Order(StringComparer.Ordinal)],
            Attestation = result.Settled.Count == 0 ? null : context.Redactor.Clean(string.Join("; ", result.Settled)),
            Binds = result.Binds,
        };
    }

    private static List<ReportFinding> ToFindings(AuditContext context, Suppressions suppressions, ItemResult result)
    {
        var findings = new List<ReportFinding>();
        foreach (var finding in result.Findings)
        {
            var shown = context.Roots.Show(finding.Place.Path);
            var root = context.Roots.Base(finding.Place.Path);
            var print = SecretHit.HashOf($"{finding.Rule}\n{root}\n{shown}\n{finding.Subject}")[..32];
            var covered = suppressions.Find(finding, shown, print);
            findings.Add(ToReport(context, finding, shown, root, print, covered));
        }
        findings.Sort(static (a, b) =>
            string.CompareOrdinal(a.Rule, b.Rule) is var rule and not 0 ? rule
            : string.CompareOrdinal(a.Path, b.Path) is var path and not 0 ? path
            : a.Line != b.Line ? a.Line.CompareTo(b.Line)
            : a.Column != b.Column ? a.Column.CompareTo(b.Column)
            : string.CompareOrdinal(a.Message, b.Message));
        return findings;
    }

    private static ReportFinding ToReport(AuditContext context, Finding finding, string shown, string root, string print, Suppression? covered)
    {
        var clean = context.Redactor;
        var diff = finding.Fix?.Edit is { } edit && covered is null ? FixPlan.DiffOf(edit, context.Roots.Show(edit.Path)) : null;
        var fix = finding.Fix is null ? null : finding.Fix with { Text = clean.Clean(finding.Fix.Text), Diff = diff is null ? null : clean.Clean(diff) };
        return new ReportFinding(
            finding.Rule, finding.State, finding.Severity, clean.Clean(finding.Message), clean.Clean(shown), root, finding.Place.Line, finding.Place.Column,
            [.. finding.Evidence.Select(pair => new KeyValuePair<string, string>(pair.Key, clean.Clean(pair.Value)))], print, finding.SecretFingerprint, fix,
            covered is null ? null : clean.Clean($"{covered.Owner}: {covered.Reason}"));
    }
}
