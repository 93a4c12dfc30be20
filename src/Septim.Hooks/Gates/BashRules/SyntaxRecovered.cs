using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Unfinished syntax that leaves a place open where code would run.</summary>
internal static class SyntaxRecovered
{
    public static readonly BashRule Rule = new("syntax-recovered", BashSeverity.Medium)
    {
        Reason = "its syntax is unfinished where code would run; close it and try again",
        Advice = "close what is open and retry",
        Denies =
        [
            "echo $(date",
            "echo `date",
            "diff <(ls a",
        ],
        Passes =
        [
            "echo 'unfinished",
            "echo \"unfinished",
            "ls )",
        ],
        JudgeReading = JudgeReading,
    };

    private static BashFinding? JudgeReading(ShellReading reading, RuleSetting setting)
    {
        return reading.Gap is { HasOpenCode: true } gap ? BashFinding.Plain with { Why = $"{gap.Message}: close it and try again" } : null;
    }
}
