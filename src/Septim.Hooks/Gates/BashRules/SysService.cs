using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>A service that protects the machine, or access to it, is stopped.</summary>
internal static class SysService
{
    public static readonly BashRule Rule = new("sys-service", BashSeverity.Medium)
    {
        Reason = "it switches off what protects the machine or lets people in",
        Alternative = "iptables -L -n",
        Denies =
        [
            "systemctl stop sshd",
            "systemctl disable firewalld",
            "systemctl mask auditd",
            "iptables -F",
            "ufw disable",
            "setenforce 0",
            "auditctl -D",
            "service ssh stop",
            "iptables -P INPUT ACCEPT",
            "nft flush ruleset",
            "swapoff -a",
            "sysctl -w kernel.randomize_va_space=0",
            "csrutil disable",
            "spctl --master-disable",
            "history -c",
            "ip route del default",
            "nmcli networking off",
            "mount -o remount,exec /tmp",
            "journalctl --vacuum-time=1s",
            "chattr -i /etc/passwd",
        ],
        Passes =
        [
            "systemctl status sshd",
            "iptables -L",
            "ufw status",
            "getenforce",
            "systemctl restart myapp",
            "sysctl -a",
            "systemctl stop myapp",
            "ip route get 1.1.1.1",
            "journalctl --vacuum-size=500M",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        if (at.AsksForHelp) return null;
        var first = at.Argument(0);
        var hits = at.Name switch
        {
            "systemctl" => Systemctl(at),
            "service" or "rc-service" => at.Argument(1) is "stop" && IsGuard(first),
            "sv" or "initctl" or "svcadm" => first is "stop" or "down" or "exit" or "force-stop" or "disable" && IsGuard(at.Argument(1)),
            "launchctl" => first is "unload" or "bootout" or "disable" or "remove",
            "iptables" or "ip6tables" or "ebtables" or "arptables" => Has(at, "-F", "--flush") || Has(at, "-X", "--delete-chain") || ChangesChain(at) || Has(at, "-P", "--policy"),
            "nft" => Has(at, "-f", "--file") || first is "flush" || (first is "delete" && at.Argument(1) is "table" or "chain") || first?.StartsWith("flush ", StringComparison.Ordinal) == true || first?.StartsWith("delete table ", StringComparison.Ordinal) == true || first?.StartsWith("delete chain ", StringComparison.Ordinal) == true,
            "ufw" => first is "disable" or "reset" || (first is "--force" && at.Argument(1) is "reset" or "disable") || (first is "default" && at.Argument(1) is "allow"),
            "pfctl" => Has(at, "-d", "-F") || at.HasArgument("-f") && !at.HasArgument("-n"),
            "apparmor_parser" => Has(at, "-R", "--remove") || at.Argument(0) is { } letters && letters.StartsWith("-R", StringComparison.Ordinal),
            "pkill" or "killall" => at.Arguments.Length > 0 && !at.HasArgument("-0") && IsGuard(at.Arguments[^1].Text),
            "mount" => Remounts(at),
            "setenforce" => first is "0" or "Permissive" or "permissive",
            "auditctl" => at.HasArgument("-D") || (at.HasArgument("-e") && at.HasArgument("0")),
            "aa-disable" or "aa-teardown" or "aa-complain" => true,
            "csrutil" => first is "disable",
            "spctl" => at.HasArgument("--master-disable") || at.HasArgument("--global-disable"),
            "swapoff" => Has(at, "-a", "--all"),
            "sysctl" => Sysctl(at),
            "journalctl" => Vacuums(at),
            "dmesg" => Has(at, "-C", "--clear") || Has(at, "-c", "--read-clear"),
            "history" => at.HasArgument("-c") || at.HasArgument("-w") && at.HasArgument("-c"),
            "umount" => at.HasArgument("-a") || at.HasArgument("-l") && at.HasArgument("/"),
            _ => at.Argument(0) is "stop" && at.Invocation.Program?.Text is { } script && script.StartsWith("/etc/init.d/", StringComparison.Ordinal) && IsGuard(at.Name),
        };
        return hits ? BashFinding.Plain : null;
    }

    /// <summary>A rule is put in, taken out or replaced; <c>-C</c>, <c>-L</c> and <c>-S</c> only look.</summary>
    private static bool ChangesChain(RuleCase at)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is "-A" or "-I" or "-D" or "-R" or "--append" or "--insert" or "--delete" or "--replace") return true;
        }
        return false;
    }

    /// <summary><c>mount -o remount,exec /tmp</c>: what protected a file system is taken off.</summary>
    private static bool Remounts(RuleCase at)
    {
        var options = OptionReader.Read(at.Arguments, new OptionTable("t:o:O:L:U:", "types= options= label= uuid= bind rbind move make-private")).Value("-o", "--options")?.Text;
        if (options is null || !options.Contains("remount", StringComparison.Ordinal)) return false;
        foreach (var option in options.Split(','))
        {
            if (option is "rw" or "exec" or "suid" or "dev") return true;
        }
        return false;
    }

    private static bool Systemctl(RuleCase at)
    {
        var words = OptionReader.Read(at.Arguments, new OptionTable("t:p:n:o:H:M:s:", "type= state= property= lines= output= host= machine= root= what= job-mode= signal= kill-whom=")).Operands;
        if (words.Count == 0 || words[0].Text is not ("stop" or "disable" or "mask" or "kill" or "revert")) return false;
        for (var i = 1; i < words.Count; i++)
        {
            if (IsGuard(words[i].Text)) return true;
        }
        return false;
    }

    /// <summary>Remote access, firewalls, audit, mandatory access control, logging, time and virus scanners.</summary>
    private static bool IsGuard(string? service)
    {
        if (service is null) return false;
        var name = service.EndsWith(".service", StringComparison.Ordinal) ? service[..^8] : service.EndsWith(".socket", StringComparison.Ordinal) ? service[..^7] : service;
        return name is "ssh" or "sshd" or "firewalld" or "ufw" or "iptables" or "nftables" or "netfilter-persistent" or "auditd" or "apparmor" or "fail2ban" or "rsyslog" or "syslog" or "systemd-journald"
            or "crowdsec" or "clamav-daemon" or "falcon-sensor" or "wazuh-agent" or "osqueryd" or "NetworkManager" or "systemd-networkd" or "networking" or "systemd-resolved" or "chronyd" or "ntpd" or "docker" or "containerd" or "kubelet"
            or "falco" or "ossec" or "snort" or "suricata" or "selinux" or "dbus" or "cron" or "crond";
    }

    private static bool Sysctl(RuleCase at)
    {
        bool sets = false, sizes = false;
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is "-p" or "--system" || argument.StartsWith("--load")) return true;
            sets |= argument.Text is "-w" or "--write";
            var equals = argument.Shown.IndexOf('=', StringComparison.Ordinal);
            if (argument.StartsWith("-") || equals < 0) continue;
            // Why: databases and watchers ask for more room, which protects and opens nothing.
            if (argument.Shown.AsSpan(0, equals) is not ("fs.inotify.max_user_watches" or "fs.inotify.max_user_instances" or "fs.file-max" or "vm.max_map_count" or "net.core.somaxconn")) return true;
            sizes = true;
        }
        return sets && !sizes;
    }

    /// <summary><c>journalctl --vacuum-time=1s</c>: hours or kilobytes of the log are left. Days and megabytes are upkeep.</summary>
    private static bool Vacuums(RuleCase at)
    {
        for (var i = 0; i < at.Arguments.Length; i++)
        {
            if (!at.Arguments[i].StartsWith("--vacuum-")) continue;
            var text = at.Arguments[i].Shown;
            var value = text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals ? text[(equals + 1)..] : at.Argument(i + 1) ?? "";
            if (text.StartsWith("--vacuum-files", StringComparison.Ordinal) ? value is "0" or "1" : !value.EndsWith('M') && !value.EndsWith('G') && value.AsSpan().IndexOfAny("dwy") < 0 && !value.EndsWith("month", StringComparison.Ordinal) && !value.EndsWith("months", StringComparison.Ordinal)) return true;
        }
        return false;
    }

    private static bool Has(RuleCase at, string name, string other) => at.HasArgument(name) || at.HasArgument(other);
}
