using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Septim.Hooks.EndToEnd.Support;

/// <summary>
/// Sessions with some agents already running, and processes of the native binary that ask at the same instant whether one more may
/// start: all are started first and wait for their input, then all get it.
/// </summary>
internal sealed class AdmissionRace : IDisposable
{
    private const int Running = 5;

    private readonly string _root = Directory.CreateTempSubdirectory("septim-").FullName;
    private int _sessions;

    public AdmissionRace() => NewSession();

    public string State => Path.Combine(_root, "state");

    public string Transcript { get; private set; } = "";

    public string Agents => Path.Combine(Path.ChangeExtension(Transcript, null), "subagents");

    /// <summary>The ledger of the session tree at hand, once there is one.</summary>
    public string Ledger => Directory.GetFiles(Path.Combine(State, "admissions")).Single(file => !file.EndsWith(".lock", StringComparison.Ordinal));

    private string SessionId => Path.GetFileNameWithoutExtension(Transcript);

    /// <summary>Another session, with five of the eight places taken.</summary>
    public void NewSession()
    {
        Transcript = Path.Combine(_root, ".claude", "projects", "-p", $"{++_sessions:x8}-2222-4333-8444-555555555555.jsonl");
        Directory.CreateDirectory(Agents);
        for (var i = 0; i < Running; i++) WriteMeta($"a{i}", $$"""{"agentType":"general-purpose","toolUseId":"toolu_of_a{{i}}","spawnDepth":1}""");
    }

    public void WriteMeta(string agent, string text) => File.WriteAllText(MetaOf(agent), text);

    public string MetaOf(string agent) => Path.Combine(Agents, $"agent-{agent}.meta.json");

    /// <summary>So many at once; those with a number below <paramref name="killed"/> are killed as soon as they have their input.</summary>
    public async Task<IReadOnlyList<ProcessResult>> AllAtOnce(int count, int killed = 0)
    {
        var binary = await PublishedBinary.Path;
        var processes = Enumerable.Range(0, count).Select(_ => Process.Start(Start(binary))!).ToList();
        var payloads = Enumerable.Range(0, count).Select(i => Payload($"toolu_{i}")).ToList();
        var output = processes.ConvertAll(process => (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()));
        for (var i = 0; i < count; i++)
        {
            processes[i].StandardInput.Write(payloads[i]);
            processes[i].StandardInput.Close();
            if (i < killed) processes[i].Kill();
        }
        var results = new List<ProcessResult>();
        for (var i = 0; i < count; i++)
        {
            await processes[i].WaitForExitAsync();
            results.Add(new ProcessResult(processes[i].ExitCode, await output[i].Item1, await output[i].Item2, false, TimeSpan.Zero));
            processes[i].Dispose();
        }
        return results;
    }

    /// <summary>One call, as an unprivileged user when the tests run as root, so that permissions count.</summary>
    public async Task<ProcessResult> Ask(string useId = "toolu_one", string? agentId = null, string? state = null, IReadOnlyList<string>? through = null, string? deadlineMs = null)
    {
        var binary = Path.Combine(_root, "septim");
        if (!File.Exists(binary)) await PublishedBinary.CopyTo(binary);
        Posix.GiveToNobody(_root);
        var environment = Environment();
        if (state is not null) environment["SEPTIM_STATE_DIR"] = state;
        if (deadlineMs is not null) environment["SEPTIM_DEADLINE_MS"] = deadlineMs;
        List<string> command = [.. through ?? [], binary, "subagent-gate"];
        return await ChildProcess.Run(command[0], command[1..], _root, environment, Payload(useId, agentId), asNobody: true);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private ProcessStartInfo Start(string binary)
    {
        var start = new ProcessStartInfo(binary, ["subagent-gate"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _root };
        start.Environment.Clear();
        foreach (var (name, value) in Environment()) start.Environment[name] = value;
        return start;
    }

    private string Payload(string useId, string? agentId = null)
    {
        var json = new JsonObject
        {
            ["session_id"] = SessionId,
            ["transcript_path"] = Transcript,
            ["cwd"] = _root,
            ["hook_event_name"] = "PreToolUse",
            ["tool_name"] = "Agent",
            ["tool_input"] = new JsonObject { ["description"] = "d", ["prompt"] = useId, ["subagent_type"] = "general-purpose" },
            ["tool_use_id"] = useId,
        };
        if (agentId is not null) json["agent_id"] = agentId;
        return json.ToJsonString() + "\n";
    }

    private Dictionary<string, string> Environment() => new()
    {
        ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
        ["HOME"] = _root,
        ["SEPTIM_STATE_DIR"] = State,
        // Why: a shipper that a denial starts would outlive the place that is being erased.
        ["SEPTIM_LOG_SHIP"] = "manual",
    };
}
