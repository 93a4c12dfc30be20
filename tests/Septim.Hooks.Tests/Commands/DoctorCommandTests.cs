using System.Text.Json;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Commands;

/// <summary>Each case breaks one thing and wants the probe that is there for it to say so.</summary>
public sealed class DoctorCommandTests : IDisposable
{
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Nothing_wired_is_a_failure_with_what_to_do()
    {
        var outcome = _run.Run("doctor");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("FAIL  settings     there is no settings file, so nothing is wired\n                   → run `septim install`", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("FAIL  wiring       nothing of ours is wired at PreToolUse", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_healthy_set_up_has_no_failure()
    {
        Healthy();
        Assert.Empty(Failures());
        Assert.Equal(0, _run.Run("doctor").ExitCode);
    }

    [Theory]
    [InlineData("home/.claude/settings.json", "{", "settings", "the client drops this file")]
    [InlineData("project/.claude/settings.json", "{\"hooks\":{\"Stop\":[{\"hooks\":[{\"type\":\"command\",\"command\":\"x\",\"timeout\":0}]}]}}", "settings", "line 1: hooks.Stop[0].hooks[0].timeout is not a number above 0")]
    [InlineData("project/.claude/settings.local.json", "{\"disableAllHooks\":true}", "settings", "only managed hooks run")]
    [InlineData("managed/managed-settings.json", "{\"disableAllHooks\":true}", "settings", "no hook runs")]
    [InlineData("managed/managed-settings.json", "{\"allowManagedHooksOnly\":true}", "wiring", "allowManagedHooksOnly")]
    [InlineData("home/.claude/septim/septim.json", "{\"ceilings\":{\"sesionUsd\":1}}", "config", "septim.json:1: unknown key")]
    [InlineData("home/.claude/septim/septim.json", "{\"ceilings\":{\"sessionUsd\":\"off\"}}", "config", "no ceiling in dollars is set")]
    [InlineData("home/.claude/septim/septim.json", "{\"deadlineMs\":60000}", "config", "deadlineMs is 60000")]
    [InlineData("project/.claude/settings.json", "{\"env\":{\"SEPTIM_SESSION_USD\":\"999\"}}", "config", "may not steer septim")]
    public void A_broken_file_is_named(string file, string content, string probe, string message)
    {
        Healthy();
        _run.Write(file, content);
        Assert.Contains(Failures(), failure => failure.Probe == probe && failure.Text.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(90, 0, "ok    prices")]
    [InlineData(91, 0, "warn  prices       the prices are of 2026-11-22")]
    [InlineData(0, 4, "ok    clock")]
    [InlineData(0, 6, "warn  clock        a transcript was written at")]
    public void Old_prices_and_a_clock_that_was_set_back_are_told(int daysLater, int minutesAhead, string line)
    {
        Healthy();
        _run.Time.Now = new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero).AddDays(daysLater);
        File.SetLastWriteTimeUtc(_run.Write("home/.claude/projects/-p/s.jsonl", ""), _run.Time.Now.UtcDateTime.AddMinutes(minutesAhead));
        Assert.Contains(line, _run.Run("doctor").Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000, "ok    spool")]
    [InlineData(1001, "warn  spool        1001 events wait")]
    public void Many_events_that_nobody_delivers_are_told(int events, string line)
    {
        for (var i = 0; i < events; i++) _run.Write($"home/.local/state/septim/ship/queue/file/{i}.json", "");
        Assert.Contains(line, _run.Run("doctor").Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"onFailure\": \"block\"", "\"x\": 1", "lets the tool run when septim fails")]
    [InlineData("\"args\": [", "\"async\": true, \"args\": [", "is async")]
    [InlineData("\"PreToolUse\"", "\"PostToolUse\"", "nothing of ours is wired at PreToolUse")]
    [InlineData("\"matcher\": \"*\"", "\"matcher\": \"bash\"", "no Bash call reaches us")]
    [InlineData("\"matcher\": \"*\"", "\"matcher\": \"Ba(\"", "no Bash call reaches us")]
    [InlineData("\"args\": [", "\"if\": \"Bash(rm *)\", \"args\": [", "has \"if\": \"Bash(rm *)\", so other calls do not reach us")]
    public void A_weak_wiring_is_a_failure(string from, string to, string message)
    {
        Healthy();
        File.WriteAllText(_run.Settings, File.ReadAllText(_run.Settings).Replace(from, to, StringComparison.Ordinal));
        Assert.Contains(Failures(), failure => failure.Probe == "wiring" && failure.Text.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Hooks_of_a_plugin_count_where_it_is_switched_on()
    {
        _run.Plugin("septim@here", CommandRun.PluginHooks());
        _run.Write("home/.claude/settings.json", """{"enabledPlugins":{"septim@here":false}}""");
        Assert.Contains("nothing of ours is wired at PreToolUse", _run.Run("doctor").Out, StringComparison.Ordinal);
        _run.Write("project/.claude/settings.json", """{"enabledPlugins":{"septim@here":true}}""");
        var outcome = _run.Run("doctor").Out;
        Assert.DoesNotContain("nothing of ours is wired", outcome, StringComparison.Ordinal);
        Assert.Contains("plugin septim@here: ", outcome, StringComparison.Ordinal);
        _run.Write("project/.claude/settings.local.json", """{"enabledPlugins":{"septim@here":false}}""");
        Assert.Contains("nothing of ours is wired at PreToolUse", _run.Run("doctor").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plugin_with_a_broken_hook_file_is_named_with_line_and_key()
    {
        Healthy();
        _run.Plugin("guard@there", "{\n\"hooks\": { \"PreToolUse\": [\n{ \"hooks\": [{ \"type\": \"command\", \"command\": \"x\", \"timeout\": \"5\" }] }] } }");
        _run.Write("project/.claude/settings.json", """{"enabledPlugins":{"guard@there":true}}""");
        Assert.Contains(Failures(), failure => failure.Probe == "settings" && failure.Text.Contains("hooks.json: line 3: hooks.PreToolUse[0].hooks[0].timeout", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_wired_twice_is_told()
    {
        Healthy();
        Assert.DoesNotContain("more than once", _run.Run("doctor").Out, StringComparison.Ordinal);
        Assert.Equal(0, _run.Run("install", "--project").ExitCode);
        Assert.Contains("SessionStart is wired more than once", _run.Run("doctor").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_is_gone_is_a_failure()
    {
        Healthy();
        File.Delete(Path.Combine(_run.Root, "bin", "septim"));
        Assert.Single(Failures(), failure => failure.Probe == "wiring" && failure.Text.Contains("which is not there", StringComparison.Ordinal));
    }

    [Fact]
    public void A_program_that_nobody_may_execute_is_a_failure()
    {
        if (OperatingSystem.IsWindows()) return;
        Healthy();
        File.SetUnixFileMode(Path.Combine(_run.Root, "bin", "septim"), UnixFileMode.UserRead);
        Assert.Single(Failures(), failure => failure.Probe == "wiring" && failure.Text.Contains("which nobody may execute", StringComparison.Ordinal));
    }

    [Fact]
    public void Gates_without_the_one_for_money_are_told()
    {
        Healthy();
        Assert.DoesNotContain("no ceiling holds there", _run.Run("doctor").Out, StringComparison.Ordinal);
        File.WriteAllText(_run.Settings, File.ReadAllText(_run.Settings).Replace("\"hook\"", "\"bash-gate\"", StringComparison.Ordinal));
        Assert.Contains("at UserPromptSubmit neither `septim hook` nor `septim cost-gate` is wired", _run.Run("doctor").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_form_for_old_clients_is_told_with_its_limit()
    {
        Healthy();
        Assert.DoesNotContain("form for clients before", _run.Run("doctor").Out, StringComparison.Ordinal);
        Assert.Equal(0, _run.Run("install", "--command", Path.Combine(_run.Root, "bin", "septim"), "--client", "2.1.200").ExitCode);
        Assert.Contains("form for clients before 2.1.295", _run.Run("doctor").Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "command", "ok    model-hooks  no hook asks the model")]
    [InlineData("{}", "prompt", "asks the model at every event")]
    [InlineData("{}", "agent", "the agent hook of Stop asks the model")]
    [InlineData("{\"overheadPercent\":20}", "agent", "ok    model-hooks  1 hook of the types prompt and agent, for which 20 % is added")]
    public void Hooks_that_ask_the_model_are_told(string config, string type, string line)
    {
        Healthy();
        _run.Write("home/.claude/septim/septim.json", config);
        _run.Write("project/.claude/settings.json", $$$"""{"hooks":{"Stop":[{"hooks":[{"type":"{{{type}}}","command":"x","prompt":"Is it done?"}]}]}}""");
        Assert.Contains(line, _run.Run("doctor").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void What_others_can_write_is_a_failure()
    {
        if (OperatingSystem.IsWindows()) return;
        Healthy();
        File.SetUnixFileMode(_run.Settings, File.GetUnixFileMode(_run.Settings) | UnixFileMode.OtherWrite);
        Assert.Contains(Failures(), failure => failure.Probe == "permissions" && failure.Text.Contains(_run.Settings, StringComparison.Ordinal));
    }

    [Fact]
    public void A_clock_that_stands_wrong_is_told()
    {
        Healthy();
        _run.Time.Now = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Contains(Failures(), failure => failure.Probe == "clock");
    }

    private void Healthy()
    {
        var program = _run.Write("bin/septim", "#!/bin/sh\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.Equal(0, _run.Run("install", "--command", program, "--client", "2.1.330").ExitCode);
    }

    private List<(string Probe, string Text)> Failures()
    {
        using var json = JsonDocument.Parse(_run.Run("doctor", "--format", "json").Out);
        return [.. json.RootElement.GetProperty("diagnoses").EnumerateArray()
            .Where(diagnosis => diagnosis.GetProperty("level").GetString() == "failure")
            .Select(diagnosis => (diagnosis.GetProperty("probe").GetString()!, diagnosis.GetProperty("text").GetString()!))];
    }
}
