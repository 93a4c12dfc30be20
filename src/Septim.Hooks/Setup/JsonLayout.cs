using System.Text;
using System.Text.Json;

namespace Septim.Hooks.Setup;

/// <summary>How a JSON text is laid out: its indentation, line ends, and whether it stands on one line. New parts follow it.</summary>
internal sealed class JsonLayout
{
    private readonly byte[] _bytes;
    private readonly bool _oneLine;
    private readonly string _newLine;
    private readonly string _afterColon;
    private readonly string _afterComma;

    private JsonLayout(JsonText text)
    {
        _bytes = text.Bytes;
        var items = text.Root.Items;
        var inside = Gap(text.Root.Start + 1, items.Count > 0 ? items[0].NameStart : text.Root.End - 1);
        // Why Count: an empty object says nothing about the layout, and people expect an indented file.
        _oneLine = items.Count > 0 && !inside.Contains('\n', StringComparison.Ordinal);
        var firstBreak = _bytes.AsSpan().IndexOf((byte)'\n');
        _newLine = firstBreak > 0 && _bytes[firstBreak - 1] == '\r' ? "\r\n" : "\n";
        Unit = inside.Contains('\n', StringComparison.Ordinal) && IndentOf(inside) is { Length: > 0 } indent && items.Count > 0 ? indent : "  ";
        _afterColon = !_oneLine || HasSpaceAfterColon(items[0]) ? " " : "";
        _afterComma = _oneLine && items.Count > 1 ? WhiteSpaceBefore(items[1].NameStart) : _afterColon;
    }

    /// <summary>One step of indentation: spaces or a tab, as the file has it; two spaces where it shows none.</summary>
    public string Unit { get; }

    public static JsonLayout Of(JsonText text) => new(text);

    /// <summary>White space before an item: what stands after the bracket or comma.</summary>
    public string GapBefore(JsonPart container, int index)
    {
        var gap = WhiteSpaceBefore(container.Items[index].NameStart);
        // Why: blank lines between neighbours are theirs; a first item on the bracket's own line has no gap to copy.
        if (gap.Contains('\n', StringComparison.Ordinal)) return _newLine + IndentOf(gap);
        return index == 0 ? _afterComma : gap;
    }

    /// <summary>What follows the last line break of white space.</summary>
    public static string IndentOf(string gap) => gap[(gap.LastIndexOf('\n') + 1)..];

    /// <summary>The indentation of the line on which a byte stands.</summary>
    public string LineIndent(int position)
    {
        var start = _bytes.AsSpan(0, position).LastIndexOf((byte)'\n') + 1;
        var end = start;
        while (end < _bytes.Length && _bytes[end] is (byte)' ' or (byte)'\t') end++;
        return Encoding.UTF8.GetString(_bytes, start, end - start);
    }

    /// <summary>A line break and an indentation; nothing in a text that stands on one line.</summary>
    public string Break(string indent) => _oneLine ? "" : _newLine + indent;

    /// <summary>Writes one value, named or not, at an indentation.</summary>
    public void Write(StringBuilder into, string? name, ReadOnlySpan<byte> value, string indent)
    {
        if (name is not null) into.Append('"').Append(JsonEncodedText.Encode(name)).Append('"').Append(':').Append(_afterColon);
        var reader = new Utf8JsonReader(value);
        reader.Read();
        WriteValue(into, ref reader, value, indent);
    }

    private void WriteValue(StringBuilder into, ref Utf8JsonReader reader, ReadOnlySpan<byte> json, string indent)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            into.Append(Encoding.UTF8.GetString(json[(int)reader.TokenStartIndex..(int)reader.BytesConsumed]));
            return;
        }
        var (open, close, end) = reader.TokenType == JsonTokenType.StartObject
            ? ('{', '}', JsonTokenType.EndObject)
            : ('[', ']', JsonTokenType.EndArray);
        into.Append(open);
        var empty = true;
        while (reader.Read() && reader.TokenType != end)
        {
            if (!empty) into.Append(',').Append(_oneLine ? _afterComma : "");
            empty = false;
            into.Append(Break(indent + Unit));
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                into.Append(Encoding.UTF8.GetString(json[(int)reader.TokenStartIndex..(int)reader.BytesConsumed]).TrimEnd(':', ' ')).Append(':').Append(_afterColon);
                reader.Read();
            }
            WriteValue(into, ref reader, json, indent + Unit);
        }
        if (!empty) into.Append(Break(indent));
        into.Append(close);
    }

    private string WhiteSpaceBefore(int position)
    {
        var from = position;
        while (from > 0 && _bytes[from - 1] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') from--;
        return Gap(from, position);
    }

    private string Gap(int from, int to) => Encoding.UTF8.GetString(_bytes, from, to - from);

    private bool HasSpaceAfterColon(JsonPart member) => member.Start > 0 && _bytes[member.Start - 1] == ' ';
}
