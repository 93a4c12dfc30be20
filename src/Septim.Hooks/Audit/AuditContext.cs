using Septim.Hooks.Audit.Reading;
using Septim.Hooks.Audit.Secrets;
using Septim.Hooks.Audit.Surroundings;

namespace Septim.Hooks.Audit;

/// <summary>What the checks look at: each part is read when the first check asks for it, once.</summary>
internal sealed class AuditContext
{
    private readonly Lazy<ProjectTree> _tree;
    private readonly Lazy<Repository> _repository;
    private readonly Lazy<Instructions> _instructions;
    private readonly Lazy<ShellStartup> _startup;
    private readonly Lazy<CiFiles> _ci;
    private readonly Lazy<SourceFiles> _sources;
    private readonly Lazy<ClaudeRuns> _runs;
    private readonly Lazy<HookTargets> _targets;
    private readonly Lazy<HookWiring> _hooks;
    private readonly Lazy<McpInventory> _mcp;
    private readonly Lazy<TranscriptSet> _transcripts;
    private readonly Lazy<IReadOnlyList<(Input Input, Node? Root, string Folder)>> _plugins;
    private readonly Dictionary<string, List<SecretHit>> _scanned = new(StringComparer.Ordinal);

    public AuditContext(AuditOptions options, Action<long, long>? progress = null, Action<int, int>? itemDone = null)
    {
        Options = options;
        ItemDone = itemDone ?? ((_, _) => { });
        Progress = progress ?? ((_, _) => { });
        Roots = new Roots(options);
        Inputs = new InputReader([options.Project, options.Home, options.ConfigDirectory, options.ManagedDirectory, .. options.SystemRoot == "/" ? (string[])["/etc"] : [options.SystemRoot]]);
        Settings = new EffectiveSettings(options, Inputs);
        Scanner = new SecretScanner(options.Now);
        Redactor = new Redactor(Scanner);
        Attestations = new Attestations(options, Inputs);
        _tree = new(() => new ProjectTree(options.Project));
        _repository = new(() => new Repository(options.Project, Roots));
        _instructions = new(() => new Instructions(options, Inputs, Tree));
        _startup = new(() => new ShellStartup(options, Inputs, Roots));
        Settings.Exported = name => Startup.Assignments.FindLast(one => one.Name == name && one is { IsLiteral: true, IsInline: false });
        _ci = new(() => new CiFiles(Inputs, Tree, Sources));
        _sources = new(() => new SourceFiles(Inputs, Tree));
        _runs = new(() => new ClaudeRuns(options, Inputs, Ci, Sources));
        _targets = new(() => new HookTargets(options, Settings, Inputs));
        _hooks = new(() => new HookWiring(options, Settings, Inputs, Plugins, Targets, Heads()));
        _transcripts = new(() => new TranscriptSet(options, Inputs, progress));
        _plugins = new(() => PluginFiles.Find(options, Inputs, Settings));
        var state = ClientStateFile(options);
        ClientStateInput = options.UseHome ? Inputs.Read(state) : new Input(state, InputStatus.Absent, null, "", 0);
        if (ClientStateInput.HasText)
        {
            ClientState = JsonTree.Parse(ClientStateInput.Text, out var error, out _);
            if (ClientState is null) ClientStateInput.Drop(error!, broken: true);
        }
        _mcp = new(() => new McpInventory(options, Inputs, Settings, Tree, ClientStateInput, ClientState, Plugins, Runs, Scanner));
        foreach (var (name, value) in options.Environment)
            foreach (var hit in Scanner.Scan($"{name}={value}", assignments: true)) Redactor.Learn(hit);
    }

    public AuditOptions Options { get; }

    /// <summary>What the audit itself tripped over: items that its own fault left open.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Told how much of the long part in hand is done, and of how much.</summary>
    public Action<long, long> Progress { get; }

    /// <summary>Told how many of the items are judged, and of how many.</summary>
    public Action<int, int> ItemDone { get; }
    public Roots Roots { get; }
    public InputReader Inputs { get; }
    public EffectiveSettings Settings { get; }
    public SecretScanner Scanner { get; }
    public Redactor Redactor { get; }
    public Attestations Attestations { get; }

    /// <summary><c>~/.claude.json</c> (or the one in the configuration directory): servers, account, trust.</summary>
    public Input ClientStateInput { get; }
    public Node? ClientState { get; }

    public ProjectTree Tree => _tree.Value;
    public Repository Repository => _repository.Value;
    public Instructions Instructions => _instructions.Value;
    public ShellStartup Startup => _startup.Value;
    public CiFiles Ci => _ci.Value;
    public SourceFiles Sources => _sources.Value;
    public ClaudeRuns Runs => _runs.Value;
    public HookTargets Targets => _targets.Value;
    public HookWiring Hooks => _hooks.Value;
    public McpInventory Mcp => _mcp.Value;
    public TranscriptSet Transcripts => _transcripts.Value;
    public IReadOnlyList<(Input Input, Node? Root, string Folder)> Plugins => _plugins.Value;

    public DateTimeOffset Now => Options.Now;

    /// <summary>Whether anything starts the client without a person.</summary>
    public bool RunsUnattended => Runs.All.Count > 0 || Transcripts.Files.Any(file => file.Entrypoint is { } entry && entry != "cli");

    public Version? ClientVersion => Transcripts.ClientVersion;

    /// <summary>What was judged so far, by item number.</summary>
    public Dictionary<int, ItemResult> Judged { get; } = [];

    /// <summary>Whether an item has a fail; judged now when it was not asked for.</summary>
    public bool Fails(AuditCheck check)
    {
        if (!Judged.TryGetValue(check.Number, out var result))
        {
            result = new ItemResult($"SEP{check.Number:00}", check.Severity);
            Judged[check.Number] = result;
            check.Judge(this, result);
        }
        return result.Findings.Exists(finding => finding.State == FindingState.Fail);
    }

    /// <summary>The secrets of a file; what is found is learned by the redactor.</summary>
    public List<SecretHit> SecretsIn(Input input)
    {
        if (_scanned.TryGetValue(input.Path, out var known)) return known;
        var hits = SecretsIn(input.Text);
        _scanned[input.Path] = hits;
        return hits;
    }

    public List<SecretHit> SecretsIn(string text)
    {
        var hits = Scanner.Scan(text, assignments: true);
        foreach (var hit in hits) Redactor.Learn(hit);
        Redactor.LearnCommandLines(text);
        return hits;
    }

    /// <summary>Agents, skills and commands: their heads may wire hooks.</summary>
    private IEnumerable<Input> Heads() =>
        AgentFiles.Find(this).Select(agent => Inputs.Read(agent.Path))
            .Concat(Instructions.Files.Select(file => file.Input).Where(input => input.Path.Replace('\\', '/') is var path && (path.Has("/skills/") || path.Has("/commands/"))))
            .DistinctBy(input => input.Path);

    private static string ClientStateFile(AuditOptions options)
    {
        var beside = Path.Combine(options.ConfigDirectory, ".claude.json");
        var home = Path.Combine(options.Home, ".claude.json");
        var moved = Path.GetFullPath(options.ConfigDirectory) != Path.GetFullPath(Path.Combine(options.Home, ".claude"));
        return File.Exists(beside) && (moved || !File.Exists(home)) ? beside : home;
    }
}
