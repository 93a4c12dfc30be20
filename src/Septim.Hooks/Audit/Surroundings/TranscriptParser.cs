using System.Globalization;
using System.Text.Json;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>Reads one transcript as bytes, newline by newline; only lines that can say something are parsed as JSON.</summary>
internal static class TranscriptParser
{
    private const int MaxLine = 64 << 20;

    public static void Read(Transcript transcript, ReadOnlySpan<byte> bytes)
    {
        var byId = new Dictionary<string, int>(StringComparer.Ordinal);
        var calls = new HashSet<string>(StringComparer.Ordinal);
        var offset = 0;
        while (offset < bytes.Length)
        {
            var end = bytes[offset..].IndexOf((byte)'\n');
            var next = end < 0 ? bytes.Length : offset + end + 1;
            var line = bytes[offset..next];
            if (line.Length > 2 && line.Length < MaxLine)
            {
                var head = line.Length > 4096 ? line[..4096] : line;
                if (line.IndexOf("compact_boundary"u8) >= 0 && head.IndexOf("\"system\""u8) >= 0)
                {
                    transcript.Boundaries++;
                    transcript.AfterBoundary = next;
                }
                var needsHead = transcript.Cwd is null || transcript.Version is null || transcript.Entrypoint is null;
                if (line.IndexOf("\"usage\""u8) >= 0 || line.IndexOf("\"tool_use\""u8) >= 0 || line.IndexOf("\"tool_result\""u8) >= 0 || needsHead || head.IndexOf("\"permissionMode\""u8) >= 0)
                    ReadLine(transcript, line, byId, calls);
            }
            offset = next;
        }
    }

    private static void ReadLine(Transcript transcript, ReadOnlySpan<byte> line, Dictionary<string, int> byId, HashSet<string> calls)
    {
        string? type = null, cwd = null, entry = null, model = null, requested = null, id = null, agent = null;
        DateTimeOffset? time = null;
        Usage? usage = null;
        List<TranscriptCall>? found = null;
        var reader = new Utf8JsonReader(line);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("type"u8)) type = Text(ref reader);
                else if (reader.ValueTextEquals("cwd"u8)) cwd = Text(ref reader);
                else if (reader.ValueTextEquals("version"u8)) transcript.Version = Text(ref reader) ?? transcript.Version;
                else if (reader.ValueTextEquals("entrypoint"u8)) entry = Text(ref reader);
                else if (reader.ValueTextEquals("permissionMode"u8))
                {
                    if (Text(ref reader) is { } mode) transcript.PermissionModes.Add(mode);
                }
                else if (reader.ValueTextEquals("requestedModel"u8)) requested = Text(ref reader);
                else if (reader.ValueTextEquals("agentId"u8)) agent = Text(ref reader);
                else if (reader.ValueTextEquals("timestamp"u8)) time = Time(Text(ref reader));
                else if (reader.ValueTextEquals("message"u8))
                {
                    if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                    {
                        reader.Skip();
                        continue;
                    }
                    while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                    {
                        if (reader.ValueTextEquals("id"u8)) id = Text(ref reader);
                        else if (reader.ValueTextEquals("model"u8)) model = Text(ref reader);
                        else if (reader.ValueTextEquals("usage"u8)) usage = ReadUsage(ref reader) ?? usage;
                        else if (reader.ValueTextEquals("content"u8)) found = ReadContent(ref reader, transcript);
                        else Skip(ref reader);
                    }
                }
                else Skip(ref reader);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Why: a half-written last line, or one that is not ours; the others still count.
            return;
        }
        // Why not while reading: a value that is not wanted must still be read past.
        transcript.Cwd ??= cwd;
        transcript.Entrypoint ??= entry;
        var synthetic = model == "<synthetic>";
        if (type == "assistant" && usage is { } used && !synthetic && id is not null)
        {
            var message = new TranscriptMessage(id, requested ?? model ?? "", agent, time, used.Input, used.Output, used.Read, used.Write5m, used.Write1h);
            if (byId.TryGetValue(id, out var at)) transcript.Messages[at] = Largest(transcript.Messages[at], message);
            else
            {
                byId[id] = transcript.Messages.Count;
                transcript.Messages.Add(message);
            }
        }
        foreach (var call in found ?? [])
            if (calls.Add(call.Id)) transcript.Calls.Add(call with { Turn = transcript.Messages.Count, Time = time });
    }

    private readonly record struct Usage(long Input, long Output, long Read, long Write5m, long Write1h);

    /// <summary>Cache writes without a breakdown count as those of five minutes; null when it is no object.</summary>
    private static Usage? ReadUsage(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }
        long input = 0, output = 0, read = 0, write = 0, write5 = 0, write1 = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("input_tokens"u8)) input = Number(ref reader);
            else if (reader.ValueTextEquals("output_tokens"u8)) output = Number(ref reader);
            else if (reader.ValueTextEquals("cache_read_input_tokens"u8)) read = Number(ref reader);
            else if (reader.ValueTextEquals("cache_creation_input_tokens"u8)) write = Number(ref reader);
            else if (reader.ValueTextEquals("cache_creation"u8) && reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    if (reader.ValueTextEquals("ephemeral_5m_input_tokens"u8)) write5 = Number(ref reader);
                    else if (reader.ValueTextEquals("ephemeral_1h_input_tokens"u8)) write1 = Number(ref reader);
                    else Skip(ref reader);
                }
            }
            else if (reader.TokenType == JsonTokenType.PropertyName) Skip(ref reader);
        }
        return new Usage(input, output, read, write > write5 + write1 ? write - write1 : write5, write1);
    }

    private static List<TranscriptCall>? ReadContent(ref Utf8JsonReader reader, Transcript transcript)
    {
        List<TranscriptCall>? calls = null;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return null;
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }
            string? type = null, id = null, name = null, result = null;
            var detail = "";
            long bytes = 0;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("type"u8)) type = Text(ref reader);
                else if (reader.ValueTextEquals("id"u8)) id = Text(ref reader);
                else if (reader.ValueTextEquals("name"u8)) name = Text(ref reader);
                else if (reader.ValueTextEquals("tool_use_id"u8)) result = Text(ref reader);
                else if (reader.ValueTextEquals("input"u8)) detail = ReadInput(ref reader);
                else if (reader.ValueTextEquals("content"u8))
                {
                    reader.Read();
                    var start = reader.TokenStartIndex;
                    reader.Skip();
                    bytes = reader.BytesConsumed - start;
                }
                else Skip(ref reader);
            }
            if (type == "tool_use" && id is not null) (calls ??= []).Add(new TranscriptCall(id, name ?? "", 0, detail, null));
            if (type == "tool_result" && result is not null) transcript.ResultBytes[result] = bytes;
        }
        return calls;
    }

    private static string ReadInput(ref Utf8JsonReader reader)
    {
        var detail = "";
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return detail;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("command"u8) || reader.ValueTextEquals("pattern"u8)) detail = Text(ref reader) ?? detail;
            else Skip(ref reader);
        }
        return detail;
    }

    private static TranscriptMessage Largest(TranscriptMessage a, TranscriptMessage b) => a with
    {
        Input = Math.Max(a.Input, b.Input),
        Output = Math.Max(a.Output, b.Output),
        CacheRead = Math.Max(a.CacheRead, b.CacheRead),
        CacheWrite5m = Math.Max(a.CacheWrite5m, b.CacheWrite5m),
        CacheWrite1h = Math.Max(a.CacheWrite1h, b.CacheWrite1h),
    };

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String) return reader.GetString();
        reader.Skip();
        return null;
    }

    private static long Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number)) return Math.Clamp(number, 0, 1L << 40);
        reader.Skip();
        return 0;
    }

    private static void Skip(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
