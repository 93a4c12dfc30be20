namespace Septim.Hooks.Setup.Trials;

/// <summary>How one run of a hook ended.</summary>
/// <param name="Started">False when the program could not be started.</param>
/// <param name="TimedOut">True when it was killed after its time.</param>
/// <param name="ExitCode">128 and more after a signal.</param>
/// <param name="Output">Its stdout.</param>
/// <param name="Error">Its stderr.</param>
/// <param name="Elapsed">Wall time.</param>
internal sealed record HookAnswer(bool Started, bool TimedOut, int ExitCode, string Output, string Error, TimeSpan Elapsed);
