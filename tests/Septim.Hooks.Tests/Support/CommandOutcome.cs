namespace Septim.Hooks.Tests.Support;

/// <summary>What a verb answered.</summary>
internal sealed record CommandOutcome(int ExitCode, string Out, string Err);
