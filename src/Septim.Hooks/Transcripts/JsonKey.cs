namespace Septim.Hooks.Transcripts;

/// <summary>The keys that matter, at whatever level.</summary>
internal enum JsonKey : byte
{
    Other,
    Id,
    Type,
    Model,
    Usage,
    Speed,
    Source,
    Message,
    Content,
    Timestamp,
    RequestId,
    Iterations,
    InputTokens,
    ServiceTier,
    TotalCostUsd,
    OutputTokens,
    InferenceGeo,
    CacheCreation,
    RequestedModel,
    ServerToolUse,
    IsApiErrorMessage,
    WebSearchRequests,
    CacheReadInputTokens,
    CacheCreationInputTokens,
    Ephemeral5mInputTokens,
    Ephemeral1hInputTokens,
}
