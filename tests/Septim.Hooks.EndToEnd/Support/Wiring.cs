using System.Text.Json.Nodes;

namespace Septim.Hooks.EndToEnd.Support;

/// <summary>Settings that wire hooks, for tests of one form of wiring; the rest use what <c>septim install</c> writes.</summary>
internal static class Wiring
{
    /// <summary>One command on one event.</summary>
    public static JsonObject On(string hookEvent, JsonObject hook, string? matcher = null)
    {
        var group = new JsonObject { ["hooks"] = new JsonArray(hook) };
        if (matcher is not null) group["matcher"] = matcher;
        return new JsonObject { ["hooks"] = new JsonObject { [hookEvent] = new JsonArray(group) } };
    }

    /// <summary>Shell form: <c>/bin/sh -c</c>.</summary>
    public static JsonObject Shell(string command) => new() { ["type"] = "command", ["command"] = command };

    /// <summary>Exec form, which blocks when the command cannot be run or gives no verdict.</summary>
    public static JsonObject Exec(string file, params string[] arguments) => new()
    {
        ["type"] = "command",
        ["command"] = file,
        ["args"] = new JsonArray([.. arguments.Select(argument => (JsonNode)argument)]),
        ["timeout"] = 10,
        ["onFailure"] = "block",
    };

    /// <summary>A shell hook that swallows its input and denies with the reason given.</summary>
    public static JsonObject Deny(string reason) => Shell(
        "cat >/dev/null; printf '%s' '" + new JsonObject
        {
            ["hookSpecificOutput"] = new JsonObject { ["hookEventName"] = "PreToolUse", ["permissionDecision"] = "deny", ["permissionDecisionReason"] = reason },
        }.ToJsonString() + "'");
}
