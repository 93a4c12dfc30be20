using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>
/// Commands for other machines that travel in a parameter. What ssh, docker exec and kubectl exec run is opened by the evaluator;
/// here are the tools that carry it in an option of their own. The payload is judged by all rules.
/// </summary>
internal static class RemoteShell
{
    public static readonly BashRule Rule = new("remote-shell", BashSeverity.High)
    {
        Reason = "another machine would run something that is refused here",
        Alternative = "ssh h 'ls -la /srv/app'",
        Denies =
        [
            "aws ssm send-command --document-name AWS-RunShellScript --targets Key=tag:a,Values=b --parameters commands='rm -rf /srv/app'",
            "az vm run-command invoke -g g -n v --command-id RunShellScript --scripts 'rm -rf /var/lib'",
            "ansible all -m shell -a 'rm -rf /srv/app'",
            "ansible web -a 'reboot'",
            "salt '*' cmd.run 'rm -rf /srv'",
            "pdsh -w web[1-9] 'rm -rf /srv/app'",
            "pssh -h hosts.txt 'shutdown -h now'",
            "clush -w web[1-9] rm -rf /srv/app",
        ],
        Passes =
        [
            "docker run --rm -v \"$PWD\":/w image rm -rf /w/dist",
            "ssh h 'ls; git log -1 2>/dev/null'",
            "aws ssm send-command --document-name AWS-RunShellScript --parameters commands='uptime'",
            "ansible all -m shell -a 'uptime'",
            "salt '*' test.ping",
            "pdsh -w web[1-9] uptime",
            "ansible all -m ping",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        var payload = at.Name switch
        {
            "aws" => Ssm(at),
            "az" => Azure(CommandPath.Read(at.Arguments, "-y --yes --no-wait", true)),
            "ansible" => Ansible(at),
            "salt" or "salt-ssh" or "salt-call" => Salt(at),
            "pdsh" or "pssh" or "parallel-ssh" or "clush" or "dsh" or "mussh" or "rust-parallel-ssh" => Words(at),
            "fab" => CommandPath.Read(at.Arguments, "-H --hosts -i -u --user").Words is { Count: > 0 } words && at.HasArgument("--") ? words[^1].Text : null,
            _ => null,
        };
        if (payload is null || payload.Length == 0 || payload.Length > ShellLimits.Characters) return null;
        return Payload(payload, at.Setting);
    }

    /// <summary>The worst that any rule says of the text when another machine runs it.</summary>
    private static BashFinding? Payload(string text, RuleSetting setting)
    {
        var reading = ShellProgram.Evaluate("ssh host.invalid '" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'", setting.Shell);
        BashFinding? worst = null;
        foreach (var inner in RuleCase.AllOf(reading, setting))
        {
            foreach (var rule in BashRuleList.All)
            {
                if (rule.Find(inner) is not { } finding) continue;
                var severity = finding.Severity ?? rule.Severity;
                if (worst is null || severity > worst.Severity) worst = new BashFinding(severity, "there " + (finding.Why ?? rule.Reason));
            }
        }
        return worst;
    }

    /// <summary><c>--parameters commands='…'</c>, <c>commands=["a","b"]</c>, <c>'{"commands":["a"]}'</c>.</summary>
    private static string? Ssm(RuleCase at)
    {
        var path = CommandPath.Read(at.Arguments, CloudDelete.AwsFlags, true);
        if (path[0] != "ssm" || path[1] is not ("send-command" or "start-session") || path.Value("--parameters")?.Text is not { } parameters) return null;
        var start = parameters.IndexOf("command", StringComparison.OrdinalIgnoreCase);
        if (start < 0) return null;
        var value = parameters[(start + 7)..].TrimStart('s', '"', '\'', ' ', '=', ':');
        if (value.Length == 0 || value[0] != '[') return value;
        var commands = new System.Text.StringBuilder();
        var inText = false;
        for (var i = 1; i < value.Length; i++)
        {
            var c = value[i];
            if (c == '\\' && inText && i + 1 < value.Length) commands.Append(value[++i]);
            else if (c is '"') { inText = !inText; if (!inText) commands.Append('\n'); }
            else if (c == ']' && !inText) break;
            else if (inText || c != ',') commands.Append(c);
        }
        return commands.ToString();
    }

    private static string? Azure(CommandPath path) => (path[0], path[1]) switch
    {
        (_, "run-command") => (path.Value("--scripts") ?? path.Value("--script"))?.Text,
        ("aks", "command") => path.Value("--command", "-c")?.Text,
        ("vm" or "vmss", "extension") => path.Value("--settings", "--protected-settings")?.Text is { } settings && settings.IndexOf("commandToExecute", StringComparison.Ordinal) is >= 0 and var start
            ? settings[(start + 16)..].Trim('"', ' ', ':', '}') : null,
        ("container", "exec") => path.Value("--exec-command")?.Text,
        ("containerapp", "exec") => path.Value("--command")?.Text,
        _ => null,
    };

    private static string? Ansible(RuleCase at)
    {
        var path = CommandPath.Read(at.Arguments, "-m --module-name -a --args -i --inventory -u --user -l --limit -e --extra-vars -f --forks -t --tree --private-key --key-file -c --connection");
        if (path.HasAny("--check", "-C", "--help")) return null;
        if (path.Value("-m", "--module-name")?.Text is "cron" or "ansible.builtin.cron" && path.Value("-a", "--args")?.Text is { } cron && cron.IndexOf("job=", StringComparison.Ordinal) is >= 0 and var job) return cron[(job + 4)..].Trim('"', '\'');
        return path.Value("-m", "--module-name")?.Text is null or "shell" or "command" or "raw" or "ansible.builtin.shell" or "ansible.builtin.command" or "ansible.builtin.raw" ? Free(path.Value("-a", "--args")?.Text) : null;
    }

    /// <summary>Modules take their command as free text, or as <c>cmd="…"</c>.</summary>
    private static string? Free(string? text) => text is not null && text.StartsWith("cmd=", StringComparison.Ordinal) ? text[4..].Trim('"', '\'') : text;

    private static string? Salt(RuleCase at)
    {
        for (var i = 0; i + 1 < at.Arguments.Length && at.Name == "salt-ssh"; i++)
        {
            if (at.Arguments[i].Text is "-r" or "--raw" or "--raw-shell") return at.Argument(i + 1);
        }
        for (var i = 0; i + 1 < at.Arguments.Length; i++)
        {
            if (at.Arguments[i].Text is "cmd.run" or "cmd.run_all" or "cmd.shell" or "cmd.script") return at.Argument(i + 1);
        }
        return null;
    }

    private static string Words(RuleCase at)
    {
        var given = OptionReader.Read(at.Arguments, new OptionTable("w:g:h:H:l:t:u:f:x:p:o:e:R:", "hosts= host= user= par= timeout= outdir= errdir=") { StopsAtOperand = true });
        var text = "";
        foreach (var word in given.Operands) text += (text.Length == 0 ? "" : " ") + word.Shown;
        return text;
    }
}
