using System.Text.Json;
using System.Text.Unicode;

namespace Septim.Hooks.Claude;

/// <summary>
/// One hook payload: the JSON object that the client writes to stdin. Unknown keys are accepted; a known key of the wrong type, or one
/// that stands there twice, is a fault: what we judged must be what the client runs.
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

    /// <summary>PostToolBatch: the calls of the batch, denied ones included, each with its id and response.</summary>
    public IReadOnlyList<ToolCall> Batch { get; init; } = [];

    /// <summary>The whole payload, for readers of keys that are not listed here. Valid while the hook runs.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }

    /// <exception cref="HookFault">Not one JSON object in UTF-8, a key of the wrong type, or a tool call without tool or input.</exception>
    public static HookInput Parse(ReadOnlyMemory<byte> json)
    {
        var bytes = WithoutBom(json.Span);
        if (bytes.IndexOfAnyExcept(" \t\r\n"u8) < 0) throw new HookFault("the payload on stdin is empty; Claude Code sends one JSON object");
        if (!Utf8.IsValid(bytes)) throw new HookFault("the payload on stdin is not valid UTF-8");
        try
        {
            return new HookInputParser(json, bytes, MaxDepth).Parse();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new HookFault($"the payload on stdin is not one valid JSON object ({Place(e)})", e);
        }
    }

    /// <summary>The event that a broken payload belongs to, as far as its beginning can be read; null when it cannot.</summary>
    public static string? EventNameOf(ReadOnlySpan<byte> broken)
    {
        var reader = new Utf8JsonReader(WithoutBom(broken), isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = MaxDepth }));
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var wanted = reader.ValueTextEquals("hook_event_name"u8);
                if (!reader.Read()) return null;
                if (wanted) return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                if (!reader.TrySkip()) return null;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
        return null;
    }

    private static ReadOnlySpan<byte> WithoutBom(ReadOnlySpan<byte> bytes) => bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;

    /// <summary>Where it breaks. The base library's own words are left out of the executable, so its messages are keys.</summary>
    private static string Place(Exception e) => e is JsonException { LineNumber: { } line, BytePositionInLine: { } byteInLine }
        ? $"it breaks at line {line + 1}, byte {byteInLine + 1}"
        : "a text in it is not valid Unicode";
}
