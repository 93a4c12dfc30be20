namespace Septim.Hooks.Audit.Surroundings;

/// <summary>A place that starts the client (or an agent built on it) without a person.</summary>
/// <param name="Kind">ci, cron, systemd, launchd, task, script or sdk.</param>
/// <param name="Command">The command line or the step, not yet redacted.</param>
/// <param name="Place">Where.</param>
/// <param name="IsAction">The GitHub action rather than a command line.</param>
internal sealed record ClaudeRun(string Kind, string Command, Place Place, bool IsAction = false)
{
    public bool Has(string option) => ClaudeCommand.HasOption(Command, option);
}
