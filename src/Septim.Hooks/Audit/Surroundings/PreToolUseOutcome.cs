using Septim.Hooks.Audit.Reading;
using Septim.Hooks.Claude;
using Septim.Hooks.Setup.Trials;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>Whether a call runs after a hook's answer at PreToolUse; where nobody can be asked, as in print mode, ask holds it back.</summary>
internal static class PreToolUseOutcome
{
    public static bool Blocks(HookReply reply) => Blocks(reply.ExitCode, reply.Stdout, onFailure: null);

    /// <param name="exitCode">Null when it timed out, was killed or could not start.</param>
    /// <param name="stdout">What it printed.</param>
    /// <param name="onFailure">As wired.</param>
    public static bool Blocks(int? exitCode, string stdout, string? onFailure) =>
        ClientOracle.Judge(HookEvent.PreToolUse, onFailure == "block", exitCode, stdout) is TrialOutcome.Blocks or TrialOutcome.Asks;

    /// <summary>The call does not run and the session makes no further request.</summary>
    public static bool Ends(HookReply reply) => Blocks(reply) && JsonTree.Parse(reply.Stdout, out _, out _)?["continue"] is { IsFalse: true };
}
