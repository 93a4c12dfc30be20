using System.Text.Json;
using Septim.Hooks.Config;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Commands;

public sealed class ConfigCommandTests : IDisposable
{
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Says_what_holds_and_where_it_came_from()
    {
        _run.Write("home/.claude/septim/septim.json", "{\n  \"ceilings\": {\n    \"dayUsd\": 50\n  }\n}");
        _run.Write("project/.septim/septim.json", "{ \"ceilings\": { \"dayUsd\": 20 } }");
        _run.Variables["SEPTIM_SESSION_USD"] = "5";
        var outcome = _run.Run("config", "--format", "json");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Err));
        using var json = JsonDocument.Parse(outcome.Out);
        Assert.Equal(ConfigKeys.All.Select(key => key.Path), json.RootElement.EnumerateObject().Select(member => member.Name));
        string[] Of(string key) => [.. ((string[])["value", "layer", "origin"]).Select(name => json.RootElement.GetProperty(key).GetProperty(name).GetString()!)];
        Assert.Equal(["20", "project", Path.Combine(_run.Project, ".septim", "septim.json") + ":1"], Of("ceilings.dayUsd"));
        Assert.Equal(["5", "environment", "SEPTIM_SESSION_USD"], Of("ceilings.sessionUsd"));
        Assert.Equal(["stop", "default", "built in"], Of("onCeiling"));
    }

    [Fact]
    public void Lists_every_key_on_a_line_of_its_own()
    {
        var lines = _run.Run("config").Out.Split('\n');
        Assert.Equal(ConfigKeys.All.Select(key => key.Path), lines.Take(ConfigKeys.All.Length).Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public void Says_where_it_looked_and_what_lies_where_nobody_looks()
    {
        _run.Write("home/.claude/septim/septim.json", "{}");
        var stray = _run.Write("home/.claude/septim.json", "{ \"ceilings\": { \"sessionUsd\": 1 } }");
        var shown = _run.Run("config").Out;
        Assert.Contains($"user     {_run.Home}/.claude/septim/septim.json\n", shown, StringComparison.Ordinal);
        Assert.Contains($"project  {_run.Project}/.septim/septim.json (not there)\n", shown, StringComparison.Ordinal);
        Assert.Contains($"unread   {stray}: nobody looks there", shown, StringComparison.Ordinal);
        Assert.Contains($"{stray} is read by nobody", _run.Run("doctor").Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n  \"ceilings\": {\n    \"sesionUsd\": 5\n  }\n}", ":3: unknown key \"ceilings.sesionUsd\"")]
    [InlineData("{\n  \"onCeiling\": \"panic\"\n}", ":2: onCeiling is \"panic\"; give one of ask, deny, stop")]
    [InlineData("{\n  \"ceilings\": {\n", ":3:1: not valid JSON")]
    public void Validate_names_file_line_and_key(string text, string message)
    {
        var file = _run.Write("project/my.json", text);
        var outcome = _run.Run("config", "validate", "my.json");
        Assert.Equal((1, ""), (outcome.ExitCode, outcome.Err));
        Assert.StartsWith($"config: {file}{message}", outcome.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"log\": { \"sinks\": [ { \"type\": \"htttp\" } ] } }", "the type \"htttp\" is not known")]
    [InlineData("{ \"log\": { \"sinks\": [ { \"type\": \"http\" } ] } }", "needs \"url\"")]
    [InlineData("{ \"notify\": { \"webhooks\": [ { \"type\": \"slack\", \"url\": \"env:X\", \"events\": [\"nope\"] } ] } }", "\"nope\", which is not an event")]
    [InlineData("{ \"bash\": { \"rules\": { \"no-such-rule\": \"deny\" } } }", "no-such-rule")]
    [InlineData("{ \"prices\": \"/no/such/prices.json\" }", "/no/such/prices.json")]
    public void Validate_understands_what_is_nested_too(string text, string message)
    {
        _run.Write("home/.claude/septim/septim.json", text);
        foreach (var file in (string[])["", _run.Config])
        {
            var outcome = _run.Run("config", file.Length == 0 ? ["validate"] : ["validate", file]);
            Assert.Equal((1, ""), (outcome.ExitCode, outcome.Err));
            Assert.Contains(message, outcome.Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Validate_holds_a_project_file_to_what_a_project_may_set()
    {
        _run.Write("project/.septim/septim.json", "{ \"prices\": \"cheap.json\" }");
        var outcome = _run.Run("config", "validate", ".septim/septim.json");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("may not be set by a file in the project", outcome.Out, StringComparison.Ordinal);
        Assert.Equal(1, _run.Run("config", "validate").ExitCode);
    }

    [Fact]
    public void Validate_passes_what_the_presets_write()
    {
        foreach (var preset in Hooks.Setup.Preset.All)
        {
            _run.Write("project/septim.json", preset.Config);
            var outcome = _run.Run("config", "validate", "septim.json");
            Assert.True(outcome.ExitCode == 0, outcome.Out);
        }
        Assert.Equal(1, _run.Run("config", "validate", "missing.json").ExitCode);
    }
}
