using Septim.Hooks.Gates;

namespace Septim.Hooks.Commands.Replay;

/// <summary>One recorded session, and what the replay has found out about it so far.</summary>
/// <param name="Id">The name of its transcript.</param>
/// <param name="MainPath">Where the replay shows its transcript.</param>
internal sealed record RecordedSession(string Id, string MainPath)
{
    private readonly HashSet<(string Gate, string Thread)> _ended = [];

    /// <summary>The directory it was started in; empty when no line says.</summary>
    public string Project { get; set; } = "";

    /// <summary>Tool calls of all its threads.</summary>
    public int Calls { get; set; }

    /// <summary>Those that were judged so far.</summary>
    public int Judged { get; set; }

    /// <summary>A gate that has stopped a thread says no more about it; one that has stopped the main thread has ended the session.</summary>
    public bool IsOver(IGate gate, string? agentId) => _ended.Contains((gate.Id, "")) || (agentId is not null && _ended.Contains((gate.Id, agentId)));

    public void End(IGate gate, string? agentId) => _ended.Add((gate.Id, agentId ?? ""));
}
