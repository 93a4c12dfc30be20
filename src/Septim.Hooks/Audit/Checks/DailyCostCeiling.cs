using System.Text.RegularExpressions;
using Septim.Hooks.Audit.Surroundings;
using static Septim.Hooks.Audit.ItemResult;

namespace Septim.Hooks.Audit.Checks;

/// <summary>10: a second ceiling sums all sessions of the last 24 hours.</summary>
internal static partial class DailyCostCeiling
{
    public static readonly AuditCheck Check = new(
        10, "daily-cost-ceiling", Severity.High,
        "A second ceiling sums all sessions and projects of the last 24 hours.",
        "Many modest night runs are one expensive night.",
        "As item 09, with sessions in two projects that are each below and together above the ceiling.",
        "Set ceilings.dayUsd in your septim.json (five times the session ceiling is a start); a project file may only lower it.",
        Judge);

    private static void Judge(AuditContext context, ItemResult item)
    {
        context.Settings.UsedBy(item);
        var ours = context.Hooks.On("PreToolUse").FirstOrDefault(hook => SessionCostGate.IsCostGate(hook) && SessionCostGate.SeesAll(hook));
        if (ours is not null) Ours(context, item, ours);
        else
        {
            var foreign = context.Hooks.On("PreToolUse").FirstOrDefault(hook => !hook.IsOurs && Enforcement.ReadsSpend(hook) && SpeaksOfDays().IsMatch(Enforcement.Text(hook)));
            if (foreign is not null) item.CannotTell("a foreign hook may hold a daily ceiling; it was not run", foreign.Place, "septim selftest");
            else item.Fail("no-daily-ceiling", "nothing sums what all sessions of the last 24 hours have cost", Place.None, "ceilings.dayUsd", null, null, DayFix(context, "50"));
        }
        foreach (var job in context.Ci.Jobs.Where(job => job.RunsClaudeItself && job.File.Triggers.Contains("schedule")))
            if (context.Runs.All.FirstOrDefault(run => run.Place.Path == job.File.Path && run.Command.Has("--max-budget-usd")) is { } budgeted)
                item.Warn("ci-not-aggregated", $"the scheduled job {job.Name} has a budget for each run and none for the day{Worst(job, budgeted)}", job.At(job.Node), job.Name, Severity.Medium, null, null, Said("job", job.Name));
    }

    /// <summary>Runs a day by the schedule times the budget of one, when both can be read.</summary>
    private static string Worst(CiJob job, ClaudeRun run)
    {
        var schedules = job.File.Root?.At("on.schedule")?.Items ?? [];
        var runs = schedules.Sum(entry => CronLine.RunsPerDay(entry["cron"]?.Text ?? ""));
        return runs > 0 && decimal.TryParse(ModelSelection.Option(run.Command, "--max-budget-usd"), System.Globalization.CultureInfo.InvariantCulture, out var usd)
            ? System.FormattableString.Invariant($": up to {runs} runs of {usd:0.##} USD, {runs * usd:0.##} USD a day") : "";
    }

    private static FixProposal DayFix(AuditContext context, string usd) => !context.Options.UseHome
        ? FixProposal.Guided($"\"ceilings\": {{\"dayUsd\": {usd}}} in the project's .septim/septim.json")
        : new(
        "auto", $"--fix sets ceilings.dayUsd to {usd} in the user's septim.json",
        new FixEdit(Path.Combine(context.Options.ConfigDirectory, "septim", "septim.json"), FixEditKind.SetIfAbsent, ["ceilings", "dayUsd"], usd));

    private static void Ours(AuditContext context, ItemResult item, DeclaredHook hook)
    {
        using var trial = new OwnHookTrial(context);
        decimal? daily, session;
        int overhead;
        try
        {
            var config = trial.LoadConfig();
            (daily, session, overhead) = (config.DayUsd?.Pico / 1_000_000_000_000m, config.SessionUsd?.Pico / 1_000_000_000_000m, config.OverheadPercent);
        }
        catch (HookFault fault)
        {
            item.Fail("no-daily-ceiling", $"the gate cannot read its configuration: {fault.Message}", hook.Place, hook.Name);
            return;
        }
        if (daily is not > 0)
        {
            var proposed = ((session ?? 10) * 5).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);
            item.Fail(
                "no-daily-ceiling", "cost-gate is wired and has no daily ceiling", hook.Place, "ceilings.dayUsd", null, null,
                DayFix(context, proposed));
            return;
        }
        var trials = MoneyTrials.Day(trial, OwnHookTrial.GateOf(hook.Target.Verb, "cost-gate"), daily.Value * 100 / (100 + overhead), session * 100 / (100 + overhead));
        foreach (var wrong in trials.Where(one => !one.Right))
            item.Fail("proof-failed", $"the gate gave the wrong answer: {wrong.Shown}", hook.Place, wrong.Name);
        item.Info("proof", $"daily ceiling {daily:0.00} USD; {trials.Count(one => one.Right)} of {trials.Count} trials right", hook.Place, hook.Name, [.. trials.Select(one => Said("trial", one.Shown))]);
        item.Note = $"daily ceiling {daily:0.00} USD; {trials.Count} trials right";
    }

    [GeneratedRegex(@"\bdaily|(?<![a-z])today|24\s?h\b|24 hours|per[ _-]day|day_(usd|limit|budget|max|spend|cost)|(usd|limit|budget|max|spend|cost)_?day|86400|midnight|strftime\(.%Y|date \+%(F|Y)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)] private static partial Regex SpeaksOfDays();
}
