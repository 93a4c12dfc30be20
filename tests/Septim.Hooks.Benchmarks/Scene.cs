using System.Text;
using System.Text.Json;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Benchmarks;

/// <summary>A HOME with one generated session, the hook's input for a tool call in it, and the history around it.</summary>
internal sealed class Scene
{
    public const int LongSegments = 60;

    private readonly string _folder;
    private int _appended;

    /// <param name="history">Further sessions of other projects of the same user, one a file.</param>
    public Scene(string folder, long bytes, int history = 0, long historyBytes = 0)
    {
        _folder = folder;
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        var claude = Path.Combine(folder, ".claude");
        Session = TranscriptGenerator.Write(claude, new SessionPlan(bytes) { Start = DateTimeOffset.UtcNow.AddHours(-3) });
        for (var i = 0; i < history; i++)
        {
            HistoryBytes += TranscriptGenerator.Write(claude, new SessionPlan(historyBytes / history)
            {
                Seed = 100 + i,
                Project = $"-srv-dev-old{i % 23}",
                Subagents = 0,
                Start = DateTimeOffset.UtcNow.AddHours(-1 - i % 480),
            }).Bytes;
        }

        Input = Path.Combine(folder, "input.json");
        File.WriteAllText(Input, Payload("Bash", ("command", "echo one"), ("description", "step")));
        AgentInput = Path.Combine(folder, "agent.json");
        File.WriteAllText(AgentInput, Payload("Agent", ("prompt", "do the part"), ("description", "part"), ("subagent_type", "general-purpose")));
        EditInput = Path.Combine(folder, "edit.json");
        File.WriteAllText(EditInput, Payload("Edit", ("file_path", Path.Combine(folder, "a.cs")), ("old_string", "one"), ("new_string", "two")));
        LongInput = Path.Combine(folder, "long.json");
        File.WriteAllText(LongInput, Payload("Bash", ("command", string.Join(" && ", Enumerable.Range(0, LongSegments / 2).Select(i => $"git log -{i + 1} | grep fix"))), ("description", "step")));
        StopInput = Path.Combine(folder, "stop.json");
        File.WriteAllText(StopInput, Payload(null));
    }

    public GeneratedSession Session { get; }

    public long HistoryBytes { get; }

    /// <summary>What the client would write to the hook's standard input.</summary>
    public string Input { get; }

    /// <summary>The same for a call that starts an agent, and for an edit.</summary>
    public string AgentInput { get; }

    public string EditInput { get; }

    /// <summary>A command of <see cref="LongSegments"/> segments.</summary>
    public string LongInput { get; }

    /// <summary>The end of a turn.</summary>
    public string StopInput { get; }

    public IReadOnlyList<string> Files => [Session.MainFile, .. Session.AgentFiles];

    /// <summary>The clean environment of a hook, with ceilings that nothing here reaches.</summary>
    public Dictionary<string, string> Environment(bool day = false)
    {
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = _folder,
            ["USER"] = "someone",
            ["CLAUDE_CONFIG_DIR"] = Path.Combine(_folder, ".claude"),
            ["SEPTIM_STATE_DIR"] = StateFolder,
            ["SEPTIM_SESSION_USD"] = "1000000",
            // Why: a shipper started by one call would run beside the next one that is measured.
            ["SEPTIM_LOG_SHIP"] = "manual",
        };
        if (day) environment["SEPTIM_DAY_USD"] = "1000000";
        return environment;
    }

    private string StateFolder => Path.Combine(_folder, "state");

    /// <summary>One more response with a tool call, as between two calls of a hook.</summary>
    public void Append() => TranscriptGenerator.Append(Session, 1_000_000 + _appended++);

    public void ForgetState()
    {
        if (Directory.Exists(StateFolder)) Directory.Delete(StateFolder, recursive: true);
    }

    /// <param name="tool">Of the call; null for the end of a turn.</param>
    /// <param name="input">Of the tool.</param>
    private string Payload(string? tool, params ReadOnlySpan<(string Name, string Value)> input)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("session_id", Session.SessionId);
            json.WriteString("transcript_path", Session.MainFile);
            json.WriteString("cwd", _folder);
            json.WriteString("permission_mode", "default");
            json.WriteString("hook_event_name", tool is null ? "Stop" : "PreToolUse");
            if (tool is null)
            {
                json.WriteBoolean("stop_hook_active", false);
            }
            else
            {
                json.WriteString("tool_name", tool);
                json.WriteStartObject("tool_input");
                foreach (var (name, value) in input) json.WriteString(name, value);
                json.WriteEndObject();
                json.WriteString("tool_use_id", "toolu_01notyetontheDisk0000");
            }
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }
}
