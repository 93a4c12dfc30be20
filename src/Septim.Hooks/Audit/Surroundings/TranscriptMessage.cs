namespace Septim.Hooks.Audit.Surroundings;

/// <summary>One response, once: the largest figures over its lines.</summary>
internal sealed record TranscriptMessage(string Id, string Model, string? AgentId, DateTimeOffset? Time, long Input, long Output, long CacheRead, long CacheWrite5m, long CacheWrite1h)
{
    public long CacheWrite => CacheWrite5m + CacheWrite1h;
    public long Prompt => Input + CacheRead + CacheWrite;
}
