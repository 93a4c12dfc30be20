using System.Text;
using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Spend;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Gates;

/// <summary>The money side of one call: which scopes it counts in, what is on disk, what is in flight here and elsewhere.</summary>
internal sealed class SessionAccount
{
    private readonly GateContext _context;
    private readonly SpendMeter _meter;
    private readonly SessionLinks _links;
    private readonly ReservationLedger _ledger;
    private readonly PriceTable _prices;
    private readonly string _rootTranscript;
    private readonly List<string> _tree;
    private IReadOnlyList<string> _run = [];

    /// <summary>What the call before left to be found on disk by this one.</summary>
    private List<UnwrittenMessage>? _due;

    /// <summary>As it was published last.</summary>
    private Reservation? _own;

    public SessionAccount(GateContext context)
    {
        _context = context;
        var state = context.Paths.StateDirectory;
        _prices = PriceTable.Load(context.Files, context.Config.Prices);
        _meter = new SpendMeter(context.Files, state, _prices, context.Time, context.Deadline);
        _links = new SessionLinks(context.Files, state);
        _ledger = new ReservationLedger(context.Files, state);
        _tree = _links.Members(SessionLinks.TreeGroup(context.Tree.RootSessionId));
        _rootTranscript = RootTranscript();
    }

    private HookInput Input => _context.Input;

    private string ThreadPath(FileReading? file) => file?.Path ?? (Input.AgentId is null
        ? Input.TranscriptPath
        : Path.Combine(SessionFolder, "subagents", $"agent-{Input.AgentId}.jsonl"));

    private string SessionFolder => Input.TranscriptPath.EndsWith(".jsonl", StringComparison.Ordinal) ? Input.TranscriptPath[..^6] : Input.TranscriptPath;

    /// <summary>Joins the run and the tree, and hands the markers to clients that Bash calls will start.</summary>
    public void Announce()
    {
        JoinGroups();
        if (_context.Client.EnvFile is { } file) EnvFile.Append(file, _context.Tree.ToShellExports());
    }

    /// <summary>After a compaction, whose request stands in no line: what it cost is estimated, until the client states a figure of its own.</summary>
    public void NoteCompaction()
    {
        var session = ReadSession();
        var request = NextRequest.Typical(FindThread(session) ?? NewestThread(session), 0, _prices);
        StatusFloor.Write(_context.Files, _context.Paths.StateDirectory, _context.Tree.RootSessionId, AtLeast(session) + request, session.LinesTotal);
    }

    /// <summary>The session ends. Nothing more comes of it, and what it made and did not write stays counted, here and after a resume.</summary>
    public void Close()
    {
        if (_ledger.Own(ThreadPath(null)) is { HoldsSpend: true } own)
        {
            var session = ReadSession();
            _own = (own with { Ended = 0, InFlight = Usd.Zero }).With(own.Due(0).FindAll(message => !session.HoldsToolUse(message.ToolUse)));
        }
        Withdraw();
    }

    /// <summary>Gives back what was reserved for this thread: it will make no further request. What it made and is not on disk stays counted.</summary>
    public void Withdraw()
    {
        if (_own is { } own && (own.Ended != 0 || own.Unwritten.Count > 0)) _ledger.Publish(own with { Next = Usd.Zero });
        else _ledger.Withdraw(_own?.Path ?? ThreadPath(null));
    }

    /// <summary>Why this session cannot be seen; null when its transcript is there or is not due yet.</summary>
    public string? MissingTranscript() => TranscriptWatch.Reason(_context);

    /// <summary>Reads, publishes this thread's reservation, counts the others', and says where each ceiling stands.</summary>
    public SpendStatement State()
    {
        var config = _context.Config;
        JoinGroups();
        using var dayAhead = config.DayUsd is null ? null : _meter.Begin(SpendScope.Day(_context.Client.ProjectsDirectory));
        var session = ReadSession();
        var thread = FindThread(session);
        var onDisk = CallIsOnDisk(thread);
        var (inFlight, next, doubt) = Estimate(session, thread, onDisk);
        var now = _context.Time.GetUtcNow();
        var own = OwnReservation(session, thread, onDisk, now) with { InFlight = inFlight, Next = next };
        _own = own;
        var child = ChildReservation(session, own);
        var written = _ledger.Publish(own) && (child is null || _ledger.Publish(child));
        if (!written && (config.RunUsd ?? config.DayUsd) is not null)
            throw new HookFault($"{_context.Paths.StateDirectory} cannot be written, so sessions side by side cannot count one another; make it writable or unset the run and day ceilings");
        var others = _ledger.Others([own.Path, child?.Path ?? own.Path], now);
        var requests = inFlight + next + (child?.Next ?? Usd.Zero);

        var ceilings = new List<Ceiling>(6);
        if (config.SubagentUsd is { } subagent && Input.AgentId is not null)
            ceilings.Add(Money("subagent", ConfigKeys.SubagentUsd, subagent, thread?.Total ?? Usd.Zero, Pending(inFlight + next, Usd.Zero), Usd.Zero, doubt));
        var used = AtLeast(session);
        if (config.SessionUsd is { } limit)
            ceilings.Add(Money("session", ConfigKeys.SessionUsd, limit, used, Pending(requests, used - session.Total), Open(others, session, r => r.RootSessionId == own.RootSessionId), doubt));
        if (config.RunUsd is { } runLimit)
        {
            var run = _meter.Read(SpendScope.Run(_context.Tree.RunId, _run));
            ceilings.Add(Money("run", ConfigKeys.RunUsd, runLimit, run.Total, Pending(requests, Usd.Zero), Open(others, run, r => r.RunId == own.RunId), doubt));
        }
        if (config.DayUsd is { } dayLimit)
        {
            var day = _meter.Read(SpendScope.Day(_context.Client.ProjectsDirectory), dayAhead);
            ceilings.Add(Money("day", ConfigKeys.DayUsd, dayLimit, day.WindowTotal(now), Pending(requests, Usd.Zero), Open(others, day, _ => true), doubt));
        }
        if (config.SessionMinutes is { } minutes)
            ceilings.Add(new Ceiling("session time", ConfigKeys.SessionMinutes, minutes, Minutes(session, now), 0, 0, 0, CeilingUnit.Minutes));
        if (config.SessionToolCalls is { } calls && Input.EventName == HookEvent.PreToolUse)
            ceilings.Add(new Ceiling("tool call", ConfigKeys.SessionToolCalls, calls, session.ToolCalls - (onDisk ? 1 : 0) + own.Unwritten.Count, 0, 0, 0, CeilingUnit.ToolCalls));
        return new SpendStatement(ceilings, onDisk || Input.EventName == HookEvent.UserPromptSubmit, session.UnknownModels, own.Unwritten.Count)
        {
            MustBeOnDisk = own.Ended != 0 && !written && thread is not null,
        };

        // What this thread made and did not write is spent, too; the client's own figure holds it as far as that stands above the lines.
        Usd Pending(Usd asked, Usd aboveLines) => asked + Usd.Max(own.UnwrittenTotal, aboveLines) - aboveLines;
    }

    private SpendReading ReadSession() => _meter.Read(SpendScope.Session(_rootTranscript, _tree));

    private Usd AtLeast(SpendReading session) =>
        Usd.Max(session.Total, StatusFloor.Now(_context.Files, _context.Paths.StateDirectory, _context.Tree.RootSessionId, session.LinesTotal));

    /// <summary>For this thread, without what is estimated at this call.</summary>
    private Reservation OwnReservation(SpendReading session, FileReading? thread, bool onDisk, DateTimeOffset now)
    {
        var path = ThreadPath(thread);
        _due ??= _ledger.Own(path)?.Due(EndedCall) ?? [];
        return new Reservation(Input.SessionId, _context.Tree.RootSessionId, _context.Tree.RunId, path, thread?.Responses ?? 0, Usd.Zero, Usd.Zero, now)
        {
            Ended = onDisk ? 0 : EndedCall,
        }.With(_due.FindAll(message => !session.HoldsToolUse(message.ToolUse)));
    }

    private Ceiling Money(string name, ConfigKey key, Usd limit, Usd used, Usd pending, Usd others, Usd doubt) =>
        new(name, key, limit.Pico, used.Times(100 + _context.Config.OverheadPercent, 100).Pico, pending.Pico, others.Pico, doubt.Pico, CeilingUnit.PicoUsd);

    private FileReading? FindThread(SpendReading session)
    {
        foreach (var file in session.Files)
        {
            if (Input.AgentId is null ? file.Path == Input.TranscriptPath : file.AgentId == Input.AgentId && file.Path.StartsWith(SessionFolder, StringComparison.Ordinal))
                return file;
        }
        return null;
    }

    private bool CallIsOnDisk(FileReading? thread)
    {
        if (thread is null) return false;
        var call = Input.Tool?.UseId is { } id ? HashOf(id) : EndedCall;
        return call != 0 && _meter.ContainsToolUse(thread, call);
    }

    /// <summary>After a batch: its last call, by which its message is known; else 0.</summary>
    private UInt128 EndedCall => Input.BatchToolUseIds.Count > 0 ? HashOf(Input.BatchToolUseIds[^1]) : 0;

    private static UInt128 HashOf(string toolUseId) => toolUseId.Length > 0 ? TranscriptLineReader.Hash(Encoding.UTF8.GetBytes(toolUseId)) : 0;

    private (Usd InFlight, Usd Next, Usd Doubt) Estimate(SpendReading session, FileReading? thread, bool onDisk)
    {
        var appended = Input.EventName switch
        {
            HookEvent.UserPromptSubmit => Input.Prompt?.Length ?? 0L,
            HookEvent.PostToolBatch => Input.Json.Length,
            _ => 0L,
        };
        var model = thread ?? NewestThread(session) ?? NewestElsewhere();
        var next = _context.Config.Reserve switch
        {
            "none" => Usd.Zero,
            "worst" => NextRequest.Worst(model, appended, _prices),
            _ => NextRequest.Typical(model, appended, _prices),
        };
        if (onDisk || Input.EventName == HookEvent.UserPromptSubmit) return (Usd.Zero, next, Usd.Zero);
        var inFlight = Usd.Max(next, NextRequest.Typical(model, 0, _prices));
        var worst = thread?.Last is null ? NextRequest.WorstUnknown : NextRequest.Worst(thread, appended, _prices);
        return (inFlight, next, Usd.Max(worst, inFlight) - inFlight);
    }

    /// <summary>An agent without a transcript yet is judged by the thread that answered last.</summary>
    private static FileReading? NewestThread(SpendReading session)
    {
        FileReading? dearest = null;
        foreach (var file in session.Files)
            if (file.Last is { } last && (dearest?.Last is not { } best || last.Cost > best.Cost)) dearest = file;
        return dearest;
    }

    /// <summary>
    /// A session that has not answered yet is judged by the others on its account. Without that, one that starts when the others have
    /// used the rest up would cross the ceiling with its first request.
    /// </summary>
    private FileReading? NewestElsewhere()
    {
        var config = _context.Config;
        var run = config.RunUsd is null ? null : NewestThread(_meter.Read(SpendScope.Run(_context.Tree.RunId, _run)));
        return run ?? (config.DayUsd is null ? null : NewestThread(_meter.Read(SpendScope.Day(_context.Client.ProjectsDirectory))));
    }

    /// <summary>An agent's first request passes no gate, so the call that starts it reserves for it.</summary>
    private Reservation? ChildReservation(SpendReading session, Reservation own)
    {
        if (Input.EventName != HookEvent.PreToolUse || Input.Tool is not { UseId: { } id } tool || _context.Config.Reserve == "none") return null;
        if (tool.Name is not ("Agent" or "Task" or "Workflow" or "SendMessage")) return null;
        var first = NextRequest.Typical(NewestThread(session), 0, _prices);
        return own with { Path = ChildThread.PathFor(SessionFolder, id), Responses = 0, InFlight = Usd.Zero, Next = first, Unwritten = [] };
    }

    private Usd Open(List<Reservation> others, SpendReading reading, Func<Reservation, bool> counts)
    {
        var open = Usd.Zero;
        foreach (var reservation in others)
        {
            if (!counts(reservation)) continue;
            var responses = ChildThread.Is(reservation.Path)
                ? ChildThread.Responses(_context.Files, reservation.Path, reading)
                : ResponsesOf(reading, reservation.Path);
            open += reservation.Open(responses);
        }
        return open;
    }

    private static long ResponsesOf(SpendReading reading, string path)
    {
        foreach (var file in reading.FilesBelow(Path.GetDirectoryName(path) ?? ""))
            if (file.Path == path) return file.Responses;
        return 0;
    }

    private static long Minutes(SpendReading session, DateTimeOffset now)
    {
        if (session.FirstTimestamp is not { } first) return 0;
        // Why: a clock set back must not give time back, so the newest line counts as now when it is later.
        var end = session.LastTimestamp is { } last && last > now ? last : now;
        return Math.Max(0, (long)(end - first).TotalMinutes);
    }

    private void JoinGroups()
    {
        var joined = _links.Join(SessionLinks.TreeGroup(_context.Tree.RootSessionId), Input.SessionId, Input.TranscriptPath);
        if (_context.Config.RunUsd is null) return;
        var group = SessionLinks.RunGroup(_context.Tree.RunId);
        joined &= _links.Join(group, Input.SessionId, Input.TranscriptPath);
        if (!joined)
            throw new HookFault($"{_context.Paths.StateDirectory} cannot be written, so this session cannot be counted in its run; make it writable or unset the run ceiling");
        _run = _links.Members(group);
    }

    private string RootTranscript()
    {
        if (_context.Tree.RootSessionId != Input.SessionId)
            foreach (var member in _tree)
                if (Path.GetFileNameWithoutExtension(member) == _context.Tree.RootSessionId) return member;
        return Input.TranscriptPath;
    }
}
