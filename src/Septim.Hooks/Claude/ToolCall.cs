using System.Text.Json;

namespace Septim.Hooks.Claude;

/// <summary>One tool call of a payload.</summary>
/// <param name="Name">Exact and case-sensitive, as on the wire: <c>Bash</c>, <c>Agent</c>, <c>mcp__server__tool</c>.</param>
/// <param name="UseId">The call's <c>toolu_…</c> id; null on PermissionRequest.</param>
/// <param name="Input">The raw JSON value of <c>tool_input</c>; empty when the key is absent.</param>
/// <param name="Response">The raw JSON value of <c>tool_response</c>; empty before the tool ran.</param>
internal sealed record ToolCall(string Name, string? UseId, ReadOnlyMemory<byte> Input, ReadOnlyMemory<byte> Response)
{
    /// <summary>All members of the input, where whoever read it noted them; null: they must be looked for.</summary>
    public List<ToolInputText>? Texts { get; init; }

    /// <summary>The text at a top-level key of the input; null when absent.</summary>
    /// <exception cref="HookFault">The input is not an object, the value is not a text, or the key stands there twice.</exception>
    public string? InputText(string key)
    {
        if (Input.IsEmpty) return null;
        if (Texts is not null && Noted(key) is { Start: >= 0 } noted) return JsonString.Of(Input.Span.Slice(noted.Start, noted.Length), noted.IsEscaped);
        string? found = null;
        var seen = false;
        var reader = new Utf8JsonReader(Input.Span, new JsonReaderOptions { MaxDepth = 4096 });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) throw new HookFault($"the input of {Name} is not a JSON object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var wanted = reader.ValueTextEquals(key);
            reader.Read();
            if (!wanted)
            {
                reader.Skip();
                continue;
            }
            if (seen) throw new HookFault($"the input of {Name} holds {key} twice");
            seen = true;
            found = reader.TokenType switch
            {
                JsonTokenType.String => JsonString.Of(in reader),
                JsonTokenType.Null => null,
                _ => throw new HookFault($"{key} in the input of {Name} is not a text"),
            };
        }
        return found;
    }

    /// <summary>The only member of that name.</summary>
    private ToolInputText? Noted(string key)
    {
        ToolInputText? found = null;
        foreach (var text in Texts!)
        {
            if (text.Key != key) continue;
            if (found is not null) return null;
            found = text;
        }
        return found;
    }
}
