using System.Text.Json;

namespace Septim.Hooks.Transcripts;

/// <summary>
/// What <c>agent-&lt;id&gt;.meta.json</c> says about one agent. It stands on disk at the agent's first tool call, before its
/// transcript may. Source: client 2.1.330, measured 2026-11.
/// </summary>
/// <param name="ToolUseId">The call that started it; null for workflow agents.</param>
/// <param name="SpawnDepth">1 for an agent of the main thread.</param>
/// <param name="ParentAgentId">Null at depth 1.</param>
/// <param name="AgentType">As the call named it.</param>
/// <param name="Model">As resolved by the client; null when it does not say.</param>
/// <param name="Finished">Whether the client has marked it as done.</param>
internal sealed record AgentMeta(string? ToolUseId, int SpawnDepth, string? ParentAgentId, string? AgentType, string? Model, bool Finished)
{
    private const int MaxBytes = 64 * 1024;

    private const int Attempts = 10;
    private const int PauseMs = 2;

    /// <summary>The meta file beside an agent's transcript.</summary>
    public static string PathFor(string transcriptPath) => transcriptPath[..^".jsonl".Length] + ".meta.json";

    /// <returns>Null when there is no such file (yet).</returns>
    /// <exception cref="HookFault">It is there and cannot be read or understood.</exception>
    public static AgentMeta? Read(IFileSystem files, string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            var handle = files.Open(path, out var stat);
            if (handle < 0)
                return stat.Kind == FileKind.Missing ? null : throw new HookFault($"{path} cannot be read; make it readable");
            var buffer = new byte[MaxBytes];
            var read = files.Read(handle, 0, buffer);
            files.Close(handle);
            if (read < 0) throw new HookFault($"{path} cannot be read");
            try
            {
                return Parse(buffer.AsSpan(0, read));
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
            {
                // Why again: the client writes it in place, so between its two calls the file is empty.
                if (attempt == Attempts) throw new HookFault($"{path} is not the agent description that the client writes", e);
                Thread.Sleep(PauseMs);
            }
        }
    }

    private static AgentMeta Parse(ReadOnlySpan<byte> json)
    {
        string? toolUseId = null, parent = null, type = null, model = null;
        var depth = 1;
        var finished = false;
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new JsonException("not an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "toolUseId": toolUseId = reader.GetString(); break;
                case "spawnDepth": depth = reader.GetInt32(); break;
                case "parentAgentId": parent = reader.GetString(); break;
                case "agentType": type = reader.GetString(); break;
                case "model": model = reader.GetString(); break;
                case "finished": finished = reader.TokenType == JsonTokenType.True; break;
                default: reader.Skip(); break;
            }
        }
        return new AgentMeta(toolUseId, depth, parent, type, model, finished);
    }
}
