using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Something that runs later or lets somebody in is put in place.</summary>
internal static class PrivPersist
{
    public static readonly BashRule Rule = new("priv-persist", BashSeverity.Critical)
    {
        Reason = "it makes something run later, or lets somebody in, after this session",
        Denies =
        [
            "echo key >> ~/.ssh/authorized_keys",
            "echo x >> ~/.bashrc",
            "echo \"x ALL=(ALL) NOPASSWD: ALL\" >> /etc/sudoers",
            "crontab -r",
            "echo \"* * * * * x\" | crontab -",
            "useradd eve",
            "usermod -aG sudo eve",
            "passwd root",
            "cp x.service /etc/systemd/system/",
            "systemctl enable x.service",
            "launchctl load ~/Library/LaunchAgents/x.plist",
            "echo /tmp/x.so > /etc/ld.so.preload",
            "visudo",
            "systemd-run --user --on-calendar=hourly x",
            "adduser dev docker",
            "patch -o ~/.bashrc a b",
            "ansible all -m lineinfile -a 'path=/etc/sudoers line=x'",
            "ansible all -m copy -a 'src=x dest=/etc/sudoers'",
            "defaults write com.apple.loginwindow LoginHook /tmp/x.sh",
            "sed -n 'w /home/dev/.bashrc' x",
            "sed -n 'w /home/dev/.ssh/authorized_keys' x",
        ],
        Passes =
        [
            "crontab -l",
            "ansible all -m copy -a 'src=x dest=/tmp/x'",
            "ansible all --check -m copy -a 'src=x dest=/etc/sudoers'",
            "defaults write com.apple.dock autohide -bool true",
            "patch -o out ~/.bashrc b",
            "systemctl status x",
            "systemctl --user list-timers",
            "cat ~/.bashrc",
            "cp ~/.bashrc ./bashrc.bak",
            "passwd --help",
            "id eve",
            "grep alias ~/.zshrc",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        if (Account(at) is { } account) return account;
        foreach (var effect in at.Effects)
        {
            // Why: an existing file made smaller is judged as loss (fs-truncate, fs-rm-home); here is what comes in.
            if (effect.Kind is not (FileEffectKind.Write or FileEffectKind.Append)) continue;
            var kind = ProtectedFile.OfWritten(effect, at.Setting);
            if (kind is ProtectedKind.Startup or ProtectedKind.Access or ProtectedKind.Schedule) return BashFinding.Plain;
        }
        return null;
    }

    private static BashFinding? Account(RuleCase at)
    {
        if (at.AsksForHelp) return null;
        switch (at.Name)
        {
            case "crontab":
                return at.HasArgument("-l") || at.Arguments.Length == 0 && at.Invocation.Input.IsNothing ? null : BashFinding.Plain;
            case "visudo" or "vipw" or "vigr" when at.HasArgument("-c") || at.HasArgument("--check"):
                return null;
            case "useradd" or "userdel" or "usermod" or "groupadd" or "groupdel" or "groupmod" or "gpasswd" or "chpasswd" or "visudo" or "vipw" or "vigr" or "chsh" or "newusers" or "deluser" or "adduser" or "addgroup" or "delgroup" or "dseditgroup" or "sysadminctl":
                return BashFinding.Plain;
            case "passwd":
                return at.HasArgument("-S") || at.HasArgument("--status") ? null : BashFinding.Plain;
            case "systemctl":
                return Systemctl(at);
            case "launchctl":
                return at.Argument(0) is "load" or "bootstrap" or "enable" or "submit" ? BashFinding.Plain : null;
            case "update-rc.d" or "chkconfig" or "insserv":
                return at.Arguments.Length > 1 && !at.HasArgument("--list") ? BashFinding.Plain : null;
            case "systemd-run":
                return Timed(at) ? BashFinding.Plain : null;
            case "ansible":
                return Ansible(at) ? BashFinding.Plain : null;
            case "osascript":
                foreach (var argument in at.Arguments)
                {
                    if (argument.Text is { } script && script.Contains("make", StringComparison.OrdinalIgnoreCase) && script.Contains("login item", StringComparison.OrdinalIgnoreCase)) return BashFinding.Plain;
                }
                return null;
            case "defaults":
                return at.HasArgument("write") && (at.HasArgument("LoginHook") || at.HasArgument("LogoutHook")) ? BashFinding.Plain : null;
            case "loginctl":
                return at.Argument(0) is "enable-linger" ? BashFinding.Plain : null;
            case "at" or "batch":
                return at.HasArgument("-l") || at.HasArgument("-V") || at.HasArgument("-c") ? null : BashFinding.Medium;
            case "ssh-copy-id":
                return BashFinding.Plain;
            case "insmod" or "modprobe" or "rmmod" or "kextload":
                return at.Arguments.Length > 0 && !at.HasArgument("-n") && !at.HasArgument("--dry-run") && !at.HasArgument("--show-depends") ? BashFinding.Plain : null;
            default:
                return null;
        }
    }

    /// <summary>A module that writes a file which says who may come in, or what runs later.</summary>
    private static bool Ansible(RuleCase at)
    {
        var given = OptionReader.Read(at.Arguments, s_ansible);
        if (given.Has("-C", "--check")) return false;
        var module = given.Value("-m", "--module-name")?.Text;
        if (module is not null && NameList.Has("authorized_key user", ShortName(module)) && given.Value("-a", "--args")?.Shown.Contains("state=absent", StringComparison.Ordinal) != true) return true;
        if (module is null || !NameList.Has("copy template lineinfile blockinfile replace file get_url", ShortName(module)) || given.Value("-a", "--args")?.Text is not { } text) return false;
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || part[..equals] is not ("path" or "dest" or "destfile" or "name")) continue;
            var word = Word.Of(part[(equals + 1)..].Trim('\'', '"'));
            if (ProtectedFile.Of(at.PlaceOf(word), word, at.Setting) is ProtectedKind.Startup or ProtectedKind.Access or ProtectedKind.Schedule) return true;
        }
        return false;
    }

    /// <summary><c>ansible.builtin.copy</c> is <c>copy</c>.</summary>
    private static string ShortName(string module) => module[(module.LastIndexOf('.') + 1)..];

    private static readonly OptionTable s_ansible = new("a:bB:CDe:f:i:I:kKl:m:M:oP:t:u:v", "args= become become-method= become-user= check diff extra-vars= forks= inventory= limit= module-name= module-path= user= connection= private-key= timeout= vault-id= vault-password-file=");

    private static bool Timed(RuleCase at)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.StartsWith("--on-") || argument.StartsWith("--timer-property")) return true;
        }
        return false;
    }

    private static BashFinding? Systemctl(RuleCase at)
    {
        var given = OptionReader.Read(at.Arguments, new OptionTable("t:p:n:o:H:M:s:", "type= state= property= lines= output= host= machine= user now runtime root= what= job-mode= signal="));
        var verb = given.Operands.Count > 0 ? given.Operands[0].Text : null;
        return verb is "enable" or "reenable" or "link" or "edit" or "set-default" or "preset" or "import-environment" or "set-environment" ? BashFinding.Plain : null;
    }
}
