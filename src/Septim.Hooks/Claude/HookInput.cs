using System.Text.Json;

namespace Septim.Hooks.Claude;

/// <summary>
/// One hook payload: the JSON object that the client writes to stdin. Unknown keys are accepted, a known key of the
/// wrong type is a fault, and of a repeated key the last one counts, as in JavaScript.
/// Source: payloads of the client 2.1.330, measured 2026-11.
/// </summary>
internal sealed class HookInput
{
    /// <summary>Tool inputs nest as deep as an MCP server likes; beyond this the payload is refused.</summary>
    private const int MaxDepth = 4096;

    public required string EventName { get; init; }
    public string SessionId { get; init; } = "";

    /// <summary>Always the main session file, inside agents too. The file may not exist yet, or ever.</summary>
    public string TranscriptPath { get; init; } = "";
    public string Cwd { get; init; } = "";
    public string? PermissionMode { get; init; }

    /// <summary>Set inside an agent only; null on the main thread.</summary>
    public string? AgentId { get; init; }
    public string? AgentType { get; init; }

    /// <summary>The tool call of PreToolUse, PostToolUse, PostToolUseFailure and PermissionRequest; else null.</summary>
    public ToolCall? Tool { get; init; }

    public string? Prompt { get; init; }

    /// <summary>SessionStart: startup, resume, fork, clear or compact. ConfigChange: which settings changed.</summary>
    public string? Source { get; init; }

    /// <summary>ConfigChange: the settings file.</summary>
    public string? FilePath { get; init; }

    /// <summary>SessionEnd.</summary>
    public string? Reason { get; init; }
    public string? Message { get; init; }
    public string? NotificationType { get; init; }
    public string? Error { get; init; }
    public string? AgentTranscriptPath { get; init; }
    public bool StopHookActive { get; init; }

    /// <summary>Stop and SubagentStop: how many background tasks still run.</summary>
    public int BackgroundTasks { get; init; }

    /// <summary>PostToolBatch: the ids of the calls in the batch, denied ones included.</summary>
    public IReadOnlyList<string> BatchToolUseIds { get; init; } = [];

    /// <summary>The whole payload, for readers of keys that are not listed here. Valid while the hook runs.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }

    /// <exception cref="HookFault">Not one JSON object, or a key of the wrong type.</exception>
    public static HookInput Parse(ReadOnlyMemory<byte> json)
    {
        var bytes = json.Span;
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        if (bytes.Trim(" \t\r\n"u8).IsEmpty) throw new HookFault("the payload on stdin is empty; Claude Code sends one JSON object");
        try
        {
            return new HookInputParser(json, bytes, MaxDepth).Parse();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new HookFault($"the payload on stdin is not one valid JSON object ({Shorten(e.Message)})", e);
        }
    }

    private static string Shorten(string message) => message.Length <= 120 ? message : message[..120] + "…";
}
