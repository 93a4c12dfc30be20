using System.Text.Json.Nodes;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.EndToEnd.Support;

/// <summary>Calls the native binary as the client would, on a generated session in a HOME of its own.</summary>
internal sealed class HookCall : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("septim-").FullName;

    /// <param name="plan">What the session looks like.</param>
    public HookCall(SessionPlan plan)
    {
        Session = TranscriptGenerator.Write(Path.Combine(_home, ".claude"), plan);
        Pico = Session.PicoUsd;
        Directory.CreateDirectory(State);
    }

    public GeneratedSession Session { get; }

    /// <summary>What the session cost so far, in pico-dollars.</summary>
    public long Pico { get; private set; }

    public string State => Path.Combine(_home, "state");

    public void Append(int seed) => Pico += TranscriptGenerator.Append(Session, seed);

    /// <summary>A prompt in that session, under a session ceiling of so many pico-dollars and no reserve.</summary>
    public async Task<ProcessResult> Prompt(long ceilingPico, Action<int>? whileRunning = null) => await ChildProcess.Run(
        await PublishedBinary.Path,
        ["hook"],
        _home,
        Environment(new()
        {
            ["SEPTIM_SESSION_USD"] = (ceilingPico / 1_000_000_000_000m).ToString("F12", System.Globalization.CultureInfo.InvariantCulture),
            ["SEPTIM_RESERVE"] = "none",
            ["SEPTIM_WARN_AT_PERCENT"] = "100",
        }),
        Payload("UserPromptSubmit", json => json["prompt"] = "Go on."),
        whileRunning: whileRunning);

    /// <summary>The binary with any input and arguments.</summary>
    public async Task<ProcessResult> Raw(string stdin, params string[] arguments) =>
        await ChildProcess.Run(await PublishedBinary.Path, arguments, _home, Environment([]), stdin);

    /// <summary>A shell command before the gates, in a process that <paramref name="limit"/> (shell code) has put bounds on.</summary>
    public async Task<ProcessResult> Bash(string command, string limit)
    {
        var payload = Payload("PreToolUse", json =>
        {
            json["tool_name"] = "Bash";
            json["tool_input"] = new JsonObject { ["command"] = command };
            json["tool_use_id"] = "toolu_01limit";
        });
        return await ChildProcess.Run("/bin/bash", ["-c", $"{limit}; exec \"$0\" hook", await PublishedBinary.Path], _home, Environment([]), payload);
    }

    /// <summary>A command of a person's, with one more environment variable.</summary>
    public async Task<ProcessResult> Command((string Name, string Value) variable, params string[] arguments) =>
        await ChildProcess.Run(await PublishedBinary.Path, arguments, _home, Environment(new() { [variable.Name] = variable.Value }), "");

    public string Payload(string hookEvent, Action<JsonObject>? more = null)
    {
        var json = new JsonObject
        {
            ["session_id"] = Session.SessionId,
            ["transcript_path"] = Session.MainFile,
            ["cwd"] = _home,
            ["permission_mode"] = "default",
            ["hook_event_name"] = hookEvent,
        };
        more?.Invoke(json);
        return json.ToJsonString() + "\n";
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private Dictionary<string, string> Environment(Dictionary<string, string> more) => new(more)
    {
        ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
        ["HOME"] = _home,
        ["CLAUDE_CONFIG_DIR"] = Path.Combine(_home, ".claude"),
        ["SEPTIM_STATE_DIR"] = State,
        ["SEPTIM_LOG_SHIP"] = "manual",
    };
}
