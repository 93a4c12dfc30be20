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
    /// <summary>Bytes; the client writes a longer text the same way each time, here and in the transcript.</summary>
    private const int LongestReworded = 64 * 1024;

    public static UInt128 Of(string tool, ReadOnlySpan<byte> input)
    {
        var hash = new XxHash128();
        hash.Append(Encoding.UTF8.GetBytes(tool));
        var reader = new Utf8JsonReader(input, new JsonReaderOptions { MaxDepth = 4096 });
        if (!input.IsEmpty && reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(JsonString.Of(in reader)) : reader.ValueSpan;
                reader.Read();
                if (IsWording(tool, key))
                {
                    reader.Skip();
                    continue;
                }
                var isCommand = key.SequenceEqual("command"u8);
                hash.Append("\n"u8);
                hash.Append(key);
                hash.Append("\0"u8);
                if (reader.TokenType == JsonTokenType.String)
                {
                    // Why: a text without escapes is its own value, and so is one so long that nobody words it anew.
                    if (reader.ValueSpan.Length > LongestReworded) hash.Append(reader.ValueSpan);
                    else if (isCommand) AppendSqueezed(hash, JsonString.Of(in reader));
                    else if (!reader.ValueIsEscaped) hash.Append(reader.ValueSpan);
                    else hash.Append(Encoding.UTF8.GetBytes(JsonString.Of(in reader)));
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

    private static bool IsWording(string tool, ReadOnlySpan<byte> key) =>
        key.SequenceEqual("description"u8) || key.SequenceEqual("timeout"u8) || (tool is "SendMessage" && key.SequenceEqual("summary"u8));

    /// <summary>The command with one blank for each stretch of white space, and none around it.</summary>
    private static void AppendSqueezed(XxHash128 hash, string command)
    {
        Span<char> units = stackalloc char[1024];
        Span<byte> bytes = stackalloc byte[3 * 1024];
        var length = 0;
        var starts = true;
        var isApart = false;
        foreach (var c in command)
        {
            // Why the first question: for most letters it spares a table of Unicode.
            if (c is not (> ' ' and < '\u007f') && char.IsWhiteSpace(c))
            {
                isApart = !starts;
                continue;
            }
            // Why: both halves of a pair must come into one piece.
            if (length >= units.Length - (char.IsLowSurrogate(c) ? 1 : 2)) Flush(hash, units, ref length, bytes);
            if (isApart) units[length++] = ' ';
            units[length++] = c;
            starts = isApart = false;
        }
        Flush(hash, units, ref length, bytes);
    }

    private static void Flush(XxHash128 hash, ReadOnlySpan<char> units, ref int length, Span<byte> bytes)
    {
        hash.Append(bytes[..Encoding.UTF8.GetBytes(units[..length], bytes)]);
        length = 0;
    }
}
