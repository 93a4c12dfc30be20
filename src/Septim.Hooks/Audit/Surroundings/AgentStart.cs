namespace Septim.Hooks.Audit.Surroundings;

/// <summary>A subagent that was started, from its meta file.</summary>
internal sealed record AgentStart(string Path, string Session, int Depth);
