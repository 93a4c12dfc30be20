using Septim.Hooks.Setup;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Commands;

public sealed class InstallCommandTests : IDisposable
{
    private const string Mine = "{\n    \"model\": \"opus\",\n    \"zzz\": [1,2],\n    \"hooks\": {\n        \"Stop\": [{ \"hooks\": [{ \"type\": \"command\", \"command\": \"say done\" }] }]\n    }\n}\n";

    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void A_newcomer_gets_hooks_and_ceilings_and_uninstall_leaves_nothing()
    {
        var installed = _run.Run("install");
        Assert.Equal((0, ""), (installed.ExitCode, installed.Err));
        var text = JsonText.Parse(File.ReadAllBytes(_run.Settings), _run.Settings);
        Assert.Equal(Preset.Recommended.Events, SettingsEdit.Ours(text).Select(ours => ours.Event));
        Assert.Empty(SettingsTraps.Find(text));
        Assert.Equal(Preset.Recommended.Config, File.ReadAllText(_run.Config));

        var removed = _run.Run("uninstall");
        Assert.Equal((0, ""), (removed.ExitCode, removed.Err));
        Assert.False(File.Exists(_run.Settings));
        Assert.False(File.Exists(_run.Config));
    }

    [Fact]
    public void A_second_run_changes_no_byte_and_makes_no_backup()
    {
        _run.Write("home/.claude/settings.json", Mine);
        _run.Run("install");
        var bytes = File.ReadAllBytes(_run.Settings);
        var files = Files();
        var again = _run.Run("install");
        Assert.StartsWith("nothing to change", again.Out, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(_run.Settings));
        Assert.Equal(files, Files());
    }

    [Theory]
    [InlineData(Mine)]
    [InlineData("{}")]
    [InlineData("{ }\n")]
    [InlineData("")]
    [InlineData("{\"hooks\":{}}")]
    [InlineData("{\r\n\t\"hooks\": {\r\n\t\t\"PreToolUse\": []\r\n\t}\r\n}\r\n")]
    [InlineData("\uFEFF{\"hooks\": {\"Stop\": [ ]}, \"a\": 1}")]
    public void Keeps_what_is_there_backs_it_up_and_gives_it_back_to_the_byte(string before)
    {
        _run.Write("home/.claude/settings.json", before);
        var old = File.ReadAllBytes(_run.Settings);
        Assert.Equal(0, _run.Run("install").ExitCode);
        var backup = Assert.Single(SettingsFile.Backups(_run.Settings));
        Assert.EndsWith("settings.json.septim-20261122T201500000Z.bak", backup, StringComparison.Ordinal);
        Assert.Equal(old, File.ReadAllBytes(backup));
        _run.Run("install", "--preset", "minimal");
        Assert.Equal(0, _run.Run("uninstall").ExitCode);
        Assert.Equal(old, File.ReadAllBytes(_run.Settings));
    }

    [Fact]
    public void Uninstall_keeps_what_a_person_changed_since()
    {
        _run.Write("home/.claude/settings.json", Mine);
        _run.Run("install");
        File.WriteAllText(_run.Settings, File.ReadAllText(_run.Settings).Replace("opus", "haiku", StringComparison.Ordinal));
        _run.Run("uninstall");
        Assert.Equal(Mine.Replace("opus", "haiku", StringComparison.Ordinal), File.ReadAllText(_run.Settings));
    }

    [Fact]
    public void A_dry_run_shows_the_difference_and_writes_nothing()
    {
        _run.Write("home/.claude/settings.json", "{\n  \"model\": \"opus\"\n}\n");
        var files = Files();
        var dry = _run.Run("install", "--dry-run", "--client", "2.1.330", "--preset", "minimal");
        Assert.Equal(0, dry.ExitCode);
        Assert.StartsWith($"--- {_run.Settings}\n+++ {_run.Settings}\n@@ -1,3 +1,", dry.Out, StringComparison.Ordinal);
        Assert.Contains("-  \"model\": \"opus\"\n+  \"model\": \"opus\",\n+  \"hooks\": {\n", dry.Out, StringComparison.Ordinal);
        Assert.Contains($"--- /dev/null\n+++ {_run.Config}\n@@ -0,0 +1,5 @@\n", dry.Out, StringComparison.Ordinal);
        Assert.Equal(files, Files());
    }

    [Theory]
    [InlineData("{\n  // mine\n}", ":2: not valid JSON")]
    [InlineData("{\n  \"hooks\": []\n}", "line 2: hooks is not an object")]
    [InlineData("{\"hooks\":{\"PreToolUse\":[{\"hooks\":[{\"type\":\"command\",\"command\":\"x\",\"timeout\":\"5\"}]}]}}", "timeout is not a number above 0")]
    [InlineData("[]", "the file is not a JSON object")]
    public void Refuses_a_file_that_the_client_would_drop_and_leaves_it(string before, string message)
    {
        _run.Write("home/.claude/settings.json", before);
        var refused = _run.Run("install");
        Assert.Equal((2, ""), (refused.ExitCode, refused.Out));
        Assert.Contains(message, refused.Err, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(_run.Settings));
        Assert.False(File.Exists(_run.Config));
    }

    [Fact]
    public void Never_overwrites_the_configuration_of_a_person()
    {
        _run.Write("home/.claude/septim/septim.json", "{}");
        _run.Run("install", "--preset", "strict");
        Assert.Equal("{}", File.ReadAllText(_run.Config));
        var removed = _run.Run("uninstall");
        Assert.Equal("{}", File.ReadAllText(_run.Config));
        Assert.Contains("is yours and stays", removed.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("user", "home/.claude/settings.json", "/opt/bin/septim")]
    [InlineData("project", "project/.claude/settings.json", "septim")]
    [InlineData("local", "project/.claude/settings.local.json", "/opt/bin/septim")]
    public void Each_scope_has_its_file_and_a_shared_one_names_no_path_of_this_machine(string scope, string file, string program)
    {
        Assert.Equal(0, _run.Run("install", "--scope", scope, "--client", "2.1.330").ExitCode);
        var path = Path.Combine(_run.Root, file);
        var text = JsonText.Parse(File.ReadAllBytes(path), path);
        Assert.All(SettingsEdit.Ours(text), ours => Assert.Equal(program, text.Text(ours.Handler["command"])));
        Assert.Equal(0, _run.Run("uninstall", "--scope", scope).ExitCode);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void The_managed_scope_is_for_everybody_on_the_machine_and_uninstall_leaves_nothing()
    {
        Assert.Equal(0, _run.Run("install", "--scope", "managed", "--client", "2.1.330").ExitCode);
        var settings = Path.Combine(_run.Managed, "managed-settings.json");
        var config = Path.Combine(_run.Root, "etc", "septim.json");
        var text = JsonText.Parse(File.ReadAllBytes(settings), settings);
        Assert.Equal(Preset.Recommended.Events, SettingsEdit.Ours(text).Select(ours => ours.Event));
        Assert.False(SettingsEdit.HasOurStatusLine(text));
        Assert.Equal(Preset.Recommended.Config, File.ReadAllText(config));
        Assert.False(File.Exists(_run.Config));
        if (!OperatingSystem.IsWindows())
            foreach (var file in (string[])[settings, config]) Assert.True(File.GetUnixFileMode(file).HasFlag(UnixFileMode.OtherRead));
        Assert.Contains("managed: SessionStart", _run.Run("doctor").Out, StringComparison.Ordinal);

        Assert.Equal(0, _run.Run("uninstall", "--scope", "managed").ExitCode);
        Assert.Empty(Files());
    }

    [Fact]
    public void A_program_that_others_cannot_start_is_told_where_it_is_wired_for_all()
    {
        if (OperatingSystem.IsWindows()) return;
        var program = _run.Write("private/bin/septim", "");
        File.SetUnixFileMode(Path.Combine(_run.Root, "private"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.DoesNotContain("others cannot enter", _run.Run("install", "--command", program).Err, StringComparison.Ordinal);
        Assert.Contains($"others cannot enter {_run.Root}", _run.Run("install", "--scope", "managed", "--command", program).Err, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("user", "recommended", "", true)]
    [InlineData("user", "minimal", "", false)]
    [InlineData("user", "minimal", "--statusline", true)]
    [InlineData("user", "strict", "--no-statusline", false)]
    [InlineData("project", "recommended", "", false)]
    [InlineData("local", "recommended", "--statusline", true)]
    public void A_person_without_a_status_line_sees_the_spend(string scope, string preset, string option, bool shown)
    {
        string[] options = option.Length == 0 ? [] : [option];
        Assert.Equal(0, _run.Run("install", ["--scope", scope, "--preset", preset, .. options]).ExitCode);
        var path = scope == "user" ? _run.Settings : Path.Combine(_run.Project, ".claude", scope == "project" ? "settings.json" : "settings.local.json");
        var text = JsonText.Parse(File.ReadAllBytes(path), path);
        Assert.Equal(shown, SettingsEdit.HasOurStatusLine(text));
        if (shown) Assert.Equal("/opt/bin/septim statusline", text.Text(text.Root["statusLine"]!["command"]));
        var bytes = File.ReadAllBytes(path);
        Assert.StartsWith("nothing to change", _run.Run("install", ["--scope", scope, "--preset", preset, .. options]).Out, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_status_line_of_a_person_stays_and_ours_comes_out_again()
    {
        const string Own = "{\n  \"statusLine\": { \"type\": \"command\", \"command\": \"~/bin/line\" }\n}\n";
        _run.Write("home/.claude/settings.json", Own);
        var installed = _run.Run("install", "--statusline");
        Assert.Equal(0, installed.ExitCode);
        Assert.Contains("your status line stays", installed.Out, StringComparison.Ordinal);
        Assert.Contains("\"~/bin/line\"", File.ReadAllText(_run.Settings), StringComparison.Ordinal);
        Assert.DoesNotContain("septim statusline", File.ReadAllText(_run.Settings), StringComparison.Ordinal);
        _run.Run("uninstall");
        Assert.Equal(Own, File.ReadAllText(_run.Settings));

        _run.Write("home/.claude/settings.json", Mine);
        _run.Run("install");
        Assert.Contains("septim statusline", File.ReadAllText(_run.Settings), StringComparison.Ordinal);
        _run.Run("install", "--no-statusline");
        Assert.DoesNotContain("septim statusline", File.ReadAllText(_run.Settings), StringComparison.Ordinal);
        Assert.Contains("\"zzz\": [1,2]", File.ReadAllText(_run.Settings), StringComparison.Ordinal);
        _run.Run("install");
        _run.Run("uninstall");
        Assert.Equal(Mine, File.ReadAllText(_run.Settings));
    }

    [Fact]
    public void Installations_side_by_side_leave_one_whole_file()
    {
        _run.Write("home/.claude/settings.json", Mine);
        var outcomes = new CommandOutcome[8];
        Parallel.For(0, outcomes.Length, new ParallelOptions { MaxDegreeOfParallelism = outcomes.Length }, i => outcomes[i] = _run.Run("install"));
        Assert.All(outcomes, outcome => Assert.True(outcome.ExitCode == 0, outcome.Err));
        var text = JsonText.Parse(File.ReadAllBytes(_run.Settings), _run.Settings);
        Assert.Equal(Preset.Recommended.Events.Order(), SettingsEdit.Ours(text).Select(ours => ours.Event).Order());
        Assert.Equal(Preset.Recommended.Config, File.ReadAllText(_run.Config));
        Assert.DoesNotContain(Files(), file => file.EndsWith(".tmp", StringComparison.Ordinal));
        _run.Run("uninstall");
        Assert.Equal(Mine, File.ReadAllText(_run.Settings));
    }

    [Theory]
    [InlineData("user", "home/.claude/settings.json", false)]
    [InlineData("project", "project/.claude/settings.json", true)]
    [InlineData("local", "project/.claude/settings.local.json", false)]
    public void A_new_file_can_be_read_by_those_whom_it_is_for(string scope, string file, bool byOthers)
    {
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(0, _run.Run("install", "--scope", scope).ExitCode);
        Assert.Equal(byOthers, File.GetUnixFileMode(Path.Combine(_run.Root, file)).HasFlag(UnixFileMode.OtherRead));
        Assert.False(File.GetUnixFileMode(_run.Config).HasFlag(UnixFileMode.OtherRead));
    }

    [Fact]
    public void Follows_CLAUDE_CONFIG_DIR()
    {
        _run.Variables["CLAUDE_CONFIG_DIR"] = Path.Combine(_run.Root, "elsewhere");
        _run.Run("install");
        Assert.True(File.Exists(Path.Combine(_run.Root, "elsewhere", "settings.json")));
        Assert.True(File.Exists(Path.Combine(_run.Root, "elsewhere", "septim", "septim.json")));
        Assert.False(Directory.Exists(Path.Combine(_run.Home, ".claude")));
    }

    [Fact]
    public void A_link_stays_a_link_and_the_mode_stays()
    {
        if (OperatingSystem.IsWindows()) return;
        var target = _run.Write("dotfiles/claude.json", "{\"a\": 1}");
        File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Directory.CreateDirectory(Path.GetDirectoryName(_run.Settings)!);
        File.CreateSymbolicLink(_run.Settings, target);
        Assert.Equal(0, _run.Run("install").ExitCode);
        Assert.Equal(target, new FileInfo(_run.Settings).LinkTarget);
        Assert.Contains("\"hooks\"", File.ReadAllText(target), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(target));
    }

    [Fact]
    public void A_link_that_leads_nowhere_yet_gets_its_file_and_loses_it_again()
    {
        if (OperatingSystem.IsWindows()) return;
        Directory.CreateDirectory(Path.GetDirectoryName(_run.Settings)!);
        var target = Path.Combine(_run.Root, "dotfiles", "claude.json");
        File.CreateSymbolicLink(_run.Settings, target);
        Assert.Equal(0, _run.Run("install").ExitCode);
        Assert.Contains("\"hooks\"", File.ReadAllText(target), StringComparison.Ordinal);
        Assert.Equal(target, new FileInfo(_run.Settings).LinkTarget);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_one_line()
    {
        _run.Write("home/.claude", "a file");
        var refused = _run.Run("install");
        Assert.Equal((2, ""), (refused.ExitCode, refused.Out));
        Assert.Contains("cannot be written", Assert.Single(refused.Err.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void Warns_when_hooks_are_switched_off_in_the_same_file()
    {
        _run.Write("home/.claude/settings.json", "{\n  \"disableAllHooks\": true\n}");
        var installed = _run.Run("install");
        Assert.Equal(1, installed.ExitCode);
        Assert.Contains("settings.json:2: disableAllHooks is true", installed.Err, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--prset", "strict")]
    [InlineData("--preset", "lax")]
    [InlineData("--scope", "everywhere")]
    [InlineData("--command", "/usr/bin/true")]
    [InlineData("--client", "new")]
    [InlineData("--preset")]
    [InlineData("hooks")]
    [InlineData("--statusline", "--no-statusline")]
    public void A_typing_error_is_exit_2_and_nothing_is_written(params string[] args)
    {
        var refused = _run.Run("install", args);
        Assert.Equal((2, ""), (refused.ExitCode, refused.Out));
        Assert.StartsWith("septim install: ", refused.Err, StringComparison.Ordinal);
        Assert.Empty(Files());
    }

    [Fact]
    public void Asks_the_installed_client_for_its_version()
    {
        if (OperatingSystem.IsWindows()) return;
        var client = _run.Write("bin/claude", "#!/bin/sh\necho '2.1.200 (Claude Code)'\n");
        File.SetUnixFileMode(client, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _run.Variables["PATH"] = $"/nowhere:{Path.GetDirectoryName(client)}";
        _run.Run("install");
        Assert.Contains("/opt/bin/septim hook || exit 2", File.ReadAllText(_run.Settings), StringComparison.Ordinal);
        Assert.DoesNotContain("onFailure", File.ReadAllText(_run.Settings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.1.330", "Claude Code doctor\\n\\nInvalid settings\\n- HOME/.claude/settings.json › hooks.Stop: bad\\n- second\\n\\nRemote Control\\n- Not signed in\\n", 1, "warning: claude doctor: HOME/.claude/settings.json › hooks.Stop: bad\nwarning: claude doctor: second\n")]
    [InlineData("2.1.330", "Invalid settings\\n- /x/settings.json › hooks.Stop: bad\\n", 0, "warning: claude doctor: /x/settings.json › hooks.Stop: bad\n")]
    [InlineData("2.1.330", "Claude Code doctor\\n\\nRemote Control\\n- Not signed in\\n", 0, "")]
    [InlineData("2.1.200", "Invalid settings\\n- not asked\\n", 0, "")]
    public void Tells_what_the_client_itself_finds_wrong(string version, string says, int code, string told)
    {
        if (OperatingSystem.IsWindows()) return;
        var client = _run.Write("bin/claude", $"#!/bin/sh\ncase $1 in --version) echo '{version} (Claude Code)' ;; doctor) printf '{says.Replace("HOME", _run.Home, StringComparison.Ordinal)}' ;; esac\n");
        File.SetUnixFileMode(client, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _run.Variables["PATH"] = Path.GetDirectoryName(client)!;
        var installed = _run.Run("install");
        Assert.Equal((code, told.Replace("HOME", _run.Home, StringComparison.Ordinal)), (installed.ExitCode, installed.Err));
        Assert.Equal(told.Length == 0 && version == "2.1.330", installed.Out.Contains("claude doctor finds nothing wrong", StringComparison.Ordinal));
        Assert.DoesNotContain("claude doctor", _run.Run("install", "--no-check").Out, StringComparison.Ordinal);
    }

    private List<string> Files() => [.. Directory.GetFiles(_run.Root, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith("/bin/claude", StringComparison.Ordinal)).Order()];
}
