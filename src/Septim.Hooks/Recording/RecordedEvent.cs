using Septim.Hooks.Gates;

namespace Septim.Hooks.Recording;

/// <summary>
/// One event of the Stop log: what happened, where, and what it had cost by then. No prompt, no answer and no unmasked command is in
/// it. Shape on disk and on the wire: <see cref="EventJson"/>; meaning of each field: docs/stop-log.md.
/// </summary>
internal sealed record RecordedEvent
{
    public required DateTimeOffset At { get; init; }

    /// <summary>One of <see cref="EventName"/>.</summary>
    public required string Event { get; init; }

    /// <summary>UUIDv7: sorts by time, and tells a repeated delivery from a second event.</summary>
    public required Guid Id { get; init; }

    public string SessionId { get; init; } = "";
    public string RunId { get; init; } = "";
    public string? AgentId { get; init; }
    public string? AgentType { get; init; }

    /// <summary>The turn it happened in, from 1.</summary>
    public long Turn { get; init; }
    public string Cwd { get; init; } = "";
    public string Project { get; init; } = "";
    public GitFacts? Git { get; init; }
    public string Host { get; init; } = "";
    public string User { get; init; } = "";
    public CiJob? Ci { get; init; }
    public string? Entrypoint { get; init; }
    public bool Attended { get; init; }

    /// <summary>Null when the transcript could not be read; <see cref="Error"/> says why.</summary>
    public SessionFigures? Figures { get; init; }

    /// <summary>Turns that are over.</summary>
    public long Turns { get; init; }
    public long ToolFailures { get; init; }
    public long Denials { get; init; }

    /// <summary>Background tasks of the kind agent or workflow.</summary>
    public int SubagentsRunning { get; init; }
    public long? DurationMs { get; init; }
    public long? TurnMs { get; init; }
    public string? ExitReason { get; init; }
    public bool StopHookActive { get; init; }
    public int BackgroundTasks { get; init; }
    public string? Error { get; init; }
    public string? PermissionMode { get; init; }
    public string TranscriptPath { get; init; } = "";

    /// <summary>Verdicts: the rule or gate that spoke.</summary>
    public string? Rule { get; init; }

    /// <summary>Verdicts: its words, secrets masked. Notifications: the client's message.</summary>
    public string? Reason { get; init; }
    public string? ToolName { get; init; }
    public string? NotificationType { get; init; }

    /// <summary>The ceiling that spoke, as it stood.</summary>
    public Ceiling? Ceiling { get; init; }

    /// <summary>What the ceiling did: warn, ask, deny or stop.</summary>
    public string? CeilingAction { get; init; }

    /// <summary>Of <c>events_dropped</c>.</summary>
    public DroppedEvents? Dropped { get; init; }
}
