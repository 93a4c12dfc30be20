namespace Septim.Hooks.Gates.BashRules;

/// <summary>The machine is switched off or restarted.</summary>
internal static class SysPower
{
    public static readonly BashRule Rule = new("sys-power", BashSeverity.High)
    {
        Reason = "it stops the machine and all that runs on it",
        Denies =
        [
            "shutdown -h now",
            "reboot",
            "halt",
            "poweroff",
            "init 0",
            "telinit 6",
            "systemctl reboot",
            "echo b > /proc/sysrq-trigger",
            "systemctl poweroff -i",
            "pm-suspend",
            "osascript -e 'tell app \"System Events\" to shut down'",
        ],
        Passes =
        [
            "shutdown --help",
            "uptime",
            "aws ec2 describe-instances --instance-initiated-shutdown-behavior stop",
            "systemctl status reboot.target",
            "shutdown -c",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        if (at.AsksForHelp) return null;
        switch (at.Name)
        {
            case "shutdown":
                return at.HasArgument("-c") || at.HasArgument("-k") || at.HasArgument("--show") || at.HasArgument("/?") || at.HasArgument("/a") || at.HasArgument("-?") ? null : BashFinding.Plain;
            case "reboot" or "halt" or "poweroff" or "pm-suspend" or "pm-hibernate":
                return at.HasArgument("-w") || at.HasArgument("--wtmp-only") ? null : BashFinding.Plain;
            case "init" or "telinit":
                return at.Argument(0) is "0" or "6" or "1" or "s" or "S" ? BashFinding.Plain : null;
            case "systemctl" when !at.HasArgument("--dry-run"):
                for (var i = 0; i < at.Arguments.Length; i++)
                {
                    var argument = at.Arguments[i];
                    if (argument.Text is "-H" or "-M" or "-t" or "-p" or "-n" or "-o" or "-s" or "--host" or "--machine" or "--root" or "--image" or "--job-mode" or "--message") i++;
                    if (argument.StartsWith("-")) continue;
                    return argument.Text is "reboot" or "poweroff" or "halt" or "kexec" or "suspend" or "hibernate" or "rescue" or "emergency" or "soft-reboot" or "isolate" ? BashFinding.Plain : null;
                }
                return null;
            case "osascript":
                foreach (var argument in at.Arguments)
                {
                    if (argument.Text is { } text && (text.Contains("shut down", StringComparison.OrdinalIgnoreCase) || text.Contains("restart", StringComparison.OrdinalIgnoreCase) || text.Contains("log out", StringComparison.OrdinalIgnoreCase))) return BashFinding.Plain;
                }
                return null;
            case "loginctl":
                return at.Argument(0) is "reboot" or "poweroff" or "halt" or "suspend" or "hibernate" ? BashFinding.Plain : null;
            case "busctl" or "dbus-send" or "gdbus" or "qdbus":
                foreach (var argument in at.Arguments)
                {
                    if (argument.Text is { } text && text[(text.LastIndexOf('.') + 1)..] is "PowerOff" or "Reboot" or "Halt" or "Suspend" or "Hibernate" or "RebootWithFlags" or "PowerOffWithFlags") return BashFinding.Plain;
                }
                return null;
            case "kexec":
                return at.HasArgument("-e") ? BashFinding.Plain : null;
        }
        foreach (var effect in at.Effects)
        {
            if (effect.Kind is FileEffectKind.Write or FileEffectKind.Append && effect.Place.Path is "/proc/sysrq-trigger" or "/sys/power/state") return BashFinding.Plain;
        }
        return null;
    }
}
