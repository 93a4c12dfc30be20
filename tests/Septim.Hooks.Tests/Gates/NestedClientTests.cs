using Septim.Hooks.Config;
using Septim.Hooks.Gates;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Gates;

/// <summary>Clients that a command starts, by where our hooks stand.</summary>
public sealed class NestedClientTests : IDisposable
{
    private const string Hooks = """{"hooks":{"PreToolUse":[{"hooks":[{"type":"command","command":"septim","args":["hook"]}]}]}}""";

    private readonly Session _session = new();

    public NestedClientTests()
    {
        Directory.CreateDirectory(Path.Combine(_session.Project, "sub"));
        _session.Environment["CLAUDE_PROJECT_DIR"] = _session.Project;
    }

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("claude -p x", "Pass")]
    [InlineData("cd sub && claude -p x", "Deny")]
    [InlineData("cd /srv && claude -p x", "Deny")]
    [InlineData("(cd /srv; npx @anthropic-ai/claude-code -p x)", "Deny")]
    [InlineData("cd \"$SOMEWHERE\" && claude -p x", "Deny")]
    [InlineData("cd wired && claude -p x", "Pass")]
    [InlineData("cd sub && claude --version; claude mcp list; claude doctor", "Pass")]
    [InlineData("cd sub && npx -y @anthropic-ai/claude-code mcp list", "Pass")]
    [InlineData("cd sub && claude -p doctor", "Deny")]
    [InlineData("cd sub && claude -p x mcp", "Deny")]
    [InlineData("cd sub && npx @anthropic-ai/claude-code -p update", "Deny")]
    [InlineData("cd sub && echo claude -p x", "Pass")]
    [InlineData("ssh host claude -p x", "Pass")]
    public void Where_only_the_project_holds_them_one_that_starts_elsewhere_is_refused(string command, string expected)
    {
        Write("project/.claude/settings.json", Hooks);
        Write("project/wired/.claude/settings.json", Hooks);
        Assert.Equal(expected, Judge(command));
    }

    [Theory]
    [InlineData("home/.claude/settings.json", Hooks)]
    [InlineData("home/.claude/settings.json", """{"enabledPlugins":{"septim@septim":true}}""")]
    public void Where_the_person_holds_them_one_may_start_anywhere(string file, string settings)
    {
        Write("project/.claude/settings.json", Hooks);
        Write(file, settings);
        Assert.Equal("Pass", Judge("cd sub && claude -p x"));
        Assert.Equal("Pass", Judge("cd \"$SOMEWHERE\" && claude -p x"));
    }

    [Theory]
    [InlineData("settings.json")]
    [InlineData("settings.local.json")]
    public void A_folder_that_switches_hooks_off_is_no_place_for_one(string file)
    {
        Write("home/.claude/settings.json", Hooks);
        Write("project/sub/.claude/" + file, """{"disableAllHooks":true}""");
        Assert.Equal("Deny", Judge("cd sub && claude -p x"));
        Assert.Equal("Pass", Judge("claude -p x"));
    }

    [Fact]
    public void Below_septim_run_one_needs_settings_that_hold_them()
    {
        Assert.Equal("Pass", Judge("claude -p x"));
        _session.Environment[RunNotes.Variable] = "/tmp/notes";
        Assert.Equal("Deny", Judge("claude -p x"));
        Write("home/.claude/settings.json", Hooks);
        Assert.Equal("Pass", Judge("claude -p x"));
    }

    private string Judge(string command) => new ConfigGate().Judge(_session.Call("Bash", $$"""{"command":{{System.Text.Json.JsonSerializer.Serialize(command)}}}""")).Kind.ToString();

    private void Write(string file, string text)
    {
        var path = Path.Combine(Path.GetDirectoryName(_session.Project)!, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
