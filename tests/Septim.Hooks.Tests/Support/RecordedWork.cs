using System.Globalization;
using System.Text.Json;

namespace Septim.Hooks.Tests.Support;

/// <summary>Writes a recorded session, or a thread of one, in the line shapes of the client 2.1.330, a second a step.</summary>
internal sealed class RecordedWork
{
    private readonly string _path;
    private readonly string _cwd;
    private readonly string? _agentId;
    private readonly string _name;
    private int _step;

    public RecordedWork(string path, string cwd = "/home/dev/project", DateTimeOffset? start = null, string? agentId = null)
    {
        (_path, _cwd, _agentId) = (path, cwd, agentId);
        _name = Path.GetFileNameWithoutExtension(path);
        Now = start ?? new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
    }

    public DateTimeOffset Now { get; set; }

    /// <summary>Output tokens of each response; a dollar is 100,000 of them on this model.</summary>
    public int OutputTokens { get; init; } = 20;

    public RecordedWork Prompt(string text)
    {
        Write($$"""{"type":"user","message":{"role":"user","content":{{Quoted(text)}}},"promptSource":"typed"{{Tail()}}""");
        return this;
    }

    /// <summary>What the client itself puts into the thread, for instance a Stop hook's feedback.</summary>
    public RecordedWork Aside(string text)
    {
        Write($$"""{"type":"user","isMeta":true,"message":{"role":"user","content":[{"type":"text","text":{{Quoted(text)}}}]}{{Tail()}}""");
        return this;
    }

    public RecordedWork Say(string text)
    {
        Write(Assistant($"msg_{_name}_{++_step}", $$"""{"type":"text","text":{{Quoted(text)}}}""", "end_turn"));
        return this;
    }

    public RecordedWork Bash(string command, string output = "ok", bool failed = false) =>
        Call("Bash", $$"""{"command":{{Quoted(command)}},"description":"step {{_step}}"}""", output, failed);

    public RecordedWork Edit(string file, string from, string to) =>
        Call("Edit", $$"""{"file_path":{{Quoted(file)}},"old_string":{{Quoted(from)}},"new_string":{{Quoted(to)}},"replace_all":false}""", $"The file {file} has been updated.");

    public RecordedWork Read(string file, string content) => Call("Read", $$"""{"file_path":{{Quoted(file)}}}""", content);

    public RecordedWork Call(string tool, string input, string output = "ok", bool failed = false)
    {
        Together((tool, input, output, failed));
        return this;
    }

    /// <summary>Calls of one message: a line each, then a result each; the ids of the calls.</summary>
    public List<string> Together(params (string Tool, string Input, string Output, bool Failed)[] calls)
    {
        var ids = Ask([.. calls.Select(call => (call.Tool, call.Input))]);
        for (var i = 0; i < calls.Length; i++) Answer(ids[i], calls[i].Output, calls[i].Failed);
        return ids;
    }

    /// <summary>Only the message that makes the calls.</summary>
    public List<string> Ask(params (string Tool, string Input)[] calls)
    {
        var message = $"msg_{_name}_{++_step}";
        var ids = new List<string>();
        foreach (var (tool, input) in calls)
        {
            ids.Add($"toolu_{_name}_{_step}_{ids.Count}");
            Write(Assistant(message, $$"""{"type":"tool_use","id":"{{ids[^1]}}","name":"{{tool}}","input":{{input}}}""", "tool_use"), tick: ids.Count == 1);
        }
        return ids;
    }

    public void Answer(string id, string output, bool failed = false) =>
        Write($$"""{"type":"user","message":{"role":"user","content":[{"tool_use_id":"{{id}}","type":"tool_result","content":{{Quoted(output)}},"is_error":{{(failed ? "true" : "false")}}}]},"toolUseResult":{"stdout":{{Quoted(output)}}}{{Tail()}}""");

    /// <summary>An agent that this thread started with a call; its clock begins with this thread's.</summary>
    public RecordedWork Agent(string agentId, string toolUseId, int depth = 1, string? parent = null)
    {
        var folder = Path.Combine(_agentId is null ? Path.ChangeExtension(_path, null) : Path.GetDirectoryName(Path.GetDirectoryName(_path))!, "subagents");
        var agent = new RecordedWork(Path.Combine(folder, $"agent-{agentId}.jsonl"), _cwd, Now, agentId);
        File.WriteAllText(Path.Combine(folder, $"agent-{agentId}.meta.json"),
            $$"""{"agentType":"general-purpose","description":"part","toolUseId":"{{toolUseId}}","spawnDepth":{{depth}}{{(parent is null ? "" : $",\"parentAgentId\":\"{parent}\"")}},"model":"claude-sonnet-5-5","finished":true,"requestShape":"foreground"}""");
        return agent.Prompt("do the part");
    }

    public void Wait(TimeSpan time) => Now += time;

    private string Assistant(string message, string block, string stop) =>
        $$"""{"isSidechain":{{(_agentId is null ? "false" : "true")}},"message":{"id":"{{message}}","type":"message","role":"assistant","model":"claude-sonnet-5-5","content":[{{block}}],"stop_reason":"{{stop}}","stop_sequence":null,"usage":{"input_tokens":20,"cache_creation_input_tokens":0,"cache_read_input_tokens":2000,"output_tokens":{{OutputTokens}},"server_tool_use":{"web_search_requests":0},"cache_creation":{"ephemeral_1h_input_tokens":0,"ephemeral_5m_input_tokens":0} } },"requestId":"req_{{message}}","requestedModel":"claude-sonnet-5-5","type":"assistant"{{Tail()}}""";

    private string Tail() =>
        $$""","uuid":"{{Guid.NewGuid()}}","timestamp":"@","cwd":{{Quoted(_cwd)}},"sessionId":"{{_name}}","version":"2.1.330","gitBranch":"main"}""";

    private void Write(string line, bool tick = true)
    {
        if (tick) Now += TimeSpan.FromSeconds(1);
        File.AppendAllText(_path, line.Replace("\"timestamp\":\"@\"", $"\"timestamp\":\"{Now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}\"", StringComparison.Ordinal) + "\n");
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
