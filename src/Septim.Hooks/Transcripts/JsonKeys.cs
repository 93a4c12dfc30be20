namespace Septim.Hooks.Transcripts;

/// <summary>Key text to <see cref="JsonKey"/>.</summary>
internal static class JsonKeys
{
    public static JsonKey Identify(ReadOnlySpan<byte> key) => key.Length switch
    {
        2 => key.SequenceEqual("id"u8) ? JsonKey.Id : JsonKey.Other,
        4 => key.SequenceEqual("type"u8) ? JsonKey.Type : JsonKey.Other,
        5 => key.SequenceEqual("model"u8) ? JsonKey.Model
            : key.SequenceEqual("usage"u8) ? JsonKey.Usage
            : key.SequenceEqual("speed"u8) ? JsonKey.Speed : JsonKey.Other,
        6 => key.SequenceEqual("source"u8) ? JsonKey.Source : JsonKey.Other,
        7 => key.SequenceEqual("message"u8) ? JsonKey.Message
            : key.SequenceEqual("content"u8) ? JsonKey.Content : JsonKey.Other,
        9 => key.SequenceEqual("timestamp"u8) ? JsonKey.Timestamp
            : key.SequenceEqual("requestId"u8) ? JsonKey.RequestId : JsonKey.Other,
        10 => key.SequenceEqual("iterations"u8) ? JsonKey.Iterations : JsonKey.Other,
        12 => key.SequenceEqual("input_tokens"u8) ? JsonKey.InputTokens
            : key.SequenceEqual("service_tier"u8) ? JsonKey.ServiceTier
            : key.SequenceEqual("totalCostUSD"u8) ? JsonKey.TotalCostUsd : JsonKey.Other,
        13 => key.SequenceEqual("output_tokens"u8) ? JsonKey.OutputTokens
            : key.SequenceEqual("inference_geo"u8) ? JsonKey.InferenceGeo : JsonKey.Other,
        14 => key.SequenceEqual("cache_creation"u8) ? JsonKey.CacheCreation
            : key.SequenceEqual("requestedModel"u8) ? JsonKey.RequestedModel : JsonKey.Other,
        15 => key.SequenceEqual("server_tool_use"u8) ? JsonKey.ServerToolUse : JsonKey.Other,
        17 => key.SequenceEqual("isApiErrorMessage"u8) ? JsonKey.IsApiErrorMessage : JsonKey.Other,
        19 => key.SequenceEqual("web_search_requests"u8) ? JsonKey.WebSearchRequests : JsonKey.Other,
        23 => key.SequenceEqual("cache_read_input_tokens"u8) ? JsonKey.CacheReadInputTokens : JsonKey.Other,
        25 => key.SequenceEqual("ephemeral_5m_input_tokens"u8) ? JsonKey.Ephemeral5mInputTokens
            : key.SequenceEqual("ephemeral_1h_input_tokens"u8) ? JsonKey.Ephemeral1hInputTokens : JsonKey.Other,
        27 => key.SequenceEqual("cache_creation_input_tokens"u8) ? JsonKey.CacheCreationInputTokens : JsonKey.Other,
        _ => JsonKey.Other,
    };
}
