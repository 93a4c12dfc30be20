using System.Globalization;
using System.Text;
using System.Text.Json;
using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Gates;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Support;

/// <summary>A session on a real disk: home, project, transcript and agents, and the context of one hook call in it.</summary>
internal sealed class Session : IDisposable
{
    // The client escapes no more than JSON wants.
    private static readonly JsonSerializerOptions s_asTheClient = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TemporaryDirectory _place = new();
    private readonly bool _owns = true;
    private int _line;

    public Session(string id = "11111111-2222-4333-8444-555555555555")
    {
        Id = id;
        Directory.CreateDirectory(Path.Combine(Home, ".claude", "projects", "-p"));
        Directory.CreateDirectory(Project);
        Environment["HOME"] = Home;
    }

    private Session(Session beside, string id)
    {
        _place = beside._place;
        _owns = false;
        Id = id;
        foreach (var (name, value) in beside.Environment) Environment[name] = value;
    }

    public string Id { get; }
    public Dictionary<string, string> Environment { get; } = [];
    public string Home => Path.Combine(_place.Path, "home");
    public string Project => Path.Combine(_place.Path, "project");
    public string State => Path.Combine(Home, ".local", "state", "septim");
    public string Transcript => Path.Combine(Home, ".claude", "projects", "-p", Id + ".jsonl");
    public IFileSystem Files { get; set; } = FileSystem.Real;
    public TimeProvider Time { get; set; } = TimeProvider.System;
    public string? AgentId { get; set; }

    private string Now => Time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Another session of the same person.</summary>
    public Session Beside(string id) => new(this, id);

    public void Append(string line, string? agentId = null)
    {
        var path = agentId is null ? Transcript : Path.Combine(Path.ChangeExtension(Transcript, null), "subagents", $"agent-{agentId}.jsonl");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.AppendAllText(path, line + "\n");
    }

    /// <summary>A response as the client writes it: one line a tool call, the same usage on each.</summary>
    public string Respond(long input, long output, string model = "claude-sonnet-5-5", string? agentId = null, DateTimeOffset? at = null, params (string UseId, string Tool, string Input)[] calls)
    {
        var id = $"msg_{Id[..8]}_{agentId}_{++_line}";
        var time = (at ?? Time.GetUtcNow()).ToString("O", CultureInfo.InvariantCulture);
        var blocks = calls.Length == 0
            ? ["""{"type":"text","text":"ok"}"""]
            : calls.Select(call => $$"""{"type":"tool_use","id":"{{call.UseId}}","name":"{{call.Tool}}","input":{{call.Input}}}""").ToArray();
        foreach (var block in blocks)
            Append($$"""{"type":"assistant","message":{"id":"{{id}}","model":"{{model}}","role":"assistant","content":[{{block}}],"usage":{"input_tokens":{{input}},"output_tokens":{{output}} } },"requestId":"req_{{_line}}","timestamp":"{{time}}","sessionId":"{{Id}}"}""", agentId);
        return id;
    }

    public void Result(string useId, bool isError = false, string? agentId = null, string output = "x") =>
        Append($$$"""{"type":"user","message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"{{{useId}}}","content":"{{{output}}}","is_error":{{{(isError ? "true" : "false")}}} }]},"timestamp":"{{{Now}}}"}""", agentId);

    public void Agent(string agentId, int depth = 1, string? toolUseId = null, bool finished = false)
    {
        var path = Path.Combine(Path.ChangeExtension(Transcript, null), "subagents", $"agent-{agentId}.meta.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $$"""{"agentType":"general-purpose","toolUseId":"{{toolUseId ?? "toolu_of_" + agentId}}","spawnDepth":{{depth}},"requestShape":"foreground"{{(finished ? ",\"finished\":true" : "")}}}""");
    }

    public void UserConfig(string json) => _place.Write("home/.claude/septim/septim.json", json);

    public GateContext Call(string tool, string input, string? useId = "toolu_now", string eventName = "PreToolUse") =>
        Context($$"""{{{Head(eventName)}},"tool_name":"{{tool}}","tool_input":{{input}}{{(useId is null ? "" : $",\"tool_use_id\":\"{useId}\"")}}}""");

    public GateContext Batch(params string[] useIds) => Batch([.. useIds.Select(id => (id, "Bash", "x"))]);

    public GateContext Batch(params (string UseId, string Tool, string Response)[] calls) =>
        Context($$"""{{{Head("PostToolBatch")}},"tool_calls":[{{string.Join(',', calls.Select(call => $$"""{"tool_name":"{{call.Tool}}","tool_input":{},"tool_use_id":"{{call.UseId}}","tool_response":{{JsonSerializer.Serialize(call.Response, s_asTheClient)}}}"""))}}]}""");

    public GateContext Prompt(string text = "go") => Context($$"""{{{Head("UserPromptSubmit")}},"prompt":{{JsonSerializer.Serialize(text)}}}""");

    public GateContext Event(string name, string more = "") => Context($$"""{{{Head(name)}}{{more}}}""");

    public GateContext Changed(string source, string file) =>
        Context($$"""{{{Head("ConfigChange")}},"source":"{{source}}","file_path":{{JsonSerializer.Serialize(file)}}}""");

    private string Head(string eventName) =>
        $"\"session_id\":\"{Id}\",\"transcript_path\":{JsonSerializer.Serialize(Transcript)},\"cwd\":{JsonSerializer.Serialize(Project)},\"hook_event_name\":\"{eventName}\""
        + (AgentId is null ? "" : $",\"agent_id\":\"{AgentId}\",\"agent_type\":\"general-purpose\"");

    private GateContext Context(string payload)
    {
        string? Variable(string name) => Environment.GetValueOrDefault(name);
        var client = ClientEnvironment.Read(Variable);
        var paths = SeptimPaths.Read(client, Variable) with { ManagedFile = Path.Combine(_place.Path, "managed.json") };
        var config = ConfigLoader.Load(paths, client, Project, Variable, Time);
        return new GateContext
        {
            Input = HookInput.Parse(Encoding.UTF8.GetBytes(payload)),
            Config = config,
            Paths = paths,
            Client = client,
            Tree = SessionTree.Read(Id, Variable),
            Files = Files,
            Time = Time,
            Deadline = Deadline.After(TimeSpan.FromSeconds(30)),
        };
    }

    public void Dispose()
    {
        if (_owns) _place.Dispose();
    }
}
