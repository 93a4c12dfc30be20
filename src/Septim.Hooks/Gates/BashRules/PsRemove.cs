using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Removal by PowerShell or cmd: the file rules with their names and switches; also disks and the power switch.</summary>
internal static class PsRemove
{
    public static readonly BashRule Rule = new("ps-remove", BashSeverity.Critical)
    {
        Reason = "it removes what lies outside the project, or a whole disk",
        Alternative = "pwsh -c 'Remove-Item ./bin -Recurse -WhatIf'",
        Denies =
        [
            "pwsh -c 'Remove-Item -Recurse -Force C:\\'",
            "powershell.exe -Command \"Remove-Item -Path C:\\Users\\me -Recurse -Force\"",
            "pwsh -c 'ri -Rec -Fo /etc'",
            "pwsh -c 'rm -r $HOME'",
            "pwsh -c 'Get-ChildItem C:\\Windows -Recurse | Remove-Item -Force'",
            "pwsh -c '$p = \"C:\\Windows\"; Remove-Item $p -Recurse'",
            "pwsh -c '& { del C:\\Windows\\System32 -Recurse }'",
            "cmd /c 'rd /s /q C:\\'",
            "cmd.exe /c \"rmdir /s /q C:\\Users\"",
            "cmd /c 'cd x & del /s /q C:\\Windows\\*'",
            "pwsh -c 'Clear-Disk -Number 0 -RemoveData'",
            "pwsh -c 'Format-Volume -DriveLetter D'",
            "powershell -EncodedCommand UgBlAG0AbwB2AGUALQBJAHQAZQBtACAALQBSAGUAYwB1AHIAcwBlACAALQBGAG8AcgBjAGUAIABDADoAXAA=",
            "pwsh -c '[IO.Directory]::Delete(\"C:\\Windows\", $true)'",
            "pwsh -c 'Stop-Computer -Force'",
        ],
        Passes =
        [
            "pwsh -c 'Remove-Item ./bin -Recurse'",
            "pwsh -c 'Remove-Item C:\\ -Recurse -WhatIf'",
            "pwsh -c 'Get-ChildItem C:\\'",
            "pwsh -c 'Copy-Item a b'",
            "pwsh -c \"Write-Host 'Remove-Item C:\\ -Recurse -Force'\"",
            "pwsh -c '# Remove-Item C:\\ -Recurse'",
            "cmd /c 'rd /s /q build'",
            "cmd /c 'dir C:\\'",
            "pwsh -c 'Get-Disk'",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        switch (at.Name)
        {
            case "remove-item": return Removes(at, at.HasArgument("-recurse"));
            case "rd" or "rmdir" or "del" or "erase" or "deltree": return HasSwitch(at) ? Removes(at, Switched(at, "/s") || at.Name == "deltree") : null;
            case "clear-disk" or "format-volume" or "initialize-disk" or "remove-partition" or "remove-volume" or "reset-physicaldisk" or "remove-virtualdisk" or "remove-storagepool":
                return at.HasArgument("-whatif") ? null : BashFinding.Plain;
            case "stop-computer" or "restart-computer": return new BashFinding(BashSeverity.High, "it switches the machine off");
            case "clear-recyclebin" or "remove-vm" or "remove-computer": return at.HasArgument("-whatif") ? null : BashFinding.Medium;
            default: return null;
        }
    }

    /// <summary>The file rules, as if rm had been given the same targets.</summary>
    private static BashFinding? Removes(RuleCase at, bool tree)
    {
        var words = new List<Word> { Word.Of(tree ? "-rf" : "-f"), Word.Of("--") };
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is { Length: > 1 } text && (text[0] == '-' || (text[0] == '/' && text.Length == 2 && char.IsLetter(text[1])))) continue;
            // Why: `C:Users`, as a shell leaves it of C:\Users, is taken from the drive's own directory: nobody's project.
            words.Add(argument.Text is { Length: > 2 } path && path[1] == ':' && char.IsAsciiLetter(path[0]) && path[2] is not ('\\' or '/') ? Word.Of(path[..2] + "\\" + path[2..]) : argument);
        }
        var same = new Invocation
        {
            Order = at.Invocation.Order,
            Name = "rm",
            Program = Word.Of("rm"),
            Arguments = [.. words],
            Directory = at.Invocation.Directory,
            IsRemote = at.Invocation.IsRemote,
            Reach = at.Invocation.Reach,
            Excerpt = at.Invocation.Excerpt,
        };
        var removal = new RuleCase(same, at.Reading, at.Setting, [], at.Work);
        BashFinding? worst = null;
        foreach (var rule in BashRuleList.All)
        {
            if (!(rule.Id.StartsWith("fs-", StringComparison.Ordinal) || rule.Id == "secret-destroy") || rule.Find(removal) is not { } finding) continue;
            var severity = finding.Severity ?? rule.Severity;
            if (worst is null || severity > worst.Severity) worst = new BashFinding(severity, finding.Why ?? rule.Reason);
        }
        return worst;
    }

    private static bool HasSwitch(RuleCase at)
    {
        // Why: rmdir of Unix has no such switches; on Windows names without one are files.
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is { Length: 2 } text && text[0] == '/' && char.IsLetter(text[1])) return true;
        }
        return at.Name is "del" or "erase" or "rd" or "deltree";
    }

    private static bool Switched(RuleCase at, string name)
    {
        foreach (var argument in at.Arguments)
        {
            if (string.Equals(argument.Text, name, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }
}
