namespace Septim.Hooks.Spend;

/// <summary>One counted response (or one extra pass inside it), each once over all files of a scope: for reports, replay and audit.</summary>
/// <param name="MessageId">As in the transcript; the request id, or "file:offset", where there is none.</param>
/// <param name="Path">The file that is first, in reading order, to hold it.</param>
/// <param name="Offset">Of its first line in that file.</param>
/// <param name="AgentId">Null on the main thread.</param>
/// <param name="Model">The model that was priced: id in the table, or as the line says it when unknown.</param>
/// <param name="Tokens">The largest value of each kind over the lines of the response.</param>
/// <param name="Cost">Tokens, factors and fees.</param>
/// <param name="Timestamp">The earliest over its lines; null when none says.</param>
/// <param name="IsExtraPass">An advisor, compaction or unknown pass of <c>usage.iterations[]</c>.</param>
internal sealed record Charge(
    string MessageId, string Path, long Offset, string? AgentId, string Model, TokenCounts Tokens, Usd Cost,
    DateTimeOffset? Timestamp, bool IsExtraPass);
