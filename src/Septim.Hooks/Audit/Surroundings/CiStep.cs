using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>One step of a CI job.</summary>
/// <param name="Node">The step's map.</param>
/// <param name="Name">As named, else "step N".</param>
internal sealed record CiStep(Node Node, string Name)
{
    public string Uses => Node["uses"]?.Text ?? "";
    public string Run => Node["run"]?.Text ?? "";

    /// <summary>Switched off by its own condition.</summary>
    public bool IsOff => Node["if"] is { } condition && condition.Text.Trim() is "false" or "${{ false }}";

    public bool IsClaudeAction => Uses.Has("/claude-code");

    /// <summary>It calls a script, a task or a local action of the project that starts the client.</summary>
    public bool IsIndirect { get; set; }
    public bool HandsToClaude => RunsClaude || (IsIndirect && !IsOff);
    public bool RunsClaude => !IsOff && (IsClaudeAction || ClaudeCommand.FindPrint(Run).Any());
}
