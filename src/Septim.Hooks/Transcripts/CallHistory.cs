using System.IO.Hashing;
using System.Text.Json;

namespace Septim.Hooks.Transcripts;

/// <summary>
/// The tool calls of one transcript, newest first, read backwards from its end, so that a look at the last few costs the same at any
/// size. The reader stops as soon as the caller has seen enough.
/// </summary>
internal static class CallHistory
{
    /// <summary>The last few lines are mostly enough; who wants more reads in ever larger steps.</summary>
    private const int FirstChunkBytes = 8 * 1024;

    private const int MaxChunkBytes = 64 * 1024;

    /// <summary>A line longer than this is passed over: it is a large result, not a call.</summary>
    private const int MaxLineBytes = 256 << 10;

    /// <summary>The same where results are looked at: a screenshot is one of a megabyte or two.</summary>
    private const int MaxCloseLineBytes = 8 << 20;

    /// <summary>How far back to look at most: a loop is something that goes on now.</summary>
    private const long MaxBytes = 16 << 20;

    /// <param name="files">The disk.</param>
    /// <param name="path">A transcript; one that is missing has no calls.</param>
    /// <param name="wantsMore">Takes each call, newest first; false ends the reading.</param>
    /// <param name="closely">Also what the results said and where prompts stand between, which costs more.</param>
    /// <exception cref="HookFault">The file is there and cannot be read.</exception>
    public static void ReadBackwards(IFileSystem files, string path, Func<RecordedCall, bool> wantsMore, bool closely = false)
    {
        var handle = files.Open(path, out var stat);
        if (handle < 0)
        {
            if (stat.Kind == FileKind.Missing) return;
            throw new HookFault($"{path} cannot be read; make it readable");
        }
        try
        {
            new Reader(files, handle, path, wantsMore, closely).Run(stat.Size);
        }
        finally
        {
            files.Close(handle);
        }
    }

    private sealed class Reader(IFileSystem files, nint handle, string path, Func<RecordedCall, bool> wantsMore, bool closely)
    {
        // Results come after their calls, so walking backwards they are known when the call is met.
        private readonly HashSet<string> _failed = [];
        private readonly Dictionary<string, UInt128> _outputs = [];
        private readonly int _maxLineBytes = closely ? MaxCloseLineBytes : MaxLineBytes;
        private bool _prompted;

        public void Run(long size)
        {
            var floor = Math.Max(0, size - MaxBytes);
            var position = size;
            var chunkBytes = FirstChunkBytes;
            // The window holds one chunk and, behind it, the rest of a line whose beginning has not been read yet.
            var window = new byte[2 * chunkBytes];
            var rest = 0;
            var oversized = false;
            while (position > floor)
            {
                var take = (int)Math.Min(chunkBytes, position - floor);
                chunkBytes = Math.Min(2 * chunkBytes, MaxChunkBytes);
                position -= take;
                var chunkStart = window.Length - rest - take;
                if (chunkStart < 0)
                {
                    var larger = new byte[Math.Max(2 * window.Length, rest + take)];
                    window.AsSpan(window.Length - rest).CopyTo(larger.AsSpan(larger.Length - rest));
                    chunkStart = larger.Length - rest - take;
                    window = larger;
                }
                var chunk = window.AsSpan(chunkStart, take);
                if (!Fill(chunk, position)) return;
                var end = window.Length;
                for (var newline = chunk.LastIndexOf((byte)'\n'); newline >= 0; newline = chunk[..newline].LastIndexOf((byte)'\n'))
                {
                    var start = chunkStart + newline + 1;
                    if (!oversized && !Line(window.AsSpan(start, end - start))) return;
                    oversized = false;
                    end = chunkStart + newline;
                }
                rest = end - chunkStart;
                oversized |= rest > _maxLineBytes;
                if (oversized) rest = 0;
                window.AsSpan(chunkStart, rest).CopyTo(window.AsSpan(window.Length - rest));
            }
            if (position == 0 && !oversized) Line(window.AsSpan(window.Length - rest));
        }

        private bool Fill(Span<byte> into, long offset)
        {
            while (!into.IsEmpty)
            {
                var read = files.Read(handle, offset, into);
                if (read < 0) throw new HookFault($"{path} cannot be read");
                if (read == 0) return false;
                into = into[read..];
                offset += read;
            }
            return true;
        }

        private bool Line(ReadOnlySpan<byte> line)
        {
            // Why: of a result only its failure matters, and a quote inside a text is escaped, so these bytes are a key of the line itself.
            if (line.IndexOf("\"tool_use\""u8) < 0 && line.IndexOf("\"is_error\":true"u8) < 0 && !(closely && line.IndexOf("\"user\""u8) >= 0)) return true;
            try
            {
                return ReadLine(line);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                return true; // Why: a half-written or foreign line says nothing about what the model did.
            }
        }

        private bool ReadLine(ReadOnlySpan<byte> line)
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 4096 });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return true;
            bool isUser = false, isOurs = false, hasText = false, hasResult = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isMessage = reader.ValueTextEquals("message"u8);
                var isType = reader.ValueTextEquals("type"u8);
                // What the client put there by itself: no word from outside.
                var isMark = reader.ValueTextEquals("isMeta"u8) || reader.ValueTextEquals("isCompactSummary"u8);
                reader.Read();
                if (isType && reader.TokenType == JsonTokenType.String) isUser = reader.ValueTextEquals("user"u8);
                if (isMark) isOurs |= reader.TokenType == JsonTokenType.True;
                if (!isMessage || reader.TokenType != JsonTokenType.StartObject)
                {
                    reader.Skip();
                    continue;
                }
                string? messageId = null;
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var isContent = reader.ValueTextEquals("content"u8);
                    var isId = reader.ValueTextEquals("id"u8);
                    reader.Read();
                    // The client writes the id before the content.
                    hasText |= isContent && reader.TokenType == JsonTokenType.String;
                    if (isId && reader.TokenType == JsonTokenType.String) messageId = reader.GetString();
                    else if (!isContent || reader.TokenType != JsonTokenType.StartArray) reader.Skip();
                    else if (!Blocks(ref reader, line, messageId, ref hasText, ref hasResult)) return false;
                }
            }
            _prompted |= closely && isUser && hasText && !hasResult && !isOurs;
            return true;
        }

        private bool Blocks(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, string? messageId, ref bool hasText, ref bool hasResult)
        {
            var calls = new List<RecordedCall>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType != JsonTokenType.StartObject)
                {
                    reader.Skip();
                    continue;
                }
                if (Block(ref reader, line, messageId, ref hasText, ref hasResult) is { } call) calls.Add(call);
            }
            for (var i = calls.Count - 1; i >= 0; i--)
            {
                if (!wantsMore(calls[i] with { BeforePrompt = _prompted })) return false;
                _prompted = false;
            }
            return true;
        }

        private RecordedCall? Block(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, string? messageId, ref bool hasText, ref bool hasResult)
        {
            string? type = null, id = null, name = null, resultOf = null;
            byte[] input = [];
            UInt128 output = 0;
            var isError = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.GetString();
                reader.Read();
                switch (key)
                {
                    case "type" when reader.TokenType == JsonTokenType.String: type = reader.GetString(); break;
                    case "id" when reader.TokenType == JsonTokenType.String: id = reader.GetString(); break;
                    case "name" when reader.TokenType == JsonTokenType.String: name = reader.GetString(); break;
                    case "tool_use_id" when reader.TokenType == JsonTokenType.String: resultOf = reader.GetString(); break;
                    case "is_error": isError = reader.TokenType == JsonTokenType.True; break;
                    case "input":
                        var start = (int)reader.TokenStartIndex;
                        reader.Skip();
                        input = line[start..(int)reader.BytesConsumed].ToArray();
                        break;
                    case "content" when closely:
                        var from = (int)reader.TokenStartIndex;
                        reader.Skip();
                        output = WithoutDigits(line[from..(int)reader.BytesConsumed]);
                        break;
                    default: reader.Skip(); break;
                }
            }
            hasText |= type is "text" or "image";
            hasResult |= type == "tool_result";
            if (type == "tool_result" && resultOf is not null)
            {
                if (isError) _failed.Add(resultOf);
                else if (closely) _outputs[resultOf] = output;
            }
            if (type != "tool_use" || id is null || name is null) return null;
            return new RecordedCall(id, name, input, _failed.Contains(id), messageId) { Output = _outputs.TryGetValue(id, out var said) ? said : null };
        }

        /// <summary>Times, counts and process ids differ each time and say nothing new.</summary>
        private static UInt128 WithoutDigits(ReadOnlySpan<byte> text)
        {
            var hash = new XxHash128();
            while (!text.IsEmpty)
            {
                var end = text.IndexOfAnyInRange((byte)'0', (byte)'9');
                hash.Append(end < 0 ? text : text[..end]);
                if (end < 0) break;
                text = text[end..];
                var next = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
                text = next < 0 ? default : text[next..];
            }
            return hash.GetCurrentHashAsUInt128();
        }
    }
}
