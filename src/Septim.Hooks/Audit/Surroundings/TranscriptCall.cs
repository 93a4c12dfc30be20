namespace Septim.Hooks.Audit.Surroundings;

/// <summary>One tool call that a transcript records.</summary>
/// <param name="Id">The tool use id.</param>
/// <param name="Tool">Its name.</param>
/// <param name="Turn">The number of assistant messages before it.</param>
/// <param name="Detail">Bash: the command; Glob: the pattern; else empty. Not yet redacted.</param>
/// <param name="Time">Of its line.</param>
internal sealed record TranscriptCall(string Id, string Tool, int Turn, string Detail, DateTimeOffset? Time);
