namespace Septim.Hooks.Tests.Support;

/// <summary>
/// A generated session and the truth about it: <c>PicoUsd</c> takes each response once at its largest usage,
/// <c>PicoUsdByLines</c> is the wrong figure that adding up lines gives.
/// </summary>
internal sealed record GeneratedSession(string SessionId, string MainFile, IReadOnlyList<string> AgentFiles, long Bytes, int Lines, int Responses, long PicoUsd, long PicoUsdByLines);
