using System.Text.Json;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Commands;

/// <summary>With hooks that are small scripts; the native program is tried in the end-to-end tests.</summary>
public sealed class SelfTestCommandTests : IDisposable
{
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Says_that_no_gate_is_wired()
    {
        var outcome = _run.Run("selftest");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("problem: no gate of ours is wired at PreToolUse; run `septim install`", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_foreign_hook_is_listed_and_runs_only_on_demand()
    {
        if (OperatingSystem.IsWindows()) return;
        var trace = Path.Combine(_run.Root, "ran");
        Wire($"echo x >> {trace}; exit 1");
        var listed = _run.Run("selftest");
        Assert.Contains("not tried, because it is not ours", listed.Out, StringComparison.Ordinal);
        Assert.False(File.Exists(trace));
        var tried = _run.Run("selftest", "--run-foreign");
        Assert.True(File.Exists(trace));
        Assert.Contains("FAILS OPEN", tried.Out, StringComparison.Ordinal);
        Assert.Equal(1, tried.ExitCode);
    }

    [Theory]
    [InlineData("exit 2", "harmless", "blocks", false, false)]
    [InlineData("exit 2", "empty input", "blocks", true, false)]
    [InlineData("exit 1", "truncated input", "fails open", false, true)]
    [InlineData("exit 0", "truncated input", "passes", true, false)]
    [InlineData("guard || exit 2", "program missing", "blocks", true, false)]
    [InlineData("guard", "program missing", "fails open", false, true)]
    public void Says_what_the_client_makes_of_a_foreign_hook(string command, string trial, string outcome, bool ok, bool failsOpen)
    {
        if (OperatingSystem.IsWindows()) return;
        Wire(command);
        var row = Trials("--run-foreign").Single(row => row.GetProperty("trial").GetString() == trial);
        Assert.Equal((outcome, ok, failsOpen), (row.GetProperty("outcome").GetString(), row.GetProperty("ok").GetBoolean(), row.GetProperty("fails_open").GetBoolean()));
    }

    [Fact]
    public void Ours_must_block_everything_that_is_broken_and_what_is_above_the_ceiling()
    {
        if (OperatingSystem.IsWindows()) return;
        var lax = _run.Write("bin/septim", "#!/bin/sh\nexit 0\n");
        File.SetUnixFileMode(lax, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal(0, _run.Run("install", "--command", lax, "--client", "2.1.330").ExitCode);
        var rows = Trials();
        Assert.Equal(["PreToolUse", "UserPromptSubmit", "PostToolBatch", "ConfigChange"], rows.Select(row => row.GetProperty("event").GetString()).Distinct().OrderBy(name => name, new ByName()));
        Assert.All(rows, row => Assert.Equal(row.GetProperty("must_block").GetBoolean() && row.GetProperty("trial").GetString() != "program missing", row.GetProperty("fails_open").GetBoolean()));
        Assert.Contains("ceiling reached", rows.Select(row => row.GetProperty("trial").GetString()));
    }

    [Fact]
    public void A_hook_sees_the_home_of_the_trial_and_no_credentials()
    {
        if (OperatingSystem.IsWindows()) return;
        var trace = Path.Combine(_run.Root, "env");
        _run.Variables["ANTHROPIC_API_KEY"] = "secret";
        Wire($"/usr/bin/env >> {trace}; pwd >> {trace}; exit 2");
        _run.Run("selftest", "--run-foreign");
        var environment = File.ReadAllText(trace);
        Assert.DoesNotContain("secret", environment, StringComparison.Ordinal);
        Assert.DoesNotContain(_run.Home, environment, StringComparison.Ordinal);
        Assert.Contains("CLAUDECODE=1", environment, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hook_of_a_plugin_is_tried_with_its_folder_filled_in()
    {
        if (OperatingSystem.IsWindows()) return;
        var trace = Path.Combine(_run.Root, "ran");
        var root = _run.Plugin("guard@there", """{"hooks":{"PreToolUse":[{"matcher":"Bash","hooks":[{"type":"command","command":"${CLAUDE_PLUGIN_ROOT}/guard.sh","args":["${CLAUDE_PLUGIN_ROOT}"]}]}]}}""");
        var guard = Path.Combine(root, "guard.sh");
        File.WriteAllText(guard, $"#!/bin/sh\necho \"$1 $CLAUDE_PLUGIN_ROOT\" > {trace}\nexit 2\n");
        File.SetUnixFileMode(guard, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _run.Write("home/.claude/settings.json", """{"enabledPlugins":{"guard@there":true}}""");
        var rows = Trials("--run-foreign");
        Assert.All(rows.Where(row => row.GetProperty("trial").GetString() != "program missing"), row => Assert.Equal("blocks", row.GetProperty("outcome").GetString()));
        Assert.All(rows, row => Assert.Equal("plugin", row.GetProperty("scope").GetString()));
        Assert.Equal($"{root} {root}\n", File.ReadAllText(trace));
    }

    [Fact]
    public void A_file_that_the_client_drops_is_a_problem_with_line_and_key()
    {
        _run.Run("install");
        _run.Write("project/.claude/settings.json", "{\n  \"permissions\": { \"deny\": [3] }\n}");
        Assert.Contains("settings.json: line 2: permissions.deny[0] is not a rule", _run.Run("selftest").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_when_hooks_are_switched_off()
    {
        _run.Run("install");
        _run.Write("project/.claude/settings.local.json", "{\"disableAllHooks\": true}");
        Assert.Contains("settings.local.json says disableAllHooks", _run.Run("selftest", "--directory", _run.Project, "--format", "json").Out, StringComparison.Ordinal);
    }

    private void Wire(string command) => _run.Write(
        "home/.claude/settings.json",
        $$$"""{"hooks":{"PreToolUse":[{"matcher":"Bash","hooks":[{"type":"command","command":{{{JsonSerializer.Serialize(command)}}},"timeout":5}]}]}}""");

    private List<JsonElement> Trials(params string[] args)
    {
        using var json = JsonDocument.Parse(_run.Run("selftest", [.. args, "--format", "json"]).Out);
        return [.. json.RootElement.GetProperty("trials").EnumerateArray().Select(row => row.Clone())];
    }

    private sealed class ByName : IComparer<string?>
    {
        private static readonly string[] Order = ["PreToolUse", "UserPromptSubmit", "PostToolBatch", "ConfigChange"];

        public int Compare(string? x, string? y) => Array.IndexOf(Order, x).CompareTo(Array.IndexOf(Order, y));
    }
}
