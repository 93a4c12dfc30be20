using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Septim.Hooks.Claude;

namespace Septim.Hooks.Gates;

/// <summary>
/// When two tool calls are the same: same tool, and the same input once what the model words anew each time (descriptions, time-outs,
/// white space of a command) is left out.
/// </summary>
internal static class CallKey
{
    public static UInt128 Of(string tool, ReadOnlySpan<byte> input)
    {
        var hash = new XxHash128();
        hash.Append(Encoding.UTF8.GetBytes(tool));
        var reader = new Utf8JsonReader(input, new JsonReaderOptions { MaxDepth = 4096 });
        if (!input.IsEmpty && reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = JsonString.Of(in reader);
                reader.Read();
                if (IsWording(tool, key))
                {
                    reader.Skip();
                    continue;
                }
                hash.Append(Encoding.UTF8.GetBytes($"\n{key}\0"));
                if (reader.TokenType == JsonTokenType.String)
                {
                    // Why: a text without escapes is its own value.
                    if (key != "command" && !reader.ValueIsEscaped) hash.Append(reader.ValueSpan);
                    else hash.Append(Encoding.UTF8.GetBytes(key == "command" ? Squeeze(JsonString.Of(in reader)) : JsonString.Of(in reader)));
                }
                else
                {
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    hash.Append(input[start..(int)reader.BytesConsumed]);
                }
            }
        }
        return hash.GetCurrentHashAsUInt128();
    }

    private static bool IsWording(string tool, string key) =>
        key is "description" or "timeout" || (tool is "SendMessage" && key is "summary");

    private static string Squeeze(string command)
    {
        var text = new char[command.Length];
        var length = 0;
        foreach (var c in command)
            if (!char.IsWhiteSpace(c)) text[length++] = c;
            else if (length > 0 && text[length - 1] != ' ') text[length++] = ' ';
        return new string(text, 0, length > 0 && text[length - 1] == ' ' ? length - 1 : length);
    }
}
