using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>A limit of the parser was reached.</summary>
internal static class LimitExceeded
{
    public static readonly BashRule Rule = new("limit-exceeded", BashSeverity.High)
    {
        Reason = "the command is larger or deeper than this gate reads",
        Advice = "split the command into several calls",
        Denies =
        [
            "echo $($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($($(x))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))",
            "echo {a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}",
        ],
        Passes =
        [
            "echo {a,b}{c,d}",
            "echo $(echo $(echo x))",
        ],
        JudgeReading = JudgeReading,
    };

    private static BashFinding? JudgeReading(ShellReading reading, RuleSetting setting)
    {
        return reading.Breach is { } limit ? BashFinding.Plain with { Why = $"the command reaches the limit {limit}; split it" } : null;
    }
}
