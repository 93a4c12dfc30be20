using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Gates.BashRules;
using Septim.Hooks.Shell;
using Septim.Hooks.Shell.PowerShell;

namespace Septim.Hooks.Gates;

/// <summary>
/// Refuses commands that destroy, leak or bypass (docs/bash-gate.md). Reads the tools Bash and PowerShell and nothing else.
/// </summary>
/// <param name="policy">What the configuration made of the rules.</param>
/// <param name="today">Decides only whether an exception has expired.</param>
internal sealed class BashGate(BashPolicy policy, DateOnly today)
{
    public static bool Concerns(ToolCall? tool) => tool?.Name is "Bash" or "PowerShell";

    /// <exception cref="HookFault">The tool call holds no command.</exception>
    public Verdict Judge(ToolCall tool, RuleSetting setting)
    {
        if (!Concerns(tool)) return Verdict.Pass;
        var command = tool.InputText("command")
            ?? throw new HookFault($"the input of {tool.Name} has no command, so there is nothing to judge");
        return Judge(Read(tool.Name, command, setting), setting);
    }

    public Verdict Judge(ShellReading reading, RuleSetting setting)
    {
        if (BashJudge.Strictest(BashJudge.Judge(reading, setting, policy, today)) is not { } finding) return Verdict.Pass;
        var reason = BashMessage.Of(finding, reading.Command);
        return policy.Observe
            ? new Verdict(VerdictKind.Pass, finding.Rule.Id, "observed only, it would be refused: " + reason)
            : new Verdict(finding.Verdict, finding.Rule.Id, reason);
    }

    private static ShellReading Read(string tool, string command, RuleSetting setting) =>
        tool == "PowerShell" ? PowerShellProgram.Evaluate(command, setting.Shell) : ShellProgram.Evaluate(command, setting.Shell);
}
