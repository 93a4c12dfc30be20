using System.Text.Json;

namespace Septim.Hooks.Claude;

/// <summary>Walks the top level of one payload; every nested value is skipped unless a hook needs it.</summary>
internal ref struct HookInputParser
{
    /// <summary>Members of a tool's input that are noted; an input of more is read again by whoever asks.</summary>
    private const int MostNoted = 32;

    private readonly ReadOnlyMemory<byte> _json;
    private readonly int _base;
    private Utf8JsonReader _reader;

    public HookInputParser(ReadOnlyMemory<byte> json, ReadOnlySpan<byte> bytes, int maxDepth)
    {
        _json = json;
        _base = json.Length - bytes.Length;
        _reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = maxDepth });
    }

    public HookInput Parse()
    {
        string? name = null, session = null, transcript = null, cwd = null, mode = null, agentId = null, agentType = null;
        string? tool = null, toolUseId = null, prompt = null, source = null, filePath = null, reason = null;
        string? message = null, notificationType = null, error = null, agentTranscript = null;
        ReadOnlyMemory<byte> toolInput = default, toolResponse = default;
        List<ToolInputText>? toolTexts = null;
        var stopHookActive = false;
        var backgroundTasks = 0;
        List<ToolCall>? batch = null;
        var seen = 0;

        if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartObject)
            throw new HookFault("the payload on stdin is not a JSON object");
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (_reader.ValueIsEscaped) throw new HookFault("a key of the payload is written with escapes, which the client never does");
            var key = _reader.ValueSpan;
            _ = key switch
            {
                _ when key.SequenceEqual("hook_event_name"u8) => Once("hook_event_name", 0, ref seen) && Text("hook_event_name", ref name),
                _ when key.SequenceEqual("session_id"u8) => Once("session_id", 1, ref seen) && Text("session_id", ref session),
                _ when key.SequenceEqual("transcript_path"u8) => Once("transcript_path", 2, ref seen) && Text("transcript_path", ref transcript),
                _ when key.SequenceEqual("cwd"u8) => Once("cwd", 3, ref seen) && Text("cwd", ref cwd),
                _ when key.SequenceEqual("permission_mode"u8) => Text("permission_mode", ref mode),
                _ when key.SequenceEqual("agent_id"u8) => Once("agent_id", 4, ref seen) && Text("agent_id", ref agentId),
                _ when key.SequenceEqual("agent_type"u8) => Text("agent_type", ref agentType),
                _ when key.SequenceEqual("tool_name"u8) => Once("tool_name", 5, ref seen) && Text("tool_name", ref tool),
                _ when key.SequenceEqual("tool_use_id"u8) => Once("tool_use_id", 6, ref seen) && Text("tool_use_id", ref toolUseId),
                _ when key.SequenceEqual("tool_input"u8) => Once("tool_input", 7, ref seen) && ToolInput(ref toolInput, ref toolTexts),
                _ when key.SequenceEqual("tool_response"u8) => Raw(ref toolResponse),
                _ when key.SequenceEqual("prompt"u8) => Text("prompt", ref prompt),
                _ when key.SequenceEqual("source"u8) => Text("source", ref source),
                _ when key.SequenceEqual("file_path"u8) => Text("file_path", ref filePath),
                _ when key.SequenceEqual("reason"u8) => Text("reason", ref reason),
                _ when key.SequenceEqual("message"u8) => TextOrSkip(ref message),
                _ when key.SequenceEqual("notification_type"u8) => Text("notification_type", ref notificationType),
                _ when key.SequenceEqual("error"u8) => TextOrSkip(ref error),
                _ when key.SequenceEqual("agent_transcript_path"u8) => Text("agent_transcript_path", ref agentTranscript),
                _ when key.SequenceEqual("stop_hook_active"u8) => Flag("stop_hook_active", ref stopHookActive),
                _ when key.SequenceEqual("background_tasks"u8) => Count(ref backgroundTasks),
                _ when key.SequenceEqual("tool_calls"u8) => Calls(ref batch),
                _ => Skip(),
            };
        }
        while (_reader.Read()) { }

        if (string.IsNullOrEmpty(name)) throw new HookFault("the payload has no hook_event_name");
        if (name == HookEvent.PreToolUse) CheckToolCall(tool, toolInput.Span);
        return new HookInput
        {
            EventName = name,
            SessionId = session ?? "",
            TranscriptPath = transcript ?? "",
            Cwd = cwd ?? "",
            PermissionMode = mode,
            AgentId = agentId,
            AgentType = agentType,
            Tool = tool is null ? null : new ToolCall(tool, toolUseId, toolInput, toolResponse) { Texts = toolTexts },
            Prompt = prompt,
            Source = source,
            FilePath = filePath,
            Reason = reason,
            Message = message,
            NotificationType = notificationType,
            Error = error,
            AgentTranscriptPath = agentTranscript,
            StopHookActive = stopHookActive,
            BackgroundTasks = backgroundTasks,
            Batch = (IReadOnlyList<ToolCall>?)batch ?? [],
            Json = _json,
        };
    }

    private static void CheckToolCall(string? tool, ReadOnlySpan<byte> input)
    {
        if (string.IsNullOrEmpty(tool)) throw new HookFault("the payload of a tool call has no tool_name");
        if (input.IsEmpty || input[0] != (byte)'{') throw new HookFault($"the payload has no tool_input object for {tool}");
    }

    private static bool Once(string key, int bit, ref int seen)
    {
        if ((seen & (1 << bit)) != 0) throw new HookFault($"the payload holds {key} twice");
        seen |= 1 << bit;
        return true;
    }

    private bool Text(string key, ref string? value)
    {
        _reader.Read();
        value = _reader.TokenType switch
        {
            JsonTokenType.String => JsonString.Of(in _reader),
            JsonTokenType.Null => null,
            _ => throw new HookFault($"the payload's {key} is not a text"),
        };
        return true;
    }

    private bool TextOrSkip(ref string? value)
    {
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.String) value = JsonString.Of(in _reader);
        else _reader.Skip();
        return true;
    }

    private bool Flag(string key, ref bool value)
    {
        _reader.Read();
        value = _reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            _ => throw new HookFault($"the payload's {key} is neither true nor false"),
        };
        return true;
    }

    private bool Count(ref int elements)
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartArray) { _reader.Skip(); return true; }
        elements = 0;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            elements++;
            _reader.Skip();
        }
        return true;
    }

    private bool Raw(ref ReadOnlyMemory<byte> value)
    {
        _reader.Read();
        var start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        value = _json.Slice(_base + start, (int)_reader.BytesConsumed - start);
        return true;
    }

    /// <summary>The raw value, and where its texts stand.</summary>
    private bool ToolInput(ref ReadOnlyMemory<byte> value, ref List<ToolInputText>? texts)
    {
        _reader.Read();
        var start = (int)_reader.TokenStartIndex;
        if (_reader.TokenType == JsonTokenType.StartObject)
        {
            texts = [];
            while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
            {
                if (_reader.ValueIsEscaped || texts?.Count == MostNoted) texts = null;
                var key = texts is null ? "" : JsonString.Of(in _reader);
                _reader.Read();
                if (_reader.TokenType == JsonTokenType.String) texts?.Add(new(key, (int)_reader.TokenStartIndex + 1 - start, _reader.ValueSpan.Length, _reader.ValueIsEscaped));
                else texts?.Add(new(key, -1, 0, false));
                _reader.Skip();
            }
        }
        value = _json.Slice(_base + start, (int)_reader.BytesConsumed - start);
        return true;
    }

    private bool Calls(ref List<ToolCall>? calls)
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartArray) throw new HookFault("the payload's tool_calls is not a list");
        calls = [];
        while (_reader.Read() && _reader.TokenType == JsonTokenType.StartObject)
        {
            string? tool = null, id = null;
            ReadOnlyMemory<byte> response = default;
            while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
            {
                _ = _reader.ValueTextEquals("tool_name"u8) ? TextOrSkip(ref tool)
                    : _reader.ValueTextEquals("tool_use_id"u8) ? TextOrSkip(ref id)
                    : _reader.ValueTextEquals("tool_response"u8) ? Raw(ref response) : Skip();
            }
            if (id is not null) calls.Add(new ToolCall(tool ?? "", id, default, response));
        }
        return true;
    }

    private bool Skip()
    {
        _reader.Skip();
        return true;
    }
}
