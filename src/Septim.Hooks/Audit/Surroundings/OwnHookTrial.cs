using System.Text;
using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Gates;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>
/// Asks our own gates in this process, with the audited configuration, in a temporary home and project: what a real call would be
/// answered. Nothing in the audited trees is touched.
/// </summary>
internal sealed class OwnHookTrial : IDisposable
{
    private readonly AuditContext _context;
    private readonly string _root = CreateRoot();

    public OwnHookTrial(AuditContext context)
    {
        _context = context;
        Directory.CreateDirectory(Transcripts);
        Directory.CreateDirectory(Project);
        Copy(Path.Combine(context.Options.ConfigDirectory, "septim", "septim.json"), Path.Combine(ConfigFolder, "septim", "septim.json"));
        Copy(Path.Combine(context.Options.Project, ".septim", "septim.json"), Path.Combine(Project, ".septim", "septim.json"));
        Copy(context.Settings.ProjectPath, Path.Combine(Project, ".claude", "settings.json"));
    }

    /// <summary>In memory where the system offers it: hundreds of small files are made and taken away again.</summary>
    private static string CreateRoot()
    {
        const string Memory = "/dev/shm";
        if (!OperatingSystem.IsLinux() || !Directory.Exists(Memory)) return Directory.CreateTempSubdirectory("septim-audit-").FullName;
        try
        {
            return Directory.CreateDirectory(Path.Combine(Memory, "septim-audit-" + Path.GetRandomFileName()), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Directory.CreateTempSubdirectory("septim-audit-").FullName;
        }
    }

    public string Project => Path.Combine(_root, "project");

    /// <summary>
    /// Calls come from a person's ordinary home instead of the temporary one. For commands: below the temporary directory much may be
    /// deleted that may not be deleted at home.
    /// </summary>
    public bool FromOrdinaryHome { get; set; }

    public string Session { get; private set; } = "00000000-0000-4000-8000-000000000000";
    public string TranscriptPath => Path.Combine(Transcripts, Session + ".jsonl");
    private string Cwd => FromOrdinaryHome ? "/home/someone/work/project" : Project;
    private string ConfigFolder => Path.Combine(_root, "home", ".claude");
    private string Transcripts => Path.Combine(ConfigFolder, "projects", "-trial");

    /// <summary>Another session, with nothing spent, and a state of its own.</summary>
    public void Begin(int number, bool clearOthers = true)
    {
        if (clearOthers)
        {
            Directory.Delete(Path.Combine(ConfigFolder, "projects"), recursive: true);
            Directory.CreateDirectory(Transcripts);
        }
        Session = $"00000000-0000-4000-8000-{number:000000000000}";
    }

    /// <exception cref="HookFault">It cannot be read; the message names the audited files, not their copies in here.</exception>
    public SeptimConfig LoadConfig() => Named(() =>
    {
        var client = ClientEnvironment.Read(Variable);
        return ConfigLoader.Load(SeptimPaths.Read(client, Variable), client, Project, Variable, TimeProvider.System);
    });

    /// <returns>Why a gate cannot understand its configuration and so refuses everything; null when it can.</returns>
    public string? WhyItRefusesAll(string verb)
    {
        try
        {
            var config = LoadConfig();
            if (verb is "hook" or "bash-gate") Named(() => BashGate.PolicyOf(config));
            return null;
        }
        catch (HookFault fault)
        {
            return fault.Message;
        }
    }

    private T Named<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (HookFault fault)
        {
            var message = fault.Message.Replace(ConfigFolder, _context.Roots.Show(_context.Options.ConfigDirectory), StringComparison.Ordinal);
            throw new HookFault(message.Replace(Project + Path.DirectorySeparatorChar, "", StringComparison.Ordinal), fault);
        }
    }

    public HookReply Ask(string verb, string payload) => Ask(verb, Encoding.UTF8.GetBytes(payload));

    public HookReply Ask(string verb, byte[] payload)
    {
        var gates = verb is "hook" or "" ? GateList.All : GateList.Find(verb) is { } gate ? [gate] : [];
        return FaultPolicy.Answer(verb, gates, payload, Variable);
    }

    /// <summary>The gate that a question is about: <c>hook</c> asks it among others, and what they say is not the question.</summary>
    public static string GateOf(string verb, string gate) => verb is "hook" && GateList.Find(gate) is not null ? gate : verb;

    /// <summary>A PreToolUse payload as the client writes it.</summary>
    /// <param name="tool">The tool's name.</param>
    /// <param name="input">Its input as JSON.</param>
    /// <param name="agent">The agent that asks; null on the main thread.</param>
    /// <param name="id">The call's own id.</param>
    public string Payload(string tool, string input, string? agent = null, string id = "toolu_trial") =>
        $$"""{"session_id":"{{Session}}","transcript_path":{{Text(TranscriptPath)}},"cwd":{{Text(Cwd)}},"prompt_id":"p1","permission_mode":"default","hook_event_name":"PreToolUse","tool_name":"{{tool}}","tool_input":{{input}},"tool_use_id":"{{id}}"{{(agent is null ? "" : $",\"agent_id\":\"{agent}\",\"agent_type\":\"general-purpose\"")}}}""" + "\n";

    public static string Bash(string command) => $$"""{"command":{{Text(command)}},"description":"trial"}""";

    /// <summary>Appends a response of a given cost in output tokens of a model at 25 USD a million.</summary>
    public void Spend(decimal usd, string id, string? file = null, DateTimeOffset? at = null, string model = "claude-opus-5", int parts = 20)
    {
        var path = file is null ? TranscriptPath : Path.Combine(Transcripts, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var lines = new StringBuilder();
        var time = (at ?? DateTimeOffset.UtcNow).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
        // Why parts: one large response would make the estimate of the next request as large, and the trial would test that instead.
        var tokens = (long)(usd / parts / 25 * 1_000_000);
        for (var i = 0; i < parts; i++)
            lines.Append($$"""{"type":"assistant","uuid":"{{id}}-{{i}}","sessionId":"{{Session}}","timestamp":"{{time}}","requestedModel":"{{model}}","message":{"id":"msg_{{id}}_{{i}}","type":"message","role":"assistant","model":"{{model}}","content":[{"type":"text","text":"x"}],"stop_reason":"end_turn","usage":{"input_tokens":0,"output_tokens":{{tokens}},"cache_read_input_tokens":0,"cache_creation_input_tokens":0} } }""").Append('\n');
        File.AppendAllText(path, lines.ToString());
    }

    public void WriteMeta(string agent, int depth, bool finished = false)
    {
        var folder = Path.Combine(Transcripts, Session, "subagents");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, $"agent-{agent}.meta.json"), $$"""{"agentType":"general-purpose","description":"trial","toolUseId":"toolu_{{agent}}","spawnDepth":{{depth}}{{(finished ? ",\"finished\":true" : "")}}}""");
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(_root, recursive: true);
        }
        catch (IOException)
        {
            // Why: a leftover in the temporary directory harms nobody.
        }
    }

    private string? Variable(string name) => name switch
    {
        "HOME" or "USERPROFILE" => FromOrdinaryHome ? "/home/someone" : Path.Combine(_root, "home"),
        "CLAUDE_CONFIG_DIR" => FromOrdinaryHome ? ConfigFolder : null,
        "CLAUDE_PROJECT_DIR" => Cwd,
        "CLAUDE_CODE_SESSION_ATTENDED" => "0",
        "SEPTIM_STATE_DIR" => Path.Combine(_root, "state", Session[^4..]),
        "SEPTIM_WAIT_MS" => "0",
        _ when name.Starts("SEPTIM_") => _context.Settings.Variable(name)?.Value,
        _ => null,
    };

    private static string Text(string value) => "\"" + System.Text.Json.JsonEncodedText.Encode(value) + "\"";

    private static void Copy(string from, string to)
    {
        if (!File.Exists(from)) return;
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to);
    }
}
