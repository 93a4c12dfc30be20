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

    /// <summary>How far back to look at most: a loop is something that goes on now.</summary>
    private const long MaxBytes = 16 << 20;

    /// <param name="files">The disk.</param>
    /// <param name="path">A transcript; one that is missing has no calls.</param>
    /// <param name="wantsMore">Takes each call, newest first; false ends the reading.</param>
    /// <exception cref="HookFault">The file is there and cannot be read.</exception>
    public static void ReadBackwards(IFileSystem files, string path, Func<RecordedCall, bool> wantsMore)
    {
        var handle = files.Open(path, out var stat);
        if (handle < 0)
        {
            if (stat.Kind == FileKind.Missing) return;
            throw new HookFault($"{path} cannot be read; make it readable");
        }
        try
        {
            new Reader(files, handle, path, wantsMore).Run(stat.Size);
        }
        finally
        {
            files.Close(handle);
        }
    }

    private sealed class Reader(IFileSystem files, nint handle, string path, Func<RecordedCall, bool> wantsMore)
    {
        // Results come after their calls, so walking backwards they are known when the call is met.
        private readonly HashSet<string> _failed = [];

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
                oversized |= rest > MaxLineBytes;
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
            if (line.IndexOf("\"tool_use\""u8) < 0 && line.IndexOf("\"is_error\":true"u8) < 0) return true;
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
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 512 });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return true;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isMessage = reader.ValueTextEquals("message"u8);
                reader.Read();
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
                    if (isId && reader.TokenType == JsonTokenType.String) messageId = reader.GetString();
                    else if (!isContent || reader.TokenType != JsonTokenType.StartArray) reader.Skip();
                    else if (!Blocks(ref reader, line, messageId)) return false;
                }
            }
            return true;
        }

        private bool Blocks(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, string? messageId)
        {
            var calls = new List<RecordedCall>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType != JsonTokenType.StartObject)
                {
                    reader.Skip();
                    continue;
                }
                if (Block(ref reader, line, messageId) is { } call) calls.Add(call);
            }
            for (var i = calls.Count - 1; i >= 0; i--)
                if (!wantsMore(calls[i])) return false;
            return true;
        }

        private RecordedCall? Block(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, string? messageId)
        {
            string? type = null, id = null, name = null, resultOf = null;
            byte[] input = [];
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
                    default: reader.Skip(); break;
                }
            }
            if (type == "tool_result" && resultOf is not null && isError) _failed.Add(resultOf);
            return type == "tool_use" && id is not null && name is not null ? new RecordedCall(id, name, input, _failed.Contains(id), messageId) : null;
        }
    }
}
