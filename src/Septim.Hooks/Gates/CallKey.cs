using System.IO.Hashing;
using System.Text;
using System.Text.Json;

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
                var key = reader.GetString()!;
                reader.Read();
                if (IsWording(tool, key))
                {
                    reader.Skip();
                    continue;
                }
                hash.Append(Encoding.UTF8.GetBytes($"\n{key}\0"));
                if (reader.TokenType == JsonTokenType.String)
                {
                    hash.Append(Encoding.UTF8.GetBytes(key == "command" ? Squeeze(reader.GetString()!) : reader.GetString()!));
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
        var text = new StringBuilder(command.Length);
        foreach (var c in command)
            if (!char.IsWhiteSpace(c)) text.Append(c);
            else if (text.Length > 0 && text[^1] != ' ') text.Append(' ');
        return text.ToString().TrimEnd();
    }
}
