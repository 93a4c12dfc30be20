using System.Text;
using System.Text.Json;

namespace Septim.Hooks.Audit.Reading;

/// <summary>Strict JSON to nodes with lines: no comments, no trailing commas, at most 128 levels, as the client reads its settings.</summary>
internal static class JsonTree
{
    private const int MaxDepth = 128;

    /// <returns>Null with an error that names the line when it is not one JSON value.</returns>
    public static Node? Parse(string text, out string? error, out int errorLine)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        error = null;
        errorLine = 0;
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = MaxDepth });
        var lines = new LineCounter(bytes);
        try
        {
            reader.Read();
            var node = ReadValue(ref reader, ref lines);
            while (reader.Read())
            {
            }
            return node;
        }
        catch (JsonException e)
        {
            errorLine = (int)(e.LineNumber ?? 0) + 1;
            error = $"not valid JSON (line {errorLine})";
        }
        catch (InvalidOperationException)
        {
            errorLine = lines.Line;
            error = $"not valid JSON: a broken character escape (line {errorLine})";
        }
        return null;
    }

    private static Node ReadValue(ref Utf8JsonReader reader, ref LineCounter lines)
    {
        var line = lines.At((int)reader.TokenStartIndex);
        var column = lines.Column;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var map = new Node(NodeKind.Map, "", line, column);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var key = reader.GetString()!;
                    var at = lines.At((int)reader.TokenStartIndex);
                    reader.Read();
                    map.Members.Add(new NodeMember(key, ReadValue(ref reader, ref lines), at));
                }
                return map;
            case JsonTokenType.StartArray:
                var list = new Node(NodeKind.List, "", line, column);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) list.Items.Add(ReadValue(ref reader, ref lines));
                return list;
            case JsonTokenType.String: return new Node(NodeKind.Text, reader.GetString()!, line, column);
            case JsonTokenType.True: return new Node(NodeKind.Bool, "true", line, column);
            case JsonTokenType.False: return new Node(NodeKind.Bool, "false", line, column);
            case JsonTokenType.Null: return new Node(NodeKind.Null, "", line, column);
            default: return new Node(NodeKind.Number, Encoding.UTF8.GetString(reader.ValueSpan), line, column);
        }
    }

    /// <summary>Counts line ends between offsets that only grow.</summary>
    private ref struct LineCounter(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private int _offset;
        private int _lineStart;

        public int Line { get; private set; } = 1;
        public readonly int Column => _offset - _lineStart + 1;

        public int At(int offset)
        {
            while (_offset < offset)
            {
                var end = _bytes[_offset..offset].IndexOf((byte)'\n');
                if (end < 0) break;
                _offset += end + 1;
                _lineStart = _offset;
                Line++;
            }
            _offset = Math.Max(_offset, offset);
            return Line;
        }
    }
}
