using System.Text.Json;
using Septim.Hooks.Claude;
using Septim.Hooks.Gates;

namespace Septim.Hooks.Recording;

/// <summary>Makes the events of one hook call. What cannot be read is left out of the event and kept in <see cref="Fault"/>.</summary>
internal sealed class EventBuilder
{
    private readonly GateContext _context;
    private readonly RecordedEvent _base;
    private readonly SessionTally _tally;

    public EventBuilder(GateContext context, Func<string, string?> variable)
    {
        _context = context;
        var input = context.Input;
        var state = context.Paths.StateDirectory;
        var now = context.Time.GetUtcNow();
        _tally = SessionTally.Read(context.Files, state, input.SessionId);
        var figures = ReadFigures();
        var first = figures?.Reading.FirstTimestamp;
        _base = new RecordedEvent
        {
            At = now,
            Event = "",
            Id = Guid.Empty,
            SessionId = input.SessionId,
            RunId = context.Tree.RunId,
            AgentId = input.AgentId,
            AgentType = input.AgentType,
            Turn = _tally.Turns + 1,
            Turns = _tally.Turns,
            Cwd = input.Cwd,
            Project = context.ProjectDirectory,
            Git = input.Cwd.Length == 0 ? null : GitFacts.Read(context.Files, input.Cwd),
            Host = Environment.MachineName,
            User = NonEmpty(variable("USER")) ?? NonEmpty(variable("LOGNAME")) ?? NonEmpty(variable("USERNAME")) ?? Environment.UserName,
            Ci = CiJob.Read(variable),
            Entrypoint = NonEmpty(variable("CLAUDE_CODE_ENTRYPOINT")),
            Attended = context.Client.Attended,
            Figures = figures,
            ToolFailures = SessionTally.Count(context.Files, state, input.SessionId, SessionTally.Failed),
            Denials = SessionTally.Count(context.Files, state, input.SessionId, SessionTally.Denied),
            SubagentsRunning = RunningAgents(input),
            DurationMs = first is { } start ? Math.Max(0, (long)(now - start).TotalMilliseconds) : null,
            TurnMs = SessionTally.TurnMs(context.Files, state, input.SessionId, now),
            StopHookActive = input.StopHookActive,
            BackgroundTasks = input.BackgroundTasks,
            Error = Missing(figures),
            PermissionMode = input.PermissionMode,
            TranscriptPath = input.TranscriptPath,
            ToolName = input.Tool?.Name,
        };
    }

    /// <summary>Why an event lacks figures; null when all could be read.</summary>
    public HookFault? Fault { get; private set; }

    public RecordedEvent Of(GateVerdict judged) => _base with
    {
        Event = EventName.Of(judged, _context.Client.Attended),
        Id = Guid.CreateVersion7(_base.At),
        Rule = judged.Verdict.Id,
        Reason = SecretMask.Of(judged.Verdict.Reason),
        Ceiling = judged.Verdict.Ceiling,
        CeilingAction = judged.Verdict.Kind switch
        {
            VerdictKind.Pass => "warn",
            VerdictKind.Ask when _context.Client.Attended => "ask",
            VerdictKind.Stop => "stop",
            _ => "deny",
        },
    };

    /// <summary>Closes the turn on Stop, so that the next one starts from here.</summary>
    public RecordedEvent Summary(string name)
    {
        var input = _context.Input;
        var ends = name is EventName.Stop or EventName.StopFailure;
        var e = _base with
        {
            Event = name,
            Id = Guid.CreateVersion7(_base.At),
            Turns = _tally.Turns + (ends ? 1 : 0),
            // Why: at the end of the session no new turn has begun.
            Turn = name == EventName.SessionEnd ? _tally.Turns : _base.Turn,
            ExitReason = input.Reason,
            Error = _base.Error ?? input.Error,
            Reason = input.Message is { } message ? SecretMask.Of(message) : null,
            NotificationType = input.NotificationType,
        };
        if (ends || name == EventName.SessionEnd)
            new SessionTally(e.Figures?.Total ?? _tally.ReportedTotal, e.Turns, e.Figures?.SubagentsSpawned ?? 0, e.Figures?.SubagentsDepth ?? 0)
                .Write(_context.Files, _context.Paths.StateDirectory, input.SessionId);
        return e;
    }

    private string? Missing(SessionFigures? figures) =>
        Fault?.Message ?? (figures is null && _context.Input.TranscriptPath.Length > 0 ? "there is no transcript, so the cost is not known" : null);

    private SessionFigures? ReadFigures()
    {
        if (_context.Input.SessionId.Length == 0 || _context.Input.TranscriptPath.Length == 0) return null;
        try
        {
            return SessionFigures.Read(_context, _tally);
        }
        catch (HookFault fault)
        {
            Fault = fault;
            return null;
        }
    }

    /// <summary>Background tasks that are agents or workflows. Their kind stands in <c>type</c>; shells are not counted.</summary>
    private static int RunningAgents(HookInput input)
    {
        if (input.BackgroundTasks == 0) return 0;
        var running = 0;
        var reader = new Utf8JsonReader(input.Json.Span.StartsWith("\uFEFF"u8) ? input.Json.Span[3..] : input.Json.Span, new JsonReaderOptions { MaxDepth = 4096 });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var tasks = reader.ValueTextEquals("background_tasks"u8);
            reader.Read();
            if (!tasks || reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
                continue;
            }
            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var isType = reader.ValueTextEquals("type"u8);
                    reader.Read();
                    if (isType && reader.TokenType == JsonTokenType.String && IsAgent(reader.GetString()!)) running++;
                    reader.Skip();
                }
            }
        }
        return running;
    }

    private static bool IsAgent(string kind) =>
        kind.Contains("agent", StringComparison.OrdinalIgnoreCase) || kind is "workflow" or "teammate";

    private static string? NonEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
