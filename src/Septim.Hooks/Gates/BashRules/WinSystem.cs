namespace Septim.Hooks.Gates.BashRules;

/// <summary>Windows administration that destroys recovery, start-up, logs, protection or the registry.</summary>
internal static class WinSystem
{
    public static readonly BashRule Rule = new("win-system", BashSeverity.Critical)
    {
        Reason = "it damages Windows itself: recovery, start-up, registry, logs or protection",
        Alternative = "reg query HKLM\\Software\\X",
        Denies =
        [
            "vssadmin delete shadows /all /quiet",
            "wmic shadowcopy delete",
            "wbadmin delete catalog -quiet",
            "bcdedit /set {default} recoveryenabled No",
            "reg delete 'HKLM\\Software\\X' /f",
            "schtasks /delete /tn x /f",
            "cipher /w:C:",
            "wevtutil cl Security",
            "diskpart /s script.txt",
            "echo clean | diskpart",
            "netsh advfirewall set allprofiles state off",
            "net user eve Secret /add",
            "net localgroup administrators eve /add",
            "pwsh -c 'Set-MpPreference -DisableRealtimeMonitoring $true'",
            "pwsh -c 'Remove-Item -Path HKLM:\\Software\\X -Recurse'",
            "pwsh -c 'Clear-EventLog -LogName Security'",
            "cmd /c 'reg add HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Run /v x /d y /f'",
            "schtasks /create /tn x /tr C:\\x.exe /sc onlogon",
            "icacls 'C:\\' /grant Everyone:F /T",
            "icacls 'C:\\Windows' /grant Everyone:F",
            "pwsh -c 'Set-Acl C:\\Windows $acl'",
            "rundll32 comsvcs.dll, MiniDump 624 lsass.dmp full",
            "procdump -ma lsass.exe lsass.dmp",
        ],
        Asks = ["psexec '\\\\srv' -s cmd", "net stop WinDefend", "pwsh -c 'Stop-Service EventLog'", "icacls dist /grant Everyone:F /T"],
        Passes =
        [
            "reg query 'HKLM\\Software\\X'",
            "schtasks /query",
            "vssadmin list shadows",
            "bcdedit /enum",
            "wevtutil qe System /c:5",
            "net user",
            "netsh advfirewall show allprofiles",
            "pwsh -c 'Get-MpPreference'",
            "icacls file.txt",
            "icacls dist /grant Users:R",
            "icacls dist /grant Users:R /T",
            "icacls dist /reset /t",
            "takeown /f dist /r",
            "net stop MyApp",
            "pwsh -c 'Stop-Service MyApp'",
            "pwsh -c 'Get-Acl C:\\Windows'",
            "rundll32 printui.dll,PrintUIEntry /?",
            "procdump -ma myapp.exe",
            "cipher /e dir",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        switch (at.Name)
        {
            case "vssadmin": return Any(at, "delete") || Any(at, "resize") ? BashFinding.Plain : null;
            case "wmic": return Any(at, "shadowcopy") && Any(at, "delete") ? BashFinding.Plain : Any(at, "delete") || Any(at, "create") || Any(at, "uninstall") ? BashFinding.High : null;
            case "wbadmin": return Any(at, "delete") ? BashFinding.Plain : null;
            case "bcdedit": return Any(at, "/set") || Any(at, "/delete") || Any(at, "/deletevalue") || Any(at, "/import") || Any(at, "/create") ? BashFinding.Plain : null;
            case "bootrec" or "bootsect" or "bcdboot": return at.Arguments.Length > 0 && !Any(at, "/?") ? BashFinding.Plain : null;
            case "reg": return Registry(at);
            case "regedit" or "regedt32": return Any(at, "/s") ? BashFinding.High : null;
            case "schtasks": return Any(at, "/delete") ? BashFinding.Plain : Any(at, "/create") || Any(at, "/change") ? BashFinding.High : null;
            case "cipher": return Starts(at, "/w") ? BashFinding.Plain : null;
            case "wevtutil": return at.Argument(0) is "cl" or "clear-log" or "sl" or "set-log" ? BashFinding.Plain : null;
            case "diskpart": return Any(at, "/s") || Any(at, "-s") || at.Invocation.Input.Content is { Pieces.Length: > 0 } ? BashFinding.Plain : null;
            case "fsutil": return Any(at, "deletejournal") || Any(at, "setzerodata") || Any(at, "volume") && Any(at, "dismount") ? BashFinding.Plain : null;
            case "netsh": return Any(at, "advfirewall") && (Any(at, "off") || Any(at, "delete") || Any(at, "reset")) || Any(at, "portproxy") && Any(at, "add") ? BashFinding.Plain : Any(at, "firewall") && Any(at, "add") && Any(at, "action=allow") || Any(at, "interface") && (Any(at, "disable") || Any(at, "admin=disable")) ? BashFinding.Medium : Any(at, "firewall") && (Any(at, "disable") || Any(at, "off")) ? BashFinding.Plain : null;
            case "net" or "net1": return Net(at);
            case "sc": return at.Argument(0)?.ToLowerInvariant() is "delete" or "config" or "create" or "sdset" or "failure" ? BashFinding.Plain : at.Argument(0)?.ToLowerInvariant() == "stop" && GuardsSystem(at) ? BashFinding.Medium : null;
            case "takeown": return IsOwn(at) ? null : Any(at, "/r") ? BashFinding.Plain : BashFinding.Medium;
            case "icacls" or "cacls":
                if (!Any(at, "/grant") && !Any(at, "/reset") && !Any(at, "/setowner") && !Any(at, "/inheritance:r")) return null;
                if (IsOwn(at)) return Any(at, "/grant") && Starts(at, "everyone:") ? BashFinding.Medium : null;
                return Any(at, "/t") || Any(at, "/reset") || NamesSystem(at) ? BashFinding.Plain : null;
            case "set-acl": return NamesSystem(at) && !Any(at, "-whatif") ? BashFinding.Plain : null;
            // Why: the memory of lsass holds everybody's passwords.
            case "rundll32": return Holds(at, "comsvcs") && (Holds(at, "minidump") || Holds(at, "#24")) ? BashFinding.Plain : null;
            case "procdump" or "procdump64": return Holds(at, "lsass") ? BashFinding.Plain : null;
            // Why: what it runs, it runs on another machine or as the system.
            case "msiexec": return Starts(at, "/x") || Any(at, "/uninstall") ? BashFinding.Medium : null;
            case "dism": return Starts(at, "/disable-feature") || Any(at, "/resetbase") ? BashFinding.Medium : null;
            case "set-disk": return Any(at, "-isoffline") || Any(at, "-isreadonly") ? BashFinding.Medium : null;
            case "certutil": return Any(at, "-addstore") && Any(at, "root") ? BashFinding.Medium : null;
            case "ntdsutil": return Holds(at, "ifm") ? BashFinding.Plain : null;
            case "invoke-cimmethod" or "invoke-wmimethod": return Holds(at, "win32shutdown") ? BashFinding.Plain : null;
            case "set-wmiinstance" or "new-ciminstance": return Holds(at, "__eventfilter") || Holds(at, "eventconsumer") || Holds(at, "__filtertoconsumer") ? BashFinding.Plain : null;
            case "setx": return Any(at, "path") ? BashFinding.Medium : null;
            case "psexec" or "psexec64" or "paexec": return at.Arguments.Length > 0 && !Any(at, "-?") ? BashFinding.Medium : null;
            case "manage-bde": return Any(at, "-off") || Any(at, "-forcerecovery") || Any(at, "-protectors") && Any(at, "-delete") ? BashFinding.Plain : null;
            case "mountvol": return Any(at, "/d") ? BashFinding.Plain : null;
            case "auditpol": return Any(at, "/clear") || Any(at, "/remove") || Any(at, "disable") || Starts(at, "/success:disable") ? BashFinding.Plain : null;
            case "remove-item" or "set-itemproperty" or "new-itemproperty" or "remove-itemproperty" or "set-item" or "new-item" or "clear-item": return RegistryDrive(at);
            case "set-mppreference": return Starts(at, "-disable") && Any(at, "$true") || Starts(at, "-exclusion") || Starts(at, "-disable") && Any(at, "1") ? BashFinding.Plain : null;
            case "add-mppreference": return Starts(at, "-exclusion") ? BashFinding.Plain : null;
            case "set-netfirewallprofile": return Any(at, "false") || Any(at, "$false") ? BashFinding.Plain : null;
            case "disable-computerrestore" or "clear-eventlog" or "remove-eventlog" or "limit-eventlog" or "unregister-scheduledtask" or "remove-wmiobject" or "remove-ciminstance" or "disable-netfirewallrule" or "remove-netfirewallrule"
                or "uninstall-windowsfeature" or "disable-windowsoptionalfeature" or "disable-bitlocker" or "remove-localuser" or "remove-aduser" or "remove-adgroup" or "remove-adcomputer" or "remove-adobject" or "remove-adorganizationalunit" or "disable-adaccount" or "set-adaccountpassword" or "add-adgroupmember" or "remove-service" or "reset-computermachinepassword" or "disable-localuser":
                return Any(at, "-whatif") ? null : BashFinding.Plain;
            case "register-scheduledtask" or "register-scheduledjob" or "new-localuser" or "add-localgroupmember" or "new-service" or "set-service": return at.Name == "set-service" ? BashFinding.Medium : BashFinding.Plain;
            // Why: the policy of one process ends with it.
            case "set-executionpolicy": return (Any(at, "unrestricted") || Any(at, "bypass")) && !Any(at, "process") ? BashFinding.Medium : null;
            case "stop-service": return GuardsSystem(at) ? BashFinding.Medium : null;
            case "get-wmiobject" or "gwmi" or "get-ciminstance": return Any(at, "win32_shadowcopy") && at.Invocation.Via.Length > 0 && Deletes(at) ? BashFinding.Plain : null;
            case "wsl": return Any(at, "--unregister") ? BashFinding.High : null;
            default: return null;
        }
    }

    /// <summary>The same code calls a Delete or removes what it found.</summary>
    private static bool Deletes(RuleCase at)
    {
        foreach (var argument in at.Invocation.Via[^1].Arguments)
        {
            if (argument.Shown.Contains("Delete", StringComparison.OrdinalIgnoreCase) || argument.Shown.Contains("Remove-", StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    private static BashFinding? Registry(RuleCase at)
    {
        var verb = at.Argument(0)?.ToLowerInvariant();
        var key = at.Argument(1)?.ToUpperInvariant() ?? "";
        var isMachine = key.StartsWith("HKLM", StringComparison.Ordinal) || key.StartsWith("HKEY_LOCAL_MACHINE", StringComparison.Ordinal) || key.StartsWith("HKCR", StringComparison.Ordinal) || key.StartsWith("HKU", StringComparison.Ordinal);
        return verb switch
        {
            "delete" => isMachine ? BashFinding.Plain : BashFinding.High,
            "add" or "import" or "restore" or "load" => isMachine || key.Contains("\\RUN", StringComparison.Ordinal) ? BashFinding.Plain : verb == "add" ? BashFinding.Medium : BashFinding.High,
            "save" => key.EndsWith("SAM", StringComparison.Ordinal) || key.EndsWith("SYSTEM", StringComparison.Ordinal) || key.EndsWith("SECURITY", StringComparison.Ordinal) ? BashFinding.Plain : null,
            _ => null,
        };
    }

    private static BashFinding? RegistryDrive(RuleCase at)
    {
        if (Any(at, "-whatif")) return null;
        foreach (var argument in at.Arguments)
        {
            var text = argument.Shown;
            if (text.StartsWith("HKLM:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("HKCR:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("Registry::HKEY_LOCAL", StringComparison.OrdinalIgnoreCase)) return BashFinding.Plain;
            if (text.StartsWith("Cert:", StringComparison.OrdinalIgnoreCase) && at.Name == "remove-item" || text.StartsWith("WSMan:", StringComparison.OrdinalIgnoreCase)) return BashFinding.Medium;
            if (text.StartsWith("HKCU:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("Registry::HKEY_CURRENT", StringComparison.OrdinalIgnoreCase)) return text.Contains("\\Run", StringComparison.OrdinalIgnoreCase) ? BashFinding.Plain : BashFinding.Medium;
        }
        return null;
    }

    private static BashFinding? Net(RuleCase at) => at.Argument(0)?.ToLowerInvariant() switch
    {
        "user" or "localgroup" or "group" => Any(at, "/add") || Any(at, "/delete") || Any(at, "/active:no") || Any(at, "/active:yes") || at.Argument(0)?.ToLowerInvariant() == "user" && at.Argument(2) is { Length: > 0 } password && password[0] != '/' ? BashFinding.Plain : null,
        "stop" => GuardsSystem(at) ? BashFinding.Medium : null,
        "share" => Any(at, "/delete") || Starts(at, "/grant:everyone") ? BashFinding.Medium : null,
        _ => null,
    };

    private static bool Any(RuleCase at, string text)
    {
        foreach (var argument in at.Arguments)
        {
            if (string.Equals(argument.Text, text, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    /// <summary>One of the services that protect the machine or keep its records, or one that is not named here.</summary>
    private static bool GuardsSystem(RuleCase at)
    {
        var isNamed = false;
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is not { } name || name.Contains('*', StringComparison.Ordinal)) return true;
            if (Shell.NameList.Has("windefend wdnissvc sense mpssvc bfe wscsvc securityhealthservice eventlog sshd termservice winrm vss wuauserv samss lsass cryptsvc schedule w32time lanmanserver lanmanworkstation dnscache rpcss", name.ToLowerInvariant())) return true;
            isNamed |= name is not ['-', ..] && !string.Equals(name, "stop", StringComparison.OrdinalIgnoreCase);
        }
        return !isNamed;
    }

    /// <summary>What icacls or takeown is given lies in the project.</summary>
    private static bool IsOwn(RuleCase at)
    {
        for (var i = 0; i < at.Arguments.Length; i++)
        {
            if (at.Name == "takeown" && !(i > 0 && string.Equals(at.Arguments[i - 1].Text, "/f", StringComparison.OrdinalIgnoreCase))) continue;
            return at.Arguments[i].Text is { } path && !path.Contains(':', StringComparison.Ordinal) && at.PlaceOf(at.Arguments[i]).Kind == PlaceKind.Project;
        }
        return false;
    }

    private static bool NamesSystem(RuleCase at)
    {
        foreach (var argument in at.Arguments)
        {
            if (at.PlaceOf(argument).Kind is PlaceKind.System or PlaceKind.SystemRoot) return true;
        }
        return false;
    }

    private static bool Holds(RuleCase at, string text)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.Shown.Contains(text, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    private static bool Starts(RuleCase at, string text)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.Text?.StartsWith(text, StringComparison.OrdinalIgnoreCase) == true) return true;
        }
        return false;
    }
}
