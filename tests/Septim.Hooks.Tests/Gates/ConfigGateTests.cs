using System.Text.Json;
using Septim.Hooks.Claude;
using Septim.Hooks.Gates;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Gates;

public sealed class ConfigGateTests : IDisposable
{
    private const string Wired = """
        {
          "model": "sonnet",
          "permissions": { "deny": ["Read(./.env)"], "ask": ["Bash(git push *)"], "disableBypassPermissionsMode": "disable" },
          "hooks": {
            "PreToolUse": [{ "matcher": "*", "hooks": [{ "type": "command", "command": "/home/dev/.local/bin/septim", "args": ["hook"] }] }],
            "Stop": [{ "hooks": [{ "type": "command", "command": "septim hook || exit 2" }, { "type": "command", "command": "notify-send done" }] }]
          }
        }
        """;

    private readonly ConfigGate _gate = new();
    private readonly Session _session = new();

    public ConfigGateTests()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Settings)!);
        File.WriteAllText(Settings, Wired);
    }

    private string Settings => Path.Combine(_session.Project, ".claude", "settings.json");

    public void Dispose() => _session.Dispose();

    public static TheoryData<string, string> HarmfulChanges => new()
    {
        { "", "no valid JSON" },
        { "{ \"hooks\": ", "no valid JSON" },
        { "[]", "no valid JSON" },
        { "{}", "septim's hook" },
        { Wired.Replace("\"model\"", "\"disableAllHooks\": true, \"model\"", StringComparison.Ordinal), "disableAllHooks" },
        { Wired.Replace("/home/dev/.local/bin/septim", "/usr/bin/true", StringComparison.Ordinal), "septim's hook for PreToolUse" },
        { Wired.Replace("[\"hook\"]", "[\"help\"]", StringComparison.Ordinal), "change septim's hook for PreToolUse" },
        { Wired.Replace("\"matcher\": \"*\"", "\"matcher\": \"Nothing\"", StringComparison.Ordinal), "change septim's hook for PreToolUse" },
        { Wired.Replace("\"args\"", "\"async\": true, \"args\"", StringComparison.Ordinal), "change septim's hook for PreToolUse" },
        { Wired.Replace(", { \"type\": \"command\", \"command\": \"notify-send done\" }", "", StringComparison.Ordinal), "take a hook out" },
        { Wired.Replace("\"disableBypassPermissionsMode\": \"disable\"", "\"defaultMode\": \"bypassPermissions\"", StringComparison.Ordinal), "bypassPermissions" },
        { Wired.Replace(", \"disableBypassPermissionsMode\": \"disable\"", "", StringComparison.Ordinal), "bypass mode" },
        { Wired.Replace("\"Read(./.env)\"", "", StringComparison.Ordinal), "deny rule Read(./.env)" },
        { Wired.Replace("\"Bash(git push *)\"", "", StringComparison.Ordinal), "ask rule" },
        { Wired.Replace("\"deny\"", "\"allow\": [\"Bash(*)\"], \"deny\"", StringComparison.Ordinal), "allow everything" },
    };

    public static TheoryData<string> HarmlessChanges => new()
    {
        Wired.Replace("sonnet", "opus", StringComparison.Ordinal),
        Wired.Replace("\"deny\": [", "\"deny\": [\"Read(./secrets/**)\", ", StringComparison.Ordinal),
        Wired.Replace("\"deny\"", "\"allow\": [\"Bash(npm test)\"], \"deny\"", StringComparison.Ordinal),
        Wired.Replace("\"Stop\": [", "\"SessionEnd\": [{ \"hooks\": [{ \"type\": \"command\", \"command\": \"echo bye\" }] }], \"Stop\": [", StringComparison.Ordinal),
        "\uFEFF" + Wired,
    };

    [Theory]
    [MemberData(nameof(HarmfulChanges))]
    public void Refuses_a_write_that_takes_something_away(string content, string expected) => AssertDenied(Write(Settings, content), expected);

    [Theory]
    [MemberData(nameof(HarmlessChanges))]
    public void Passes_a_write_that_takes_nothing_away(string content) => Assert.Same(Verdict.Pass, Write(Settings, content));

    [Theory]
    [MemberData(nameof(HarmfulChanges))]
    public void Does_not_let_a_running_session_take_over_a_harmful_change(string content, string expected)
    {
        Assert.Same(Verdict.Pass, _gate.Judge(_session.Event(HookEvent.SessionStart)));
        File.WriteAllText(Settings, content);
        AssertDenied(Changed(), expected);
    }

    [Theory]
    [MemberData(nameof(HarmlessChanges))]
    public void Lets_a_running_session_take_over_a_harmless_change(string content)
    {
        _gate.Judge(_session.Event(HookEvent.SessionStart));
        File.WriteAllText(Settings, content);
        Assert.Same(Verdict.Pass, Changed());
    }

    [Fact]
    public void A_deleted_settings_file_took_its_hooks_away()
    {
        _gate.Judge(_session.Event(HookEvent.SessionStart));
        File.Delete(Settings);
        AssertDenied(Changed(), "septim's hook");
    }

    [Theory]
    [InlineData("removed", "{}")]
    [InlineData("removed", "gone")]
    [InlineData("disk full", "{}")]
    [InlineData("disk full", "gone")]
    public void A_lost_memory_of_the_settings_does_not_let_the_hooks_go(string loss, string content)
    {
        Forget(loss);
        if (content == "gone") File.Delete(Settings);
        else File.WriteAllText(Settings, content);
        AssertDenied(Changed(), "not known");
    }

    [Theory]
    [InlineData("removed")]
    [InlineData("disk full")]
    public void A_lost_memory_of_the_settings_does_not_refuse_what_leaves_hooks_in_force(string loss)
    {
        Forget(loss);
        File.WriteAllText(Settings, Wired.Replace("sonnet", "opus", StringComparison.Ordinal));
        Assert.Same(Verdict.Pass, Changed());
        Forget(loss);
        File.WriteAllText(Path.Combine(_session.Home, ".claude", "settings.json"), Wired);
        File.WriteAllText(Settings, "{}");
        Assert.Same(Verdict.Pass, Changed());
    }

    private void Forget(string loss)
    {
        if (loss == "disk full") _session.Files = new DenyingFileSystem(null);
        _gate.Judge(_session.Event(HookEvent.SessionStart));
        if (loss == "removed") Directory.Delete(_session.State, recursive: true);
    }

    [Theory]
    [InlineData("skills", ".claude/skills/deploy/SKILL.md")]
    [InlineData("skills", ".claude/commands/x.md")]
    public void A_change_of_a_file_that_holds_no_settings_passes(string source, string file)
    {
        var path = Path.Combine(_session.Project, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "# How to deploy");
        Assert.Same(Verdict.Pass, _gate.Judge(_session.Changed(source, path)));
    }

    [Fact]
    public void A_harmful_change_in_two_harmless_steps_is_still_seen()
    {
        _gate.Judge(_session.Event(HookEvent.SessionStart));
        File.WriteAllText(Settings, Wired.Replace("sonnet", "opus", StringComparison.Ordinal));
        Assert.Same(Verdict.Pass, Changed());
        File.WriteAllText(Settings, "{}");
        AssertDenied(Changed(), "septim's hook");
    }

    [Theory]
    [InlineData("\"sonnet\"", "\"opus\"", true)]
    [InlineData("\"command\": \"/home/dev/.local/bin/septim\"", "\"command\": \"/usr/bin/true\"", false)]
    [InlineData("\"matcher\": \"*\"", "\"matcher\": \"*", false)]
    public void Judges_an_edit_by_what_the_file_will_hold(string old, string replacement, bool passes)
    {
        var verdict = _gate.Judge(_session.Call("Edit", $$"""{"file_path":{{Text(Settings)}},"old_string":{{Text(old)}},"new_string":{{Text(replacement)}}}"""));
        Assert.Equal(passes, verdict.Kind == VerdictKind.Pass);
    }

    [Fact]
    public void Judges_several_edits_together()
    {
        var edits = $$"""{"file_path":{{Text(Settings)}},"edits":[{"old_string":"sonnet","new_string":"opus"},{"old_string":"\"Stop\"","new_string":"\"Stopp\""}]}""";
        AssertDenied(_gate.Judge(_session.Call("MultiEdit", edits)), "septim's hook for Stop");
    }

    [Fact]
    public void A_relative_or_winding_path_and_a_link_lead_to_the_same_file()
    {
        AssertDenied(Write(".claude/../.claude/settings.json", "{}"), "septim's hook");
        var link = Path.Combine(_session.Project, "notes.txt");
        File.CreateSymbolicLink(link, Settings);
        AssertDenied(Write(link, "{}"), "septim's hook");
        var folder = Path.Combine(_session.Project, "folder");
        Directory.CreateSymbolicLink(folder, Path.GetDirectoryName(Settings)!);
        AssertDenied(Write(Path.Combine(folder, "settings.json"), "{}"), "septim's hook");
    }

    [Theory]
    [InlineData("home/.claude/septim/septim.json")]
    [InlineData("home/.claude/septim/raises.jsonl")]
    [InlineData("home/.local/state/septim/reservations/x")]
    [InlineData("project/.septim/septim.json")]
    [InlineData("project/.septim/attestations.json")]
    [InlineData("project/.septim/suppressions.json")]
    public void Only_people_change_what_is_septims(string file) =>
        AssertDenied(Write(Path.Combine(Path.GetDirectoryName(_session.Home)!, file), "{}"), "belongs to septim");

    [Fact]
    public void Nobody_writes_transcripts() => AssertDenied(Write(_session.Transcript, ""), "transcript");

    [Theory]
    [InlineData("""{"mcpServers":{"a":{"command":"x"}}}""", true)]
    [InlineData("""{"mcpServers":{}}""", true)]
    [InlineData("""{"mcpServers":{"a":{"command":"y"}}}""", false)]
    [InlineData("""{"mcpServers":{"a":{"command":"x"},"b":{"command":"z"}}}""", false)]
    [InlineData("not json", false)]
    public void A_program_that_the_client_would_start_unasked_is_put_in_by_a_person(string content, bool passes)
    {
        var file = Path.Combine(_session.Project, ".mcp.json");
        File.WriteAllText(file, """{"mcpServers":{"a":{"command":"x"}}}""");
        Assert.Equal(passes, Write(file, content).Kind == VerdictKind.Pass);
    }

    [Theory]
    [InlineData("""{"name":"p","version":"2","description":"new","author":{"name":"a"},"mcpServers":{"a":{"command":"x"}}}""", true)]
    [InlineData("""{"name":"p","version":"1","mcpServers":{"a":{"command":"y"}}}""", false)]
    [InlineData("""{"name":"p","version":"1","mcpServers":{"a":{"command":"x"}},"hooks":"./h.json"}""", false)]
    public void What_a_plugin_says_of_itself_is_nobodys_harm(string content, bool passes)
    {
        var file = Path.Combine(_session.Project, ".claude-plugin", "plugin.json");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, """{"name":"p","version":"1","mcpServers":{"a":{"command":"x"}}}""");
        Assert.Equal(passes, Write(file, content).Kind == VerdictKind.Pass);
    }

    [Theory]
    [InlineData("src/settings.json")]
    [InlineData(".vscode/settings.json")]
    [InlineData("septim.json")]
    [InlineData(".claude/commands/x.md")]
    public void Other_files_are_none_of_its_business(string file) => Assert.Same(Verdict.Pass, Write(file, "{}"));

    private static string Text(string text) => JsonSerializer.Serialize(text);

    private static void AssertDenied(Verdict verdict, string expected)
    {
        Assert.Equal(VerdictKind.Deny, verdict.Kind);
        Assert.Contains(expected, verdict.Reason, StringComparison.Ordinal);
    }

    private Verdict Write(string path, string content) => _gate.Judge(_session.Call("Write", $$"""{"file_path":{{Text(path)}},"content":{{Text(content)}}}"""));

    private Verdict Changed() => _gate.Judge(_session.Changed("project_settings", Settings));
}
