using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>One step of a CI job.</summary>
/// <param name="Node">The step's map.</param>
/// <param name="Name">As named, else "step N".</param>
internal sealed record CiStep(Node Node, string Name)
{
    private static readonly string[] ScriptInputs = ["run", "command", "commands", "cmd", "script"];

    public string Uses => Node["uses"]?.Text ?? "";

    /// <summary>The step's shell text: its own, or the one that it hands to an action which runs it, as ours does.</summary>
    public Node? Script => Node["run"] ?? Node["with"]?.Members.FirstOrDefault(member => ScriptInputs.Contains(member.Key) && member.Value.IsText)?.Value;
    public string Run => Script?.Text ?? "";

    /// <summary>Switched off by its own condition.</summary>
    public bool IsOff => Node["if"] is { } condition && condition.Text.Trim() is "false" or "${{ false }}";

    public bool IsClaudeAction => Uses.Has("/claude-code");

    /// <summary>It calls a script, a task or a local action of the project that starts the client.</summary>
    public bool IsIndirect { get; set; }
    public bool HandsToClaude => RunsClaude || (IsIndirect && !IsOff);
    public bool RunsClaude => !IsOff && (IsClaudeAction || ClaudeCommand.FindPrint(Run).Any());
}
