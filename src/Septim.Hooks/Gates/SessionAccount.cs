using System.Text;
using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Spend;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Gates;

/// <summary>The money side of one call: which scopes it counts in, what is on disk, what is in flight here and elsewhere.</summary>
internal sealed partial class SessionAccount
{
    private readonly GateContext _context;
    private readonly SpendMeter _meter;
    private readonly SessionLinks _links;
    private readonly ReservationLedger _ledger;
    private readonly PriceTable _prices;
    private readonly UnseenSpend _unseen;
    private readonly string _rootTranscript;
    private readonly List<string> _tree;
    private IReadOnlyList<string> _run = [];

    /// <summary>What the call before left to be found on disk by this one.</summary>
    private List<UnwrittenMessage>? _due;

    private bool _isNoted;

    /// <summary>What was reserved for an agent or a request that this call would start.</summary>
    private string? _child;

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
        _unseen = new UnseenSpend(context);
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
        _unseen.Note(session, null, Usd.Zero, NextRequest.Typical(FindThread(session) ?? NewestThread(session), 0, _prices));
    }

    /// <summary>The session ends. Nothing more comes of it, and what it made and did not write stays counted, here and after a resume.</summary>
    public void Close()
    {
        var session = ReadSession();
        if (IsRoot) _unseen.Settle(session);
        if (_ledger.Own(ThreadPath(null)) is { HoldsSpend: true } own)
            _own = (own with { Ended = 0, InFlight = Usd.Zero, AboveLines = Usd.Zero }).With(own.Due(0).FindAll(message => !session.HoldsToolUse(message.ToolUse)));
        Withdraw();
    }

    /// <summary>Gives back what was reserved for this thread: it will make no further request. What it made and is not on disk stays counted.</summary>
    public void Withdraw()
    {
        if (_own is { HoldsSpend: true } own) _ledger.Publish(own with { Next = Usd.Zero });
        else _ledger.Withdraw(_own?.Path ?? ThreadPath(null));
    }

    /// <summary>The call is refused, and nothing that it would have started comes.</summary>
    public void WithdrawChild()
    {
        if (_child is not null) _ledger.Withdraw(_child);
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
        NoteToolRequests(session, thread, own.UnwrittenTotal);
        var used = _unseen.AtLeast(session);
        var aboveLines = used - session.Total;
        if (IsRoot) own = own with { AboveLines = aboveLines };
        _own = own;
        var child = ChildReservation(session, own);
        _child = child?.Path;
        var written = _ledger.Publish(own) && (child is null || _ledger.Publish(child));
        if (!written && (config.RunUsd ?? config.DayUsd) is not null)
            throw new HookFault($"{_context.Paths.StateDirectory} cannot be written, so sessions side by side cannot count one another; make it writable or unset the run and day ceilings");
        var others = _ledger.Others([own.Path, child?.Path ?? own.Path], now);
        var requests = inFlight + next + (child?.Next ?? Usd.Zero);

        var ceilings = new List<Ceiling>(6);
        if (config.SubagentUsd is { } subagent && Input.AgentId is not null)
            ceilings.Add(Money("subagent", ConfigKeys.SubagentUsd, subagent, thread is null ? Usd.Zero : _unseen.AtLeast(thread), Pending(inFlight + next + ToolNext(), Usd.Zero), Usd.Zero, doubt));
        if (config.SessionUsd is { } limit)
            ceilings.Add(Money("session", ConfigKeys.SessionUsd, limit, used, Pending(requests, aboveLines), Open(others, session, r => r.RootSessionId == own.RootSessionId), doubt));
        if (config.RunUsd is { } runLimit)
        {
            var run = _meter.Read(SpendScope.Run(_context.Tree.RunId, _run));
            ceilings.Add(Money("run", ConfigKeys.RunUsd, runLimit, run.Total + aboveLines, Pending(requests, aboveLines), Open(others, run, r => r.RunId == own.RunId) + Above(r => r.RunId == own.RunId), doubt));
        }
        if (config.DayUsd is { } dayLimit)
        {
            var day = _meter.Read(SpendScope.Day(_context.Client.ProjectsDirectory), dayAhead);
            ceilings.Add(Money("day", ConfigKeys.DayUsd, dayLimit, day.WindowTotal(now) + aboveLines, Pending(requests, aboveLines), Open(others, day, _ => true) + Above(_ => true), doubt));
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
        Usd Pending(Usd asked, Usd above) => asked + Usd.Max(own.UnwrittenTotal, above) - above;

        // Of the tool that is called now. For an agent that it starts, its own ceiling counts.
        Usd ToolNext() => Input.Tool is { } tool && child is not null ? ToolRequest.Estimate(tool, ModelOf(session, thread), _prices) : Usd.Zero;

        Usd Above(Func<Reservation, bool> counts)
        {
            var above = Usd.Zero;
            foreach (var other in others)
                if (other.RootSessionId != own.RootSessionId && counts(other)) above += other.AboveLines;
            return above;
        }
    }

    private bool IsRoot => Input.AgentId is null && Input.SessionId == _context.Tree.RootSessionId;

    private SpendReading ReadSession() => _meter.Read(SpendScope.Session(_rootTranscript, _tree));

    /// <summary>After a batch: what its tools asked the model leaves no line. Once, since the account may be read again.</summary>
    private void NoteToolRequests(SpendReading session, FileReading? thread, Usd unwritten)
    {
        if (_isNoted) return;
        _isNoted = true;
        var requests = Usd.Zero;
        foreach (var call in Input.Batch)
        {
            if (!ToolRequest.IsMadeBy(call)) continue;
            _ledger.Withdraw(ChildThread.PathFor(SessionFolder, call.UseId!));
            requests += ToolRequest.Estimate(call, ModelOf(session, thread), _prices);
        }
        if (requests > Usd.Zero) _unseen.Note(session, thread, unwritten, requests);
    }

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
    private UInt128 EndedCall => Input.Batch.Count > 0 ? HashOf(Input.Batch[^1].UseId!) : 0;

    private static UInt128 HashOf(string toolUseId) => toolUseId.Length > 0 ? TranscriptLineReader.Hash(Encoding.UTF8.GetBytes(toolUseId)) : 0;

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
