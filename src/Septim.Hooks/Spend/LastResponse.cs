namespace Septim.Hooks.Spend;

/// <summary>The newest response of a file.</summary>
/// <param name="Model">As the line says it (<c>message.model</c>); empty when it says none.</param>
/// <param name="RequestedModel">As the line says it; null when absent.</param>
/// <param name="PromptTokens">Input + cache read + cache writes of that request.</param>
/// <param name="OutputTokens">Thinking included.</param>
/// <param name="Cost">With factors and fees.</param>
/// <param name="Offset">Of its first line, in bytes from the start of the file.</param>
internal sealed record LastResponse(string Model, string? RequestedModel, long PromptTokens, long OutputTokens, Usd Cost, long Offset);
