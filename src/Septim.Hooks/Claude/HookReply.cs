using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Septim.Hooks.Claude;

/// <summary>
/// What a hook hands back: an exit code of 0 or 2, stdout that is empty or exactly one JSON object, and stderr.
/// Only a complete reply is ever written. Source: outcome tables of the client 2.1.330, measured 2026-11.
/// </summary>
internal sealed record HookReply(int ExitCode, string Stdout, string Stderr)
{
    /// <summary>Silence: never <c>allow</c>, which would skip the person's own permission prompt.</summary>
    public static readonly HookReply Silent = new(0, "", "");

    /// <summary>The tool, prompt or change does not happen; the session goes on.</summary>
    public static HookReply Deny(string eventName, string reason, string? notice = null) => Refuse(eventName, reason, notice, endSession: false);

    /// <summary>The same, and the session (inside an agent: that agent) ends before its next request.</summary>
    public static HookReply Stop(string eventName, string reason, string? notice = null) => Refuse(eventName, reason, notice, endSession: true);

    /// <summary>The person is asked. In print mode the client takes it as a refusal.</summary>
    public static HookReply Ask(string reason, string? notice = null) => new(0, Write(json =>
    {
        if (notice is not null) json.WriteString("systemMessage", notice);
        json.WriteStartObject("hookSpecificOutput");
        json.WriteString("hookEventName", HookEvent.PreToolUse);
        json.WriteString("permissionDecision", "ask");
        json.WriteString("permissionDecisionReason", reason);
        json.WriteEndObject();
    }), "");

    /// <summary>Goes on, with a line for the person and, where the event can carry it, one for the model.</summary>
    public static HookReply Tell(string eventName, string forPerson, string? forModel) => new(0, Write(json =>
    {
        json.WriteString("systemMessage", forPerson);
        if (forModel is null || !CarriesContext(eventName)) return;
        json.WriteStartObject("hookSpecificOutput");
        json.WriteString("hookEventName", eventName);
        json.WriteString("additionalContext", forModel);
        json.WriteEndObject();
    }), "");

    private static bool CarriesContext(string eventName) =>
        eventName is HookEvent.PreToolUse or HookEvent.UserPromptSubmit or HookEvent.SessionStart or HookEvent.PostToolUse
            or HookEvent.PostToolBatch;

    private static HookReply Refuse(string eventName, string reason, string? notice, bool endSession) => new(2, Write(json =>
    {
        if (notice is not null) json.WriteString("systemMessage", notice);
        // Why both: continue:false alone lets the current tool run, a denial alone lets the model spend on.
        if (endSession)
        {
            json.WriteBoolean("continue", false);
            json.WriteString("stopReason", reason);
        }
        if (eventName == HookEvent.PreToolUse)
        {
            json.WriteStartObject("hookSpecificOutput");
            json.WriteString("hookEventName", eventName);
            json.WriteString("permissionDecision", "deny");
            json.WriteString("permissionDecisionReason", reason);
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("decision", "block");
            json.WriteString("reason", reason);
        }
    }), reason + "\n");

    private static string Write(Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JsonEscapes.Only }))
        {
            json.WriteStartObject();
            body(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }
}
