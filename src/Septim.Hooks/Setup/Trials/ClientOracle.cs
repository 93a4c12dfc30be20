using System.Text;
using System.Text.Json;
using Septim.Hooks.Claude;

namespace Septim.Hooks.Setup.Trials;

/// <summary>
/// What Claude Code makes of a hook's answer. Source: outcome tables of the client 2.1.330, measured 2026-11 (77 cases, three runs each).
/// </summary>
internal static class ClientOracle
{
    public static TrialOutcome Judge(WiredHook hook, HookAnswer answer)
    {
        if (hook.IsAsync) return TrialOutcome.FailsOpen;
        // Why null: output that was printed before the time ran out is thrown away.
        return Judge(hook.Event, hook.BlocksOnFailure, answer.Started && !answer.TimedOut ? answer.ExitCode : null, answer.Output);
    }

    /// <param name="eventName">Where it is wired.</param>
    /// <param name="blocksOnFailure">Its <c>onFailure</c> is <c>block</c>.</param>
    /// <param name="exitCode">Null when it did not start or did not end in time.</param>
    /// <param name="output">Its stdout.</param>
    public static TrialOutcome Judge(string eventName, bool blocksOnFailure, int? exitCode, string output)
    {
        var onFailure = blocksOnFailure ? TrialOutcome.Blocks : TrialOutcome.FailsOpen;
        if (exitCode is null) return onFailure;
        if (exitCode == 2) return TrialOutcome.Blocks;
        if (Read(eventName, output) is { } outcome) return outcome;
        var isObject = output.AsSpan().Trim("\uFEFF \t\r\n").StartsWith("{");
        return exitCode == 0 && !(isObject && IsJson(output)) ? TrialOutcome.Passes : onFailure;
    }

    /// <returns>Null when the output is not one object of the right shape.</returns>
    private static TrialOutcome? Read(string eventName, string output)
    {
        var trimmed = output.AsSpan().Trim("\uFEFF \t\r\n").ToString();
        if (!trimmed.StartsWith('{') || !IsJson(trimmed)) return null;
        var text = JsonText.Parse(Encoding.UTF8.GetBytes(trimmed), "answer");
        var root = text.Root;
        var endsSession = root["continue"] is { Kind: JsonValueKind.False };
        var decision = text.Text(root["decision"]);
        if (root["decision"] is not null && decision is not ("block" or "approve")) return null;
        if (root["hookSpecificOutput"] is { } specific)
        {
            if (text.Text(specific["hookEventName"]) != eventName) return null;
            if (specific["permissionDecisionReason"] is { Kind: not JsonValueKind.String }) return null;
            switch (text.Text(specific["permissionDecision"]))
            {
                case "deny": return TrialOutcome.Blocks;
                case "ask": return TrialOutcome.Asks;
                case "allow" or "defer": return TrialOutcome.Passes;
            }
            if (specific["permissionDecision"] is not null) return null;
        }
        if (decision == "block") return TrialOutcome.Blocks;
        // Why: at PreToolUse the tool still runs before the session ends.
        return endsSession && eventName != HookEvent.PreToolUse ? TrialOutcome.Blocks : TrialOutcome.Passes;
    }

    private static bool IsJson(string text)
    {
        try
        {
            JsonText.Parse(Encoding.UTF8.GetBytes(text), "answer");
            return true;
        }
        catch (HookFault)
        {
            return false;
        }
    }
}
