using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>A program that runs with the rights of its owner.</summary>
internal static class PermSetuid
{
    public static readonly BashRule Rule = new("perm-setuid", BashSeverity.Critical)
    {
        Reason = "whoever starts it gets the rights of its owner",
        Denies =
        [
            "chmod u+s /bin/bash",
            "chmod 4755 x",
            "setcap cap_setuid+ep x",
            "chmod g+s tool",
            "chmod 6755 ./x",
            "chmod u=rwxs x",
            "install -m 4755 a b",
        ],
        Passes =
        [
            "getcap x",
            "chmod 755 x",
            "chmod 1777 /tmp/shared",
            "chmod -R u-s build",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        switch (at.Name)
        {
            case "setcap":
                return at.Arguments.Length > 1 && !at.HasArgument("-r") && !at.HasArgument("-v") && !at.AsksForHelp ? BashFinding.Plain : null;
            case "chmod":
                var operands = ModeTools.Chmod(at.Arguments).Operands;
                return operands.Count > 1 && operands[0].Text is { } mode && Sets(mode) ? BashFinding.Plain : null;
            case "install" or "mkdir":
                var given = OptionReader.Read(at.Arguments, new OptionTable("m:pvg:o:t:S:", "mode= parents verbose"));
                return given.Value("-m", "--mode")?.Text is { } set && Sets(set) && at.Name == "install" ? BashFinding.Plain : null;
            default:
                return null;
        }
    }

    private static bool Sets(string mode)
    {
        if (mode.Length > 0 && mode.AsSpan().IndexOfAnyExceptInRange('0', '7') < 0)
        {
            var bits = mode.Length < 4 ? 0 : mode[^4] - '0';
            return (bits & 6) != 0;
        }
        foreach (var range in mode.AsSpan().Split(','))
        {
            var clause = mode.AsSpan()[range];
            var sign = clause.IndexOfAny('+', '=');
            if (sign >= 0 && clause[(sign + 1)..].Contains('s')) return true;
        }
        return false;
    }
}
