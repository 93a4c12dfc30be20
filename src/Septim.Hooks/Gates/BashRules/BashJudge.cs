using Septim.Hooks.Config;
using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Brings a reading before all rules and the policy. Pure: the same text, setting, policy and day give the same findings.</summary>
internal static class BashJudge
{
    /// <summary>Everything that was recognised, in the order of the command; what passes is in it too.</summary>
    /// <param name="reading">Of the command.</param>
    /// <param name="setting">The world around it.</param>
    /// <param name="policy">What the configuration made of the rules.</param>
    /// <param name="today">Decides only whether an exception has expired.</param>
    /// <param name="untilDecided">End at the first critical denial: <see cref="Strictest"/> takes no later one.</param>
    public static List<JudgedFinding> Judge(ShellReading reading, RuleSetting setting, BashPolicy policy, DateOnly today, bool untilDecided = false)
    {
        var findings = new List<JudgedFinding>();
        var rules = BashRuleList.All;
        foreach (var rule in rules)
        {
            if (rule.JudgeReading?.Invoke(reading, setting) is { } finding)
                findings.Add(Weigh(rule, finding, null, policy, today));
        }
        // Why: a reading that broke off is refused already; thousands of commands more would only cost time.
        if (reading.Breach is not null && Strictest(findings) is { Verdict: VerdictKind.Deny }) return findings;
        foreach (var at in RuleCase.AllOf(reading, setting))
        {
            foreach (var rule in rules)
            {
                if (at.FindingOf(rule) is not { } finding) continue;
                findings.Add(Weigh(rule, finding, at.Invocation, policy, today));
                if (untilDecided && findings[^1] is { Verdict: VerdictKind.Deny, Severity: BashSeverity.Critical }) return findings;
            }
        }
        return findings;
    }

    /// <summary>The one that decides, the first of the strictest; null when all passes.</summary>
    public static JudgedFinding? Strictest(List<JudgedFinding> findings)
    {
        JudgedFinding? strictest = null;
        foreach (var finding in findings)
        {
            if (finding.Verdict == VerdictKind.Pass) continue;
            if (strictest is null || finding.Verdict > strictest.Verdict
                || (finding.Verdict == strictest.Verdict && finding.Severity > strictest.Severity)) strictest = finding;
        }
        return strictest;
    }

    private static JudgedFinding Weigh(BashRule rule, BashFinding finding, Invocation? invocation, BashPolicy policy, DateOnly today)
    {
        var severity = finding.Severity ?? rule.Severity;
        var isGuess = invocation is { IsGuess: true };
        if (isGuess && severity > BashSeverity.Medium) severity = BashSeverity.Medium;
        var judged = new JudgedFinding(rule, finding, invocation, severity, Verdict(rule, severity, policy, isGuess));
        if (severity == BashSeverity.Critical || judged.Verdict == VerdictKind.Pass || invocation is null) return judged;
        foreach (var entry in policy.Allow)
        {
            if (entry.Covers(rule.Id, invocation.ToString(), invocation.Directory, today))
                return judged with { Verdict = VerdictKind.Pass, Allowed = entry };
        }
        return judged;
    }

    private static VerdictKind Verdict(BashRule rule, BashSeverity severity, BashPolicy policy, bool isGuess)
    {
        if (severity == BashSeverity.Critical) return VerdictKind.Deny;
        var preset = severity switch
        {
            BashSeverity.Low => policy.IsStrict ? VerdictKind.Ask : VerdictKind.Pass,
            // Why: a guess is never denied by a preset; the program may do something else with its words.
            BashSeverity.Medium => policy.IsStrict && !isGuess ? VerdictKind.Deny : VerdictKind.Ask,
            _ => VerdictKind.Deny,
        };
        var verdict = policy.Rules.TryGetValue(rule.Id, out var action) ? Of(action) : preset;
        if (!policy.ProjectRules.TryGetValue(rule.Id, out var projects)) return verdict;
        if (projects == BashRuleAction.Off) return severity == BashSeverity.Low ? VerdictKind.Pass : verdict;
        return Of(projects) > verdict ? Of(projects) : verdict;
    }

    private static VerdictKind Of(BashRuleAction action) => action switch
    {
        BashRuleAction.Off => VerdictKind.Pass,
        BashRuleAction.Ask => VerdictKind.Ask,
        _ => VerdictKind.Deny,
    };
}
