using System.Buffers;
using System.Globalization;
using System.Text;

namespace Septim.Hooks.Tests.Support;

/// <summary>
/// Writes sessions as the client does: several lines for one response with the same message id, tool results of all
/// sizes, subagent files, lines of other types, and text and tool results that look like usage but are not.
/// </summary>
internal sealed class TranscriptGenerator
{
    private readonly GeneratedNumbers _numbers;
    private readonly GeneratedText _text;
    private readonly string _sessionId;
    private readonly ArrayBufferWriter<byte> _line = new(1 << 20);
    private DateTimeOffset _now;
    private string _parent = "null";
    private string? _agentId;
    private long _context;
    private int _lines;
    private int _responses;
    private long _pico;
    private long _picoByLines;

    private TranscriptGenerator(SessionPlan plan)
    {
        _numbers = new GeneratedNumbers((ulong)plan.Seed * 2654435761);
        _text = new GeneratedText(new GeneratedNumbers(7));
        _sessionId = _numbers.Uuid();
        _now = plan.Start;
    }

    /// <summary>Writes one session below the <c>projects/</c> of a <c>.claude</c> folder.</summary>
    public static GeneratedSession Write(string claudeFolder, SessionPlan plan)
    {
        var generator = new TranscriptGenerator(plan);
        var folder = Path.Combine(claudeFolder, "projects", plan.Project);
        var agentFolder = Path.Combine(folder, generator._sessionId, "subagents");
        Directory.CreateDirectory(folder);

        var main = Path.Combine(folder, generator._sessionId + ".jsonl");
        var agentBytes = plan.Subagents == 0 ? 0 : plan.Bytes / 100 * plan.SubagentPercent / plan.Subagents;
        var bytes = generator.WriteFile(main, plan.Bytes - agentBytes * plan.Subagents, agentId: null);
        List<string> agents = [];
        for (var i = 0; i < plan.Subagents; i++)
        {
            Directory.CreateDirectory(agentFolder);
            var id = "a" + generator._numbers.Hex(16);
            agents.Add(Path.Combine(agentFolder, $"agent-{id}.jsonl"));
            bytes += generator.WriteFile(agents[^1], agentBytes, id);
        }

        return new GeneratedSession(generator._sessionId, main, agents, bytes, generator._lines, generator._responses, generator._pico, generator._picoByLines);
    }

    /// <summary>Appends one response with a tool call to a session's main file, as a running client does between two calls of a hook.</summary>
    /// <returns>What the response costs, in pico-dollars.</returns>
    public static long Append(GeneratedSession session, int seed)
    {
        var generator = new TranscriptGenerator(new SessionPlan(0) { Seed = seed });
        using var file = new FileStream(session.MainFile, FileMode.Append);
        generator.WriteResponse(file);
        return generator._pico;
    }

    private long WriteFile(string path, long target, string? agentId)
    {
        _agentId = agentId;
        _parent = "null";
        _context = _numbers.Between(18_000, 32_000);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1 << 20);
        WriteLine(file, $$"""{"type":"mode","mode":"default","sessionId":"{{_sessionId}}"}""");
        WritePrompt(file);
        while (file.Position < target)
        {
            WriteResponse(file);
            if (_numbers.OneIn(16)) WritePrompt(file);
            if (_numbers.OneIn(50)) WriteLine(file, $$"""{{{Envelope()}},"type":"system","subtype":"turn_duration","durationMs":{{_numbers.Below(90_000)}},"isMeta":false}""");
        }

        return file.Position;
    }

    private void WritePrompt(Stream file)
    {
        Begin($$"""{{{Envelope()}},"type":"user","message":{"role":"user","content":""");
        Quote(_numbers.Between(80, 1500));
        End(file, "},\"permissionMode\":\"default\"}");
    }

    /// <summary>One response of one to four lines, then the results of its tool calls.</summary>
    private void WriteResponse(Stream file)
    {
        var usage = Usage();
        var messageId = "msg_01" + _numbers.Hex(22);
        var requestId = "req_011C" + _numbers.Hex(20);
        var blocks = _numbers.Between(1, 4);
        // Why: the client of today repeats the final usage on every line; older ones wrote placeholders on all but the last.
        var placeholders = _numbers.OneIn(4);
        List<string> tools = [];
        for (var block = 0; block < blocks; block++)
        {
            var isLast = block == blocks - 1;
            var stated = usage with { Output = isLast || !placeholders ? usage.Output : _numbers.Between(1, 9) };
            Begin($$"""{{{Envelope()}},"message":{"model":"{{usage.Model}}","id":"{{messageId}}","type":"message","role":"assistant","content":[""");
            if (isLast)
            {
                tools.Add("toolu_01" + _numbers.Hex(22));
                Add($$"""{"type":"tool_use","id":"{{tools[^1]}}","name":"Bash","input":{"command":""");
                Quote(_numbers.Skewed(40, 6000));
                Add(",\"description\":\"step\"}}");
            }
            else
            {
                Add(block == 0 ? "{\"type\":\"thinking\",\"thinking\":" : "{\"type\":\"text\",\"text\":");
                Quote(_numbers.Between(60, 1200));
                Add(block == 0 ? $",\"signature\":\"{_numbers.Hex(32)}\"}}" : "}");
            }

            End(file, $$"""],"stop_reason":"tool_use","stop_sequence":null,"usage":{{usage.ToJson(stated.Output)}}},"apiBlockIndex":{{block}},"requestId":"{{requestId}}","requestedModel":"{{usage.Model}}","type":"assistant"}""");
            _picoByLines += stated.Pico;
        }

        _responses++;
        _pico += usage.Pico;
        foreach (var tool in tools) WriteToolResult(file, tool);
    }

    private void WriteToolResult(Stream file, string toolUseId)
    {
        var size = _numbers.OneIn(100) ? _numbers.Between(80_000, 400_000) : _numbers.Skewed(100, 60_000);
        Begin($$"""{{{Envelope()}},"type":"user","message":{"role":"user","content":[{"tool_use_id":"{{toolUseId}}","type":"tool_result","content":""");
        Quote(size);
        Add(",\"is_error\":false}]},\"toolUseResult\":");
        if (_numbers.OneIn(10))
        {
            Add($$$"""{"status":"completed","agentId":"a{{{_numbers.Hex(16)}}}","totalTokens":{{{_numbers.Below(90_000)}}},"usage":{"input_tokens":{{{_numbers.Below(50)}}},"cache_read_input_tokens":{{{_numbers.Below(90_000)}}},"output_tokens":{{{_numbers.Below(900)}}}}}""");
        }
        else
        {
            Add("{\"stdout\":");
            Quote(size);
            Add(",\"stderr\":\"\",\"interrupted\":false}");
        }

        End(file, "}");
    }

    private GeneratedUsage Usage()
    {
        var model = _agentId is null ? "claude-opus-5-5" : _numbers.OneIn(2) ? "claude-sonnet-5-5" : "claude-haiku-4-5-20251001";
        var written = _numbers.Skewed(120, 40_000);
        var read = _context;
        _context = _context > 180_000 ? 25_000 : _context + written;
        return new GeneratedUsage(
            model,
            Input: _numbers.Between(1, 12),
            Output: _numbers.Skewed(20, 8_000),
            Read: read,
            Write5m: _agentId is null ? 0 : written,
            Write1h: _agentId is null ? written : 0,
            Searches: _numbers.OneIn(250) ? _numbers.Between(1, 3) : 0);
    }

    /// <summary>The keys every line shares, without braces; each line is the parent of the next.</summary>
    private string Envelope()
    {
        _now += TimeSpan.FromMilliseconds(_numbers.Between(200, 4_000));
        var uuid = _numbers.Uuid();
        var envelope = $"\"parentUuid\":{_parent},\"isSidechain\":{(_agentId is null ? "false" : "true")},"
            + (_agentId is null ? "" : $"\"agentId\":\"{_agentId}\",")
            + $"\"userType\":\"external\",\"entrypoint\":\"cli\",\"cwd\":\"/srv/dev/project\",\"sessionId\":\"{_sessionId}\",\"version\":\"2.1.330\",\"gitBranch\":\"main\","
            + $"\"uuid\":\"{uuid}\",\"timestamp\":\"{_now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)}\"";
        _parent = $"\"{uuid}\"";
        return envelope;
    }

    private void Begin(string text)
    {
        _line.ResetWrittenCount();
        Add(text);
    }

    private void Add(string text) => _line.Write(Encoding.UTF8.GetBytes(text));

    private void Quote(long bytes)
    {
        _line.Write("\""u8);
        _text.Write(_line, bytes);
        _line.Write("\""u8);
    }

    private void End(Stream file, string text)
    {
        Add(text + "\n");
        file.Write(_line.WrittenSpan);
        _lines++;
    }

    private void WriteLine(Stream file, string text)
    {
        Begin(text);
        End(file, "");
    }
}
