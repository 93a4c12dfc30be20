using System.Buffers;
using System.Text.Json;
using Septim.Hooks.Claude;

namespace Septim.Hooks.Commands.Replay;

/// <summary>What the client would have written to the hook at a recorded step.</summary>
internal static class ReplayPayload
{
    private static readonly JsonDocumentOptions s_deep = new() { MaxDepth = 4096 };

    /// <exception cref="HookFault">The lines cannot be read, or are not what the client sends.</exception>
    public static HookInput Of(RecordedStep step, out string shown)
    {
        using var lines = Lines(step);
        var about = "";
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { MaxDepth = 4096, SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteString("session_id", step.File.Session.Id);
            json.WriteString("transcript_path", step.File.Session.MainPath);
            json.WriteString("cwd", Text(lines.RootElement[0], "cwd") ?? step.File.Session.Project);
            if (step.File.AgentId is { } agent)
            {
                json.WriteString("agent_id", agent);
                json.WriteString("agent_type", step.File.Meta?.AgentType ?? "general-purpose");
            }
            switch (step.Kind)
            {
                case RecordedStepKind.Prompt:
                    json.WriteString("hook_event_name", HookEvent.UserPromptSubmit);
                    json.WriteString("prompt", PromptOf(lines.RootElement[0]));
                    about = "a prompt";
                    break;
                case RecordedStepKind.Batch:
                    json.WriteString("hook_event_name", HookEvent.PostToolBatch);
                    WriteBatch(json, lines.RootElement);
                    about = "after a batch of calls";
                    break;
                default:
                    json.WriteString("hook_event_name", HookEvent.PreToolUse);
                    about = WriteCall(json, lines.RootElement[0], step.Key);
                    break;
            }
            json.WriteEndObject();
        }
        shown = about;
        return HookInput.Parse(buffer.WrittenMemory);
    }

    /// <summary>The lines of the step as one JSON list.</summary>
    private static JsonDocument Lines(RecordedStep step)
    {
        try
        {
            using var file = File.OpenHandle(step.File.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[checked((int)(step.End - step.Start) + 1)];
            bytes[0] = (byte)'[';
            var read = 1;
            while (read < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(read), step.Start + read - 1) is var count and > 0) read += count;
            if (read < bytes.Length) throw new HookFault($"{step.File.Path} has become shorter while it was read");
            for (var i = 1; i < bytes.Length; i++)
                if (bytes[i] == (byte)'\n') bytes[i] = (byte)',';
            bytes[^1] = (byte)']';
            return JsonDocument.Parse(bytes, s_deep);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new HookFault($"{step.File.Path} cannot be read ({Cause.Of(e)})", e);
        }
    }

    private static string WriteCall(Utf8JsonWriter json, JsonElement line, string id)
    {
        foreach (var block in Content(line))
        {
            if (Text(block, "type") != "tool_use" || Text(block, "id") != id) continue;
            json.WriteString("tool_name", Text(block, "name"));
            if (block.TryGetProperty("input", out var input))
            {
                json.WritePropertyName("tool_input");
                json.WriteRawValue(input.GetRawText(), skipInputValidation: true);
            }
            json.WriteString("tool_use_id", id);
            return About(Text(block, "name") ?? "", input);
        }
        return "";
    }

    private static void WriteBatch(Utf8JsonWriter json, JsonElement lines)
    {
        json.WriteStartArray("tool_calls");
        foreach (var line in lines.EnumerateArray())
        {
            foreach (var block in Content(line))
            {
                if (Text(block, "type") != "tool_result") continue;
                json.WriteStartObject();
                json.WriteString("tool_use_id", Text(block, "tool_use_id"));
                if (block.TryGetProperty("content", out var content))
                {
                    json.WritePropertyName("tool_response");
                    json.WriteRawValue(content.GetRawText(), skipInputValidation: true);
                }
                json.WriteEndObject();
            }
        }
        json.WriteEndArray();
    }

    private static string PromptOf(JsonElement line)
    {
        if (line.TryGetProperty("message", out var message) && Text(message, "content") is { } text) return text;
        return string.Concat(Content(line).Select(block => Text(block, "text") ?? ""));
    }

    /// <summary>What a person recognises the call by: the command, the file, what an agent is to do.</summary>
    private static string About(string tool, JsonElement input)
    {
        foreach (var key in (ReadOnlySpan<string>)["command", "file_path", "notebook_path", "description", "to", "url", "pattern", "name"])
            if (Text(input, key) is { Length: > 0 } text) return key == "command" ? text : $"{tool} {text}";
        return tool;
    }

    private static IEnumerable<JsonElement> Content(JsonElement line) =>
        line.ValueKind == JsonValueKind.Object && line.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.Object
            && message.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array
            ? content.EnumerateArray().Where(block => block.ValueKind == JsonValueKind.Object)
            : [];

    private static string? Text(JsonElement at, string name) =>
        at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
