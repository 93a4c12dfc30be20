using Septim.Hooks.Config;
using Septim.Hooks.Gates;
using Septim.Hooks.Gates.BashRules;
using Septim.Hooks.Shell;

namespace Septim.Hooks.Tests.Support;

/// <summary>The world of the bash cases: project /home/dev/project, home /home/dev, neither exists.</summary>
internal static class BashCases
{
    public const string Project = "/home/dev/project";
    public const string Home = "/home/dev";
    public static readonly DateOnly Today = new(2026, 11, 22);

    public static RuleSetting Setting(string? directory = null) =>
        new(new ShellSetting(directory ?? Project, Home, directory ?? Project));

    public static List<JudgedFinding> Findings(string command, BashPolicy? policy = null, string? directory = null)
    {
        var setting = Setting(directory);
        return BashJudge.Judge(ShellProgram.Evaluate(command, setting.Shell), setting, policy ?? BashPolicy.Standard, Today);
    }

    public static JudgedFinding? Strictest(string command, BashPolicy? policy = null, string? directory = null) =>
        BashJudge.Strictest(Findings(command, policy, directory));

    public static VerdictKind Judge(string command, BashPolicy? policy = null, string? directory = null) =>
        Strictest(command, policy, directory)?.Verdict ?? VerdictKind.Pass;

    public static string Told(string command) => Strictest(command) is { } f ? $"{f.Verdict} {f.Rule.Id}: {BashMessage.Of(f, command)}" : "Pass";
}
