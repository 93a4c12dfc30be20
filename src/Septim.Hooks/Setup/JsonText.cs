using System.Text;
using System.Text.Json;

namespace Septim.Hooks.Setup;

/// <summary>
/// A JSON file as its bytes with the place of every value, so that an edit touches nothing but what it is about: unknown keys, order,
/// indentation, line ends, a byte order mark and the last line's end stay as they are.
/// </summary>
internal sealed class JsonText
{
    /// <summary>Deeper nesting than any settings file has; beyond it the file is refused.</summary>
    private const int MaxDepth = 256;

    private JsonText(byte[] bytes, JsonPart root) => (Bytes, Root) = (bytes, root);

    public byte[] Bytes { get; }

    public JsonPart Root { get; }

    /// <param name="bytes">The file. Blank means <c>{}</c>.</param>
    /// <param name="path">For the message.</param>
    /// <exception cref="HookFault">Not strict JSON; names the file and the line.</exception>
    public static JsonText Parse(byte[] bytes, string path)
    {
        if (bytes.AsSpan().Trim("\uFEFF \t\r\n"u8).IsEmpty) bytes = "{}\n"u8.ToArray();
        var skip = bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        try
        {
            var reader = new Utf8JsonReader(bytes.AsSpan(skip), new JsonReaderOptions { MaxDepth = MaxDepth });
            reader.Read();
            var root = ReadPart(ref reader, skip, null, (int)reader.TokenStartIndex + skip);
            while (reader.Read()) { }
            return new JsonText(bytes, root);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            var line = e is JsonException { LineNumber: { } number } ? number + 1 : 1;
            throw new HookFault($"{path}:{line}: not valid JSON (comments and trailing commas count as errors too, because the client drops such a file). Mend that line and run this again", e);
        }
    }

    /// <summary>The decoded text of a string value; null for any other kind.</summary>
    public string? Text(JsonPart? part)
    {
        if (part is not { Kind: JsonValueKind.String }) return null;
        var reader = new Utf8JsonReader(Bytes.AsSpan(part.Start, part.End - part.Start));
        reader.Read();
        return reader.GetString();
    }

    /// <summary>The value as it stands.</summary>
    public ReadOnlySpan<byte> Raw(JsonPart part) => Bytes.AsSpan(part.Start, part.End - part.Start);

    /// <summary>Counted from 1.</summary>
    public int LineOf(JsonPart part) => Bytes.AsSpan(0, part.NameStart).Count((byte)'\n') + 1;

    /// <summary>Whether two values say the same: white space and the way texts are escaped do not matter, order does.</summary>
    public static bool SameValue(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var left = new Utf8JsonReader(a, new JsonReaderOptions { MaxDepth = MaxDepth });
        var right = new Utf8JsonReader(b, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (left.Read())
        {
            if (!right.Read() || left.TokenType != right.TokenType) return false;
            var same = left.TokenType is JsonTokenType.String or JsonTokenType.PropertyName
                ? left.GetString() == right.GetString()
                : left.ValueSpan.SequenceEqual(right.ValueSpan);
            if (!same) return false;
        }
        return !right.Read();
    }

    /// <summary>With a new member (or element, when <paramref name="name"/> is null) at the end of a container, laid out as its neighbours are.</summary>
    /// <param name="container">An object or array of this text.</param>
    /// <param name="name">The member's name; null in an array.</param>
    /// <param name="value">Any valid JSON; its white space is replaced.</param>
    public JsonText Append(JsonPart container, string? name, ReadOnlySpan<byte> value)
    {
        var layout = JsonLayout.Of(this);
        var inserted = new StringBuilder();
        if (container.Items.Count > 0)
        {
            var last = container.Items[^1];
            var gap = layout.GapBefore(container, container.Items.Count - 1);
            inserted.Append(',').Append(gap);
            layout.Write(inserted, name, value, gap.Contains('\n', StringComparison.Ordinal) ? JsonLayout.IndentOf(gap) : layout.LineIndent(last.NameStart));
            return Splice(last.End, last.End, inserted.ToString());
        }
        var indent = layout.LineIndent(container.NameStart);
        var inner = layout.Break(indent + layout.Unit);
        inserted.Append(inner);
        layout.Write(inserted, name, value, JsonLayout.IndentOf(inner));
        inserted.Append(layout.Break(indent));
        return Splice(container.Start + 1, container.End - 1, inserted.ToString());
    }

    /// <summary>Without one item: the exact opposite of <see cref="Append"/>. A container that held nothing else becomes <c>{}</c> or <c>[]</c>.</summary>
    public JsonText Remove(JsonPart container, int index)
    {
        var items = container.Items;
        if (items.Count == 1) return Splice(container.Start + 1, container.End - 1, "");
        return index > 0
            ? Splice(items[index - 1].End, items[index].End, "")
            : Splice(items[0].NameStart, items[1].NameStart, "");
    }

    private JsonText Splice(int from, int to, string text) =>
        Parse([.. Bytes.AsSpan(0, from), .. Encoding.UTF8.GetBytes(text), .. Bytes.AsSpan(to)], "the edited text");

    private static JsonPart ReadPart(ref Utf8JsonReader reader, int skip, string? name, int nameStart)
    {
        var start = (int)reader.TokenStartIndex + skip;
        List<JsonPart> items = [];
        var kind = reader.TokenType switch
        {
            JsonTokenType.StartObject => JsonValueKind.Object,
            JsonTokenType.StartArray => JsonValueKind.Array,
            JsonTokenType.String => JsonValueKind.String,
            JsonTokenType.Number => JsonValueKind.Number,
            JsonTokenType.True => JsonValueKind.True,
            JsonTokenType.False => JsonValueKind.False,
            _ => JsonValueKind.Null,
        };
        if (kind == JsonValueKind.Object)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var memberName = reader.GetString();
                var memberStart = (int)reader.TokenStartIndex + skip;
                reader.Read();
                items.Add(ReadPart(ref reader, skip, memberName, memberStart));
            }
        }
        else if (kind == JsonValueKind.Array)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                items.Add(ReadPart(ref reader, skip, null, (int)reader.TokenStartIndex + skip));
        }
        return new JsonPart(kind, start, (int)reader.BytesConsumed + skip, name, nameStart, items);
    }
}
