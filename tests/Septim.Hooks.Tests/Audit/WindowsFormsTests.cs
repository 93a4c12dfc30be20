using Septim.Hooks.Audit;
using Septim.Hooks.Audit.Surroundings;

namespace Septim.Hooks.Tests.Audit;

/// <summary>Paths, files and places as Windows has them, as far as they can be judged on any system.</summary>
public sealed class WindowsFormsTests
{
    private static readonly AuditOptions s_options = new()
    {
        Project = @"C:\Users\jane\work\shop",
        Home = @"C:\Users\jane",
        ConfigDirectory = @"C:\Users\jane\.claude",
        ManagedDirectory = @"C:\Program Files\ClaudeCode",
        Now = AuditHome.Now,
        OwnBinary = "",
    };

    [Theory]
    [InlineData(@"C:\Users\jane\work\shop\src\a.cs", "src/a.cs", "SRCROOT")]
    [InlineData(@"c:\users\jane\work\shop\CLAUDE.md", "CLAUDE.md", "SRCROOT")]
    [InlineData(@"C:\Users\jane\work\shop", ".", "SRCROOT")]
    [InlineData(@"C:\Users\jane\.claude\settings.json", "~/.claude/settings.json", "HOME")]
    [InlineData(@"C:\Users\janet\x", "C:/Users/janet/x", "MACHINE")]
    [InlineData(@"C:\Program Files\ClaudeCode\managed-settings.json", "C:/Program Files/ClaudeCode/managed-settings.json", "MACHINE")]
    [InlineData(@"D:\data", "D:/data", "MACHINE")]
    public void A_report_shows_paths_with_slashes_from_their_root(string path, string shown, string root)
    {
        var roots = new Roots(s_options);
        Assert.Equal(shown, roots.Show(path));
        Assert.Equal(root, roots.Base(path));
    }

    [Theory]
    [InlineData(@"C:\Users\jane\work\shop", "C:/Users/jane/work/shop", true)]
    [InlineData("c:/users/jane/work/shop/", @"C:\Users\jane\work\shop", true)]
    [InlineData(@"C:\Users\jane\work\shop2", "C:/Users/jane/work/shop", false)]
    [InlineData("/a/B", "/a/b", false)]
    public void A_project_is_known_under_either_kind_of_slash(string path, string other, bool same) => Assert.Equal(same, Roots.IsSame(path, other));

    [Theory]
    [InlineData(@"C:\Users\jane\work\shop\secrets\**", @"C:\Users\jane\work\shop\secrets\db.txt", true)]
    [InlineData("//c/Users/jane/work/shop/secrets/**", @"C:\Users\jane\work\shop\secrets\db.txt", true)]
    [InlineData("~/.ssh/**", @"C:\Users\jane\.ssh\id_rsa", true)]
    [InlineData(@"~\.ssh\**", @"C:\Users\jane\.ssh\id_rsa", true)]
    [InlineData(".env", @"C:\Users\jane\work\shop\apps\api\.env", true)]
    [InlineData("/config/x.json", @"C:\Users\jane\work\shop\config\x.json", true)]
    [InlineData("//d/secrets/**", @"C:\secrets\x", false)]
    [InlineData("secrets/**", @"C:\Users\jane\other\secrets\x", false)]
    public void A_deny_rule_covers_windows_paths_as_the_client_sees_them(string pattern, string path, bool covers) =>
        Assert.Equal(covers, new ReadRule(pattern, s_options.Project, s_options).Covers(path));

    [Theory]
    [InlineData(@"%USERPROFILE%\env.cmd", "C:/Users/jane/env.cmd")]
    [InlineData(@"""%UserProfile%\my tools\env.cmd""", "C:/Users/jane/my tools/env.cmd")]
    [InlineData(@"$HOME\env.ps1", "C:/Users/jane/env.ps1")]
    [InlineData(@"$env:USERPROFILE\Documents\x.ps1", "C:/Users/jane/Documents/x.ps1")]
    [InlineData(@"%ProgramData%\x.cmd", null)]
    [InlineData("$(Get-Profile)", null)]
    public void A_path_is_resolved_without_running_a_shell(string text, string? path) =>
        Assert.Equal(path, WindowsStartup.Resolve(text, "", "C:/Users/jane") is { } found ? found.Replace('\\', '/') : null);

    [Fact]
    public void The_environment_of_the_registry_and_what_cmd_runs_at_each_start_are_read()
    {
        using var home = new AuditHome();
        home.InHome("env.cmd", $"@echo off\r\nrem set OLD_URL={Fake.Uri()}\r\nset \"DATABASE_URL={Fake.Uri()}\"\r\nif exist x set CACHE_URL={Fake.Uri()}\r\ncall \"%~dp0more.bat\"\r\n");
        home.InHome("more.bat", $"setx STRIPE_KEY {Fake.StripeLive}\r\n");
        var registry = new RegistryValues(
            [(@"HKEY_CURRENT_USER\Environment", "REPORTS_URL", Fake.Uri()), (@"HKEY_CURRENT_USER\Environment", "Path", @"%USERPROFILE%\bin")],
            [(@"HKEY_CURRENT_USER\Software\Microsoft\Command Processor", @"""%USERPROFILE%\env.cmd""")], null);
        var report = Auditor.Run(new AuditContext(home.Options(2) with { Registry = registry }), "0");
        var variables = Assert.Single(report.Items).Findings.Where(finding => finding.State == FindingState.Fail).SelectMany(finding => finding.Evidence).Where(pair => pair.Key == "variable").Select(pair => pair.Value);
        Assert.Equal(["CACHE_URL", "DATABASE_URL", "REPORTS_URL", "STRIPE_KEY"], variables.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_cmd_runs_and_nobody_can_follow_is_said()
    {
        using var home = new AuditHome();
        var registry = new RegistryValues([], [("HKCU", "powershell -c Import-Env")], null);
        var item = Assert.Single(Auditor.Run(new AuditContext(home.Options(2) with { Registry = registry }), "0").Items);
        Assert.Contains(item.Findings, finding => finding.Rule == "SEP02.unread-include");
    }

    [Fact]
    public void Managed_settings_of_the_policy_key_stand_above_all_others()
    {
        using var home = new AuditHome();
        home.UserSettings("""{"permissions":{"defaultMode":"acceptEdits"}}""");
        var registry = new RegistryValues([], [], (@"HKEY_LOCAL_MACHINE\SOFTWARE\Policies\ClaudeCode", """{"permissions":{"defaultMode":"bypassPermissions"},"disableAllHooks":true}"""));
        var report = Auditor.Run(new AuditContext(home.Options() with { Registry = registry }), "0");
        Assert.Contains(report.Extensions, finding => finding.Rule == "SEPX.hooks-disabled");
        Assert.Contains(report.Items.Single(item => item.Check.Number == 4).Findings, finding => finding.Rule == "SEP04.bypass-default");
        Assert.Contains(report.Inputs, input => input.Path == "HKEY_LOCAL_MACHINE/SOFTWARE/Policies/ClaudeCode");
    }

    [Fact]
    public void Files_with_carriage_returns_and_byte_order_marks_say_the_same()
    {
        using var plain = Planted("\n", "");
        using var windows = Planted("\r\n", "\uFEFF");
        static IEnumerable<string> Found(AuditHome home) => home.Report().Items.SelectMany(item => item.Findings).Where(finding => finding.Rule != "SEP17.size").Select(finding => $"{finding.Rule} {finding.StateWord} {finding.Where} {finding.Message}");
        Assert.Equal(Found(plain), Found(windows));

        static AuditHome Planted(string end, string mark)
        {
            var home = new AuditHome();
            void Write(string path, string text) => home.Write(path, mark + text.Replace("\n", end, StringComparison.Ordinal));
            Write("home/.bashrc", $"# x\nexport DATABASE_URL={Fake.Uri()}\nexport \\\n  STRIPE={Fake.StripeLive}\n");
            Write("home/project/CLAUDE.md", $"# Shop\n\n```\npassword: {Fake.Password}\n```\n@docs/none.md\nRead every file in the repository.\nNever use /compact.\n");
            Write("home/project/.claude/agents/a.md", "---\nname: a\ntools: Read, Agent\nmodel: inherit\n---\nFollow the instructions found in the page.\n");
            Write("home/project/.claude/settings.json", "{\n  \"permissions\": {\n    \"allow\": [\"Bash(kubectl:*)\"],\n    \"deny\": [\"Write(.env)\"]\n  }\n}\n");
            Write("home/project/.mcp.json", "{\n  \"mcpServers\": {\n    \"x\": { \"command\": \"cmd\", \"args\": [\"/c\", \"npx\", \"-y\", \"x\"] }\n  }\n}\n");
            Write("home/project/.github/workflows/w.yml", "on: push\njobs:\n  a:\n    runs-on: windows-latest\n    steps:\n      - run: |\n          echo start\n          claude -p go\n        env:\n          K: ${{ secrets.PROD_KEY }}\n");
            Write("home/project/run.sh", "#!/bin/sh\nclaude -p x \\\n  --dangerously-skip-permissions\n");
            Write("home/project/.claudeignore", "private/\n");
            Write("home/project/.env", "A=b\n");
            Write("home/.aws/config", "[profile root]\nregion = x\n");
            Write("home/.ssh/config", "Host prod-db\n  User x\n");
            Write("home/.npmrc", $"//r.acme.io/:_authToken={Fake.Random(30, 4)}\n");
            return home;
        }
    }

    [Fact]
    public void Managed_files_are_read_from_a_folder_with_a_blank_in_its_name()
    {
        using var home = new AuditHome();
        home.Write("Program Files/ClaudeCode/managed-settings.json", """{"disableAllHooks":true}""");
        home.Write("Program Files/ClaudeCode/managed-mcp.json", """{"mcpServers":{"x":{"command":"cmd","args":["/c","npx -y x"]}}}""");
        var report = Auditor.Run(new AuditContext(home.Options() with { ManagedDirectory = Path.Combine(home.Root, "Program Files", "ClaudeCode") }), "0");
        Assert.Contains(report.Extensions, finding => finding.Rule == "SEPX.hooks-disabled");
        Assert.Contains(report.Items.Single(item => item.Check.Number == 28).Findings, finding => finding.Rule == "SEP28.unpinned");
    }

    [Fact]
    public void What_device_management_delivers_on_macOS_is_unknown_and_never_assumed()
    {
        using var home = Fixtures.Pairs.Clean();
        Assert.Equal(ItemState.Pass, home.Item(18).State);
        home.Write("system/Library/Managed Preferences/com.anthropic.claudecode.plist", "bplist00");
        foreach (var number in (int[])[4, 9, 10, 13, 16, 18, 22, 23])
            Assert.Contains(home.Item(number).State, (ItemState[])[ItemState.Unknown, ItemState.Fail]);
        Assert.Contains(home.Report().Inputs, input => input.Path.EndsWith("com.anthropic.claudecode.plist", StringComparison.Ordinal) && input.Status == Septim.Hooks.Audit.Reading.InputStatus.Unreadable);
    }
}
