using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>One job of a GitHub workflow, or the body of a composite action.</summary>
internal sealed record CiJob(CiFile File, string Name, Node Node, IReadOnlyList<CiStep> Steps)
{
    /// <summary>The workflow that it calls; empty for a job of steps.</summary>
    public string Uses => Node["uses"]?.Text ?? "";
    public bool IsOff => Node["if"] is { } condition && condition.Text.Trim() is "false" or "${{ false }}";
    public bool RunsClaudeItself => !IsOff && Steps.Any(step => step.HandsToClaude);
    public Place At(Node node) => new(File.Path, node.Line, node.Column);
}
