using Septim.Hooks.Audit.Reading;
using Septim.Hooks.Claude;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>What the client makes of a hook's answer at PreToolUse (checklist §12.2, measured).</summary>
internal static class ClientOracle
{
    public static bool Blocks(HookReply reply) => Blocks(reply.ExitCode, reply.Stdout, onFailure: null);

    /// <param name="exitCode">Null when it timed out, was killed or could not start.</param>
    /// <param name="stdout">What it printed.</param>
    /// <param name="onFailure">As wired.</param>
    public static bool Blocks(int? exitCode, string stdout, string? onFailure)
    {
        if (exitCode == 2) return true;
        if (exitCode is null) return onFailure == "block";
        var text = stdout.Trim('\uFEFF', ' ', '\t', '\r', '\n');
        if (text.StartsWith('{') && JsonTree.Parse(text, out _, out _) is { Kind: NodeKind.Map } root)
        {
            if (root["decision"]?.Text == "block") return true;
            if (root["hookSpecificOutput"] is { } output && output["hookEventName"]?.Text == "PreToolUse" && output["permissionDecision"]?.Text is "deny" or "ask") return true;
        }
        return exitCode != 0 && onFailure == "block";
    }

    /// <summary>The call does not run and the session makes no further request.</summary>
    public static bool Ends(HookReply reply) => Blocks(reply) &&
        JsonTree.Parse(reply.Stdout, out _, out _)?["continue"] is { IsFalse: true };
}
