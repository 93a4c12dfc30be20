using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Gates.BashRules;
using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates;

/// <summary>
/// Refuses commands that destroy, leak or bypass (docs/bash-gate.md). Reads what Bash, PowerShell, Monitor and skills run, and nothing else.
/// </summary>
internal sealed class BashGate : IGate
{
    public string Id => "bash-gate";

    public bool Judges(GateContext context) =>
        context.Input.EventName == HookEvent.PreToolUse && CommandReading.MayComeFrom(context.Input.Tool?.Name);

    /// <exception cref="HookFault">The tool call holds no command, or the policy cannot be understood.</exception>
    public Verdict Judge(GateContext context)
    {
        if (context.Command is not { } command) return Verdict.Pass;
        var policy = PolicyOf(context.Config);
        return Judge(command.Reading, command.Text, command.Setting, policy, DateOnly.FromDateTime(context.Time.GetUtcNow().UtcDateTime));
    }

    /// <summary>The verdict on what was read. Pure.</summary>
    /// <param name="reading">Of the command.</param>
    /// <param name="command">As the client sent it.</param>
    /// <param name="setting">The world around it.</param>
    /// <param name="policy">What the configuration made of the rules.</param>
    /// <param name="today">Decides only whether an exception has expired.</param>
    public static Verdict Judge(ShellReading reading, string command, RuleSetting setting, BashPolicy policy, DateOnly today)
    {
        var findings = BashJudge.Judge(reading, setting, policy, today, untilDecided: true);
        if (BashJudge.Strictest(findings) is not { } finding) return Noted(findings, command);
        var reason = BashMessage.Of(finding, command);
        return policy.Observe
            ? new Verdict(VerdictKind.Pass, finding.Rule.Id, "observed only, it would be refused: " + reason)
            : new Verdict(finding.Verdict, finding.Rule.Id, reason);
    }

    /// <summary>What is of severity low and passes is worth a line in the log, and no word to anybody.</summary>
    private static Verdict Noted(List<JudgedFinding> findings, string command)
    {
        foreach (var finding in findings)
        {
            if (finding.Severity == BashSeverity.Low && finding.Allowed is null)
                return new Verdict(VerdictKind.Pass, finding.Rule.Id, "noted: " + BashMessage.Of(finding, command)) { IsForLogOnly = true };
        }
        return Verdict.Pass;
    }

    public static BashPolicy PolicyOf(SeptimConfig config) => BashPolicy.Parse(config.Layers, BashRuleList.SeverityOf);

    /// <summary>The command as its tool would run it: PowerShell's is the code of a <c>pwsh -Command</c>.</summary>
    public static ShellReading Read(string tool, string command, RuleSetting setting) => tool == "PowerShell"
        ? ShellProgram.Evaluate("pwsh -Command '" + command.Replace("'", "'\\''", StringComparison.Ordinal) + "'", setting.Shell)
        : ShellProgram.Evaluate(command, setting.Shell);
}
