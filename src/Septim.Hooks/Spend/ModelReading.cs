namespace Septim.Hooks.Spend;

/// <summary>What was spent on one model. <paramref name="Model"/> is the id in the table when known, else as the line says it.</summary>
internal sealed record ModelReading(string Model, bool Known, Usd Total, TokenCounts Tokens, long Responses);
