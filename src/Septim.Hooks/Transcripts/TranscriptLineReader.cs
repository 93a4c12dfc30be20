using System.IO.Hashing;

namespace Septim.Hooks.Transcripts;

/// <summary>
/// One JSON object of a transcript → <see cref="TranscriptLine"/>. Keys may come in any order; of a key given twice the last counts.
/// </summary>
internal sealed class TranscriptLineReader(TranscriptCursor cursor)
{
    private const ulong KeysOfLine = (1UL << (int)JsonKey.Type) | (1UL << (int)JsonKey.Message) | (1UL << (int)JsonKey.RequestId)
        | (1UL << (int)JsonKey.RequestedModel) | (1UL << (int)JsonKey.Timestamp) | (1UL << (int)JsonKey.IsApiErrorMessage) | (1UL << (int)JsonKey.TotalCostUsd) | (1UL << (int)JsonKey.Source);

    private const ulong KeysOfMessage = (1UL << (int)JsonKey.Id) | (1UL << (int)JsonKey.Model) | (1UL << (int)JsonKey.Content) | (1UL << (int)JsonKey.Usage);

    private readonly JsonWalker _walk = new(cursor);
    private readonly UsageMemo _memo = new();
    private readonly TimestampMemo _times = new();
    private readonly HashMemo _ids = new();

    // Of the usage object that is read: where it starts in the buffer, what the buffer then started with, and which of its passes it is at.
    private UsageShape _shape = new();
    private int _usageStart;
    private long _window;
    private int _pass;

    public JsonWalker Walker => _walk;

    private bool HasSlid => cursor.Offset - cursor.Position != _window;

    /// <summary>Reads the object that starts at the cursor. The line is complete only when the state is <see cref="WalkState.Fine"/>.</summary>
    public WalkState Read(TranscriptLine line)
    {
        line.Clear();
        line.Offset = cursor.Offset;
        _walk.Begin();
        if (!_walk.Enter('{')) return WalkState.Garbage;
        var first = true;
        while (_walk.NextKey(KeysOfLine, ref first, out var key))
        {
            switch (key)
            {
                case JsonKey.Type: line.Type = ReadType(); break;
                case JsonKey.Message: ReadMessage(line); break;
                case JsonKey.RequestId: _walk.ReadString(line.RequestId); break;
                case JsonKey.RequestedModel: _walk.ReadString(line.RequestedModel); break;
                case JsonKey.Timestamp: line.Time = _times.Parse(_walk.ReadText()); break;
                case JsonKey.IsApiErrorMessage: line.IsApiError = _walk.ReadScalar().SequenceEqual("true"u8); break;
                case JsonKey.Source: line.IsBrokenOff = _walk.ReadText().SequenceEqual("connection_retry"u8); break;
                case JsonKey.TotalCostUsd: line.TotalCostPico = JsonNumber.Pico(_walk.ReadScalar()) ?? -1; break;
            }
        }
        line.End = cursor.Offset;
        var id = line.MessageId.Length > 0 ? line.MessageId : line.RequestId;
        line.Id = id.Length > 0 ? _ids.Hash(id.Span) : null;
        return _walk.State;
    }

    private LineType ReadType()
    {
        if (_walk.PeekToken() != '"')
        {
            return _walk.ReadScalar().SequenceEqual("null"u8) ? LineType.NotGiven : LineType.Other;
        }
        var type = _walk.ReadText();
        return type.SequenceEqual("assistant"u8) ? LineType.Assistant
            : type.SequenceEqual("cost-state"u8) ? LineType.CostState : LineType.Other;
    }

    private void ReadMessage(TranscriptLine line)
    {
        line.ClearMessage();
        if (!Enter('{')) return;
        var first = true;
        while (_walk.NextKey(KeysOfMessage, ref first, out var key))
        {
            switch (key)
            {
                case JsonKey.Id: _walk.ReadString(line.MessageId); break;
                case JsonKey.Model: _walk.ReadString(line.Model); break;
                case JsonKey.Content: ReadContent(line); break;
                case JsonKey.Usage: ReadUsage(line); break;
            }
        }
    }

    private void ReadContent(TranscriptLine line)
    {
        line.ToolUses.Clear();
        if (!Enter('[')) return;
        var first = true;
        while (_walk.NextElement(ref first))
        {
            if (!Enter('{')) continue;
            var isToolUse = false;
            UInt128? id = null;
            var firstKey = true;
            while (_walk.NextKey(ref firstKey, out var key))
            {
                switch (key)
                {
                    case JsonKey.Type: isToolUse = _walk.ReadText().SequenceEqual("tool_use"u8); break;
                    case JsonKey.Id: id = _walk.ReadText() is { Length: > 0 } text ? Hash(text) : null; break;
                    default: _walk.SkipValue(); break;
                }
            }
            if (isToolUse && id is { } call) line.ToolUses.Add(call);
        }
    }

    /// <summary>The identity of a tool call, as <see cref="TranscriptLine.ToolUses"/> holds it.</summary>
    public static UInt128 Hash(ReadOnlySpan<byte> toolUseId) => XxHash128.HashToUInt128(toolUseId, seed: 't');

    private void ReadUsage(TranscriptLine line)
    {
        line.ClearUsage();
        if (_walk.PeekToken() != '{')
        {
            line.UsageIsUnreadable = !_walk.ReadScalar().SequenceEqual("null"u8);
            return;
        }
        if (_memo.Take(cursor.Unread, line, out var keyPlace) is > 0 and var length)
        {
            cursor.Position += length;
            _walk.KeyPlace = keyPlace;
            return;
        }
        (_shape, _pass) = (_memo.Learn(), UsageShape.TopLevel);
        (_usageStart, _window) = (cursor.Position, cursor.Offset - cursor.Position);
        Enter('{');
        line.HasUsage = true;
        var first = true;
        while (_walk.NextKey(ref first, out var key))
        {
            switch (key)
            {
                case JsonKey.Speed: line.IsFast = _walk.ReadText().SequenceEqual("fast"u8); break;
                case JsonKey.InferenceGeo: line.IsGeoUs = _walk.ReadText().SequenceEqual("us"u8); break;
                case JsonKey.ServiceTier: line.IsBatch = _walk.ReadText().SequenceEqual("batch"u8); break;
                case JsonKey.ServerToolUse: ReadServerTools(ref line.Usage); break;
                case JsonKey.Iterations: ReadPasses(line); break;
                default: ReadCounter(key, ref line.Usage); break;
            }
        }
        if (_walk.State == WalkState.Fine && !HasSlid) _shape.End(cursor.Buffer.AsSpan(_usageStart, cursor.Position - _usageStart), line, _walk.KeyPlace);
    }

    private void ReadCounter(JsonKey key, ref TokenUsage usage)
    {
        switch (key)
        {
            case JsonKey.InputTokens or JsonKey.OutputTokens or JsonKey.CacheReadInputTokens or JsonKey.CacheCreationInputTokens: ReadCount(key, ref usage); break;
            case JsonKey.CacheCreation: ReadCacheCreation(ref usage); break;
            default: _walk.SkipValue(); break;
        }
    }

    private void ReadCount(JsonKey key, ref TokenUsage usage)
    {
        _shape.Meet(_pass, key);
        var start = cursor.Position;
        usage.Counter(key) = _walk.ReadCount();
        if (!HasSlid) _shape.Note(start - _usageStart, cursor.Buffer.AsSpan(start, cursor.Position - start), _pass, key);
    }

    private void ReadCacheCreation(ref TokenUsage usage)
    {
        _shape.Meet(_pass, JsonKey.CacheCreation);
        usage.CacheWrite5m = usage.CacheWrite1h = 0;
        if (!Enter('{')) return;
        var first = true;
        while (_walk.NextKey(ref first, out var key))
        {
            if (key is JsonKey.Ephemeral5mInputTokens or JsonKey.Ephemeral1hInputTokens) ReadCount(key, ref usage);
            else _walk.SkipValue();
        }
    }

    private void ReadServerTools(ref TokenUsage usage)
    {
        _shape.Meet(_pass, JsonKey.ServerToolUse);
        usage.WebSearches = 0;
        if (!Enter('{')) return;
        var first = true;
        while (_walk.NextKey(ref first, out var key))
        {
            if (key == JsonKey.WebSearchRequests) ReadCount(key, ref usage);
            else _walk.SkipValue();
        }
    }

    private void ReadPasses(TranscriptLine line)
    {
        _shape.Meet(_pass, JsonKey.Iterations);
        line.ClearPasses();
        if (!Enter('[')) return;
        var first = true;
        while (_walk.NextElement(ref first))
        {
            if (!Enter('{')) continue;
            _pass = line.PassCount;
            var pass = line.AddPass();
            var firstKey = true;
            while (_walk.NextKey(ref firstKey, out var key))
            {
                switch (key)
                {
                    case JsonKey.Type: _walk.ReadString(pass.Type); break;
                    case JsonKey.Model: _walk.ReadString(pass.Model); break;
                    default: ReadCounter(key, ref pass.Usage); break;
                }
            }
            _pass = UsageShape.TopLevel;
            if (!pass.RepeatsTopLevel) continue;
            line.RemoveLastPass();
            _shape.Ignore(line.PassCount);
        }
    }

    /// <summary>Enters an object or array; any other value is skipped.</summary>
    private bool Enter(char open)
    {
        if (_walk.Enter(open)) return true;
        _walk.SkipValue();
        return false;
    }
}
