using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Processes are started without end.</summary>
internal static class SysForkBomb
{
    public static readonly BashRule Rule = new("sys-fork-bomb", BashSeverity.Critical)
    {
        Reason = "it starts processes until the machine stands still",
        Alternative = "for i in 1 2 3; do work & done; wait",
        Denies =
        [
            "f(){ f|f & }; f",
            ":(){ :|:& };:",
            "while true; do sleep 100 & done",
        ],
        Passes =
        [
            "for i in 1 2 3; do work & done; wait",
            "while true; do date; sleep 1; done",
            "echo ':(){ :|:& };:'",
            "while true; do work & wait; done",
        ],
        JudgeReading = JudgeReading,
    };

    private static BashFinding? JudgeReading(ShellReading reading, RuleSetting setting)
    {
        return reading.ForkBombs.Count > 0 ? BashFinding.Plain with { Segment = reading.ForkBombs[0] } : null;
    }
}
