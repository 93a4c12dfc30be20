using System.IO.Hashing;

namespace Septim.Hooks.Transcripts;

/// <summary>
/// One JSON object of a transcript → <see cref="TranscriptLine"/>. Keys may come in any order; of a key given twice the last counts.
/// </summary>
internal sealed class TranscriptLineReader(TranscriptCursor cursor)
{
    private const ulong KeysOfLine = (1UL << (int)JsonKey.Type) | (1UL << (int)JsonKey.Message) | (1UL << (int)JsonKey.RequestId)
        | (1UL << (int)JsonKey.RequestedModel) | (1UL << (int)JsonKey.Timestamp) | (1UL << (int)JsonKey.IsApiErrorMessage) | (1UL << (int)JsonKey.TotalCostUsd);

    private const ulong KeysOfMessage = (1UL << (int)JsonKey.Id) | (1UL << (int)JsonKey.Model) | (1UL << (int)JsonKey.Content) | (1UL << (int)JsonKey.Usage);

    private readonly JsonWalker _walk = new(cursor);
    private readonly UsageMemo _memo = new();
    private readonly Utf8Text _text = new();
    private readonly Utf8Text _blockType = new();
    private readonly Utf8Text _blockId = new();

    public JsonWalker Walker => _walk;

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
                case JsonKey.Timestamp: _walk.ReadString(line.Timestamp); break;
                case JsonKey.IsApiErrorMessage: line.IsApiError = _walk.ReadScalar().SequenceEqual("true"u8); break;
                case JsonKey.TotalCostUsd: line.TotalCostPico = JsonNumber.Pico(_walk.ReadScalar()) ?? -1; break;
            }
        }
        line.End = cursor.Offset;
        return _walk.State;
    }

    private LineType ReadType()
    {
        if (_walk.PeekToken() != '"')
        {
            return _walk.ReadScalar().SequenceEqual("null"u8) ? LineType.NotGiven : LineType.Other;
        }
        _walk.ReadString(_text);
        return _text.Span.SequenceEqual("assistant"u8) ? LineType.Assistant
            : _text.Span.SequenceEqual("cost-state"u8) ? LineType.CostState : LineType.Other;
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
            _blockType.Clear();
            _blockId.Clear();
            var firstKey = true;
            while (_walk.NextKey(ref firstKey, out var key))
            {
                switch (key)
                {
                    case JsonKey.Type: _walk.ReadString(_blockType); break;
                    case JsonKey.Id: _walk.ReadString(_blockId); break;
                    default: _walk.SkipValue(); break;
                }
            }
            if (_blockId.Length > 0 && _blockType.Span.SequenceEqual("tool_use"u8)) line.ToolUses.Add(Hash(_blockId.Span));
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
        var (start, window) = (cursor.Position, cursor.Offset - cursor.Position);
        Enter('{');
        line.HasUsage = true;
        var first = true;
        while (_walk.NextKey(ref first, out var key))
        {
            switch (key)
            {
                case JsonKey.Speed: _walk.ReadString(line.Speed); break;
                case JsonKey.InferenceGeo: _walk.ReadString(line.InferenceGeo); break;
                case JsonKey.ServiceTier: _walk.ReadString(line.ServiceTier); break;
                case JsonKey.ServerToolUse: ReadServerTools(ref line.Usage); break;
                case JsonKey.Iterations: ReadPasses(line); break;
                default: ReadCounter(key, ref line.Usage); break;
            }
        }
        if (_walk.State == WalkState.Fine && window == cursor.Offset - cursor.Position)
            _memo.Keep(cursor.Buffer.AsSpan(start, cursor.Position - start), line, _walk.KeyPlace);
    }

    private void ReadCounter(JsonKey key, ref TokenUsage usage)
    {
        switch (key)
        {
            case JsonKey.InputTokens: usage.Input = _walk.ReadCount(); break;
            case JsonKey.OutputTokens: usage.Output = _walk.ReadCount(); break;
            case JsonKey.CacheReadInputTokens: usage.CacheRead = _walk.ReadCount(); break;
            case JsonKey.CacheCreationInputTokens: usage.CacheWriteFlat = _walk.ReadCount(); break;
            case JsonKey.CacheCreation: ReadCacheCreation(ref usage); break;
            default: _walk.SkipValue(); break;
        }
    }

    private void ReadCacheCreation(ref TokenUsage usage)
    {
        usage.CacheWrite5m = usage.CacheWrite1h = 0;
        if (!Enter('{')) return;
        var first = true;
        while (_walk.NextKey(ref first, out var key))
        {
            switch (key)
            {
                case JsonKey.Ephemeral5mInputTokens: usage.CacheWrite5m = _walk.ReadCount(); break;
                case JsonKey.Ephemeral1hInputTokens: usage.CacheWrite1h = _walk.ReadCount(); break;
                default: _walk.SkipValue(); break;
            }
        }
    }

    private void ReadServerTools(ref TokenUsage usage)
    {
        usage.WebSearches = 0;
        if (!Enter('{')) return;
        var first = true;
        while (_walk.NextKey(ref first, out var key))
        {
            if (key == JsonKey.WebSearchRequests) usage.WebSearches = _walk.ReadCount();
            else _walk.SkipValue();
        }
    }

    private void ReadPasses(TranscriptLine line)
    {
        line.ClearPasses();
        if (!Enter('[')) return;
        var first = true;
        while (_walk.NextElement(ref first))
        {
            if (!Enter('{')) continue;
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
