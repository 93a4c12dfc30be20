using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Gates;

namespace Septim.Hooks.Commands.Replay;

/// <summary>
/// Asks today's gates at every step of recorded sessions, in the order of time, with the disk and the clock of then. The gates are those
/// that judge live calls; what was really run counts as history, also where today it would have been refused.
/// </summary>
internal sealed class ReplayRun
{
    private const int MaxShown = 160;

    private readonly CommandIo _io;
    private readonly IReadOnlyList<IGate> _gates;
    private readonly ClientEnvironment _client;
    private readonly SeptimPaths _paths;
    private readonly string _state;
    private readonly ReplayTime _time = new();
    private readonly Dictionary<string, SeptimConfig> _configs = new(StringComparer.Ordinal);

    /// <param name="io">The outside, for the configuration of today.</param>
    /// <param name="gates">Who is asked.</param>
    /// <param name="stateDirectory">An empty folder for what the gates keep meanwhile.</param>
    public ReplayRun(CommandIo io, IReadOnlyList<IGate> gates, string stateDirectory)
    {
        (_io, _gates, _state) = (io, gates, stateDirectory);
        // Why attended: what asks is reported as a question, whoever was there to answer it.
        _client = ClientEnvironment.Read(io.Variable) with { Attended = true, EnvFile = null, SessionId = null, ClientPid = null };
        _paths = SeptimPaths.Read(_client, io.Variable);
        _configs[""] = ConfigLoader.Load(_paths, _client, null, io.Variable, io.Time);
    }

    public List<RecordedFile> Files { get; private set; } = [];

    public List<ReplayFinding> Findings { get; } = [];

    /// <summary>Tool calls that were judged, each once however many copies there are.</summary>
    public int Calls { get; private set; }

    /// <exception cref="HookFault">A transcript or the configuration cannot be read.</exception>
    public void Run(IEnumerable<string> paths, Progress progress)
    {
        Files = RecordedFiles.Find(paths, _client.ProjectsDirectory);
        var steps = new List<RecordedStep>();
        long total = 0, done = 0;
        foreach (var file in Files) total += new FileInfo(file.Path).Length;
        foreach (var file in Files) new RecordedFileReader(file, steps, read => progress.Report(done += read, total)).Read();
        steps.Sort(static (a, b) => a.TimeMs != b.TimeMs ? a.TimeMs.CompareTo(b.TimeMs)
            : a.File.Number != b.File.Number ? a.File.Number.CompareTo(b.File.Number)
            : a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.Kind.CompareTo(b.Kind));

        var disk = new ReplayDisk(Files, _client.ProjectsDirectory);
        var seen = new HashSet<(RecordedStepKind, string)>();
        for (var i = 0; i < steps.Count; i++)
        {
            progress.ReportCount("judging steps", i, steps.Count);
            var step = steps[i];
            // Why: forks and resumed copies repeat what happened once.
            if (step.Key.Length > 0 && !seen.Add((step.Kind, step.Key))) continue;
            if (step.Kind == RecordedStepKind.Call)
            {
                Calls++;
                step.File.Session.Judged++;
            }
            disk.Now = step;
            _time.NowMs = step.TimeMs;
            Judge(step, disk);
        }
    }

    private void Judge(RecordedStep step, ReplayDisk disk)
    {
        var shown = "";
        GateContext today;
        try
        {
            today = Context(step, disk, out shown);
        }
        catch (HookFault fault)
        {
            Add("hook", new Verdict(VerdictKind.Deny, "hook", fault.Message), step, shown, isFault: true);
            return;
        }
        var then = today with { Time = _time, Paths = _paths with { StateDirectory = _state } };
        foreach (var gate in _gates)
        {
            // Why two: spend and places are counted at the time of then, and away from the state of live sessions; a rule, an exception
            // that has expired, and whose files these are hold as of today.
            var context = gate is CostGate or SubagentGate ? then : today;
            if (step.File.Session.IsOver(gate, step.File.AgentId) || !gate.Judges(context)) continue;
            try
            {
                var verdict = gate.Judge(context);
                if (verdict.Kind == VerdictKind.Stop) step.File.Session.End(gate, step.File.AgentId);
                if (!ReferenceEquals(verdict, Verdict.Pass)) Add(gate.Id, verdict, step, shown, isFault: false);
            }
            catch (Exception e) when (e is HookFault or OverflowException)
            {
                Add(gate.Id, new Verdict(VerdictKind.Deny, gate.Id, e.Message), step, shown, isFault: true);
            }
        }
    }

    private GateContext Context(RecordedStep step, ReplayDisk disk, out string shown)
    {
        var session = step.File.Session;
        var project = Directory.Exists(session.Project) ? session.Project : null;
        var client = _client with { ProjectDirectory = project };
        if (!_configs.TryGetValue(project ?? "", out var config))
            _configs[project!] = config = ConfigLoader.Load(_paths, client, project, _io.Variable, _io.Time);
        return new GateContext
        {
            Input = ReplayPayload.Of(step, out shown),
            Config = config,
            Paths = _paths,
            Client = client,
            Tree = new SessionTree(session.Id, session.Id, 0),
            Files = disk,
            Time = _io.Time,
            Deadline = Deadline.None,
        };
    }

    private void Add(string gate, Verdict verdict, RecordedStep step, string shown, bool isFault)
    {
        var word = isFault ? "fault" : verdict.Kind switch
        {
            VerdictKind.Pass => "warn",
            VerdictKind.Ask => "ask",
            VerdictKind.Deny => "deny",
            _ => "stop",
        };
        Findings.Add(new ReplayFinding(gate, verdict.Id, word, step, step.File.Session.Judged, OneLine(shown), SecretMask.Of(verdict.Reason), verdict.Ceiling));
    }

    private static string OneLine(string text)
    {
        var line = SecretMask.Of(text.Length > 4 * MaxShown ? text[..(4 * MaxShown)] : text);
        line = string.Concat(line.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return line.Length > MaxShown ? line[..MaxShown] + "…" : line;
    }
}
