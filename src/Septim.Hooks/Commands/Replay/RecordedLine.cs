using System.Text.Json;

namespace Septim.Hooks.Commands.Replay;

/// <summary>What a replay needs to know of one transcript line before it reads it whole.</summary>
/// <param name="TimeMs">Milliseconds since 1970; 0 when the line does not say.</param>
/// <param name="Cwd">The working directory.</param>
/// <param name="IsAssistant">Whether the model wrote it.</param>
/// <param name="ToolUses">The ids of the calls in it.</param>
/// <param name="ResultOf">The last call whose result it holds.</param>
/// <param name="PromptKey">Its uuid, when it is a prompt from outside.</param>
internal readonly record struct RecordedLine(long TimeMs, string? Cwd, bool IsAssistant, List<string> ToolUses, string? ResultOf, string? PromptKey)
{
    public static readonly RecordedLine None = new(0, null, false, [], null, null);

    /// <exception cref="JsonException">Not a JSON object.</exception>
    public static RecordedLine Parse(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 4096 });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) return None;
        long time = 0;
        string? type = null, cwd = null, uuid = null, resultOf = null;
        var uses = new List<string>();
        bool isMeta = false, hasText = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.ValueTextEquals("message"u8) ? 'm' : reader.ValueTextEquals("type"u8) ? 't' : reader.ValueTextEquals("timestamp"u8) ? 'w'
                : reader.ValueTextEquals("cwd"u8) ? 'c' : reader.ValueTextEquals("uuid"u8) ? 'u'
                : reader.ValueTextEquals("isMeta"u8) || reader.ValueTextEquals("isCompactSummary"u8) ? 'x' : ' ';
            reader.Read();
            switch (key)
            {
                case 'm' when reader.TokenType == JsonTokenType.StartObject: Message(ref reader, uses, ref resultOf, ref hasText); break;
                case 't' when reader.TokenType == JsonTokenType.String: type = reader.GetString(); break;
                case 'c' when reader.TokenType == JsonTokenType.String: cwd = reader.GetString(); break;
                case 'u' when reader.TokenType == JsonTokenType.String: uuid = reader.GetString(); break;
                case 'w' when reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var at): time = at.ToUnixTimeMilliseconds(); break;
                case 'x': isMeta |= reader.TokenType == JsonTokenType.True; break;
                default: reader.Skip(); break;
            }
        }
        var isPrompt = type == "user" && hasText && resultOf is null && !isMeta;
        return new RecordedLine(time, cwd, type == "assistant", type == "assistant" ? uses : [], type == "user" ? resultOf : null, isPrompt ? uuid ?? "" : null);
    }

    private static void Message(ref Utf8JsonReader reader, List<string> uses, ref string? resultOf, ref bool hasText)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isContent = reader.ValueTextEquals("content"u8);
            reader.Read();
            if (isContent && reader.TokenType == JsonTokenType.String) hasText = true;
            if (!isContent || reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
                continue;
            }
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType != JsonTokenType.StartObject) reader.Skip();
                else Block(ref reader, uses, ref resultOf, ref hasText);
            }
        }
    }

    private static void Block(ref Utf8JsonReader reader, List<string> uses, ref string? resultOf, ref bool hasText)
    {
        string? type = null, id = null, of = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.ValueTextEquals("type"u8) ? 't' : reader.ValueTextEquals("id"u8) ? 'i' : reader.ValueTextEquals("tool_use_id"u8) ? 'o' : ' ';
            reader.Read();
            if (key == ' ' || reader.TokenType != JsonTokenType.String) reader.Skip();
            else if (key == 't') type = reader.GetString();
            else if (key == 'i') id = reader.GetString();
            else of = reader.GetString();
        }
        if (type == "tool_use" && id is not null) uses.Add(id);
        if (type == "tool_result" && of is not null) resultOf = of;
        if (type is "text" or "image") hasText = true;
    }
}
