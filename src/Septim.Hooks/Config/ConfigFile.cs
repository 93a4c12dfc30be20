using System.Text;
using System.Text.Json;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Config;

/// <summary>Reads one <c>septim.json</c>. An unknown key, a wrong type or broken JSON is a fault that names file, line and key.</summary>
internal static class ConfigFile
{
    private const int MaxBytes = 1 << 20;

    /// <summary>What <see cref="FileSystemInfo.Attributes"/> says where nothing is.</summary>
    private const FileAttributes Missing = (FileAttributes)(-1);

    /// <returns>The values in the file's order; empty when there is no such file.</returns>
    /// <exception cref="HookFault">The file is there and cannot be read or understood.</exception>
    public static List<ConfigValue> Read(string path, ConfigLayer layer)
    {
        if (!IsThere(path)) return [];
        byte[] bytes;
        try
        {
            bytes = RegularFile.Read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
        if (bytes.Length > MaxBytes) throw new HookFault($"config: {path} is larger than 1 MiB");
        return Parse(path, layer, bytes);
    }

    /// <summary>Why not <see cref="File.Exists"/>: it says no also of a place where nobody may look, and a ceiling in there would be gone without a word.</summary>
    /// <exception cref="HookFault">It is a directory, or it cannot be told.</exception>
    public static bool IsThere(string path)
    {
        try
        {
            var attributes = new FileInfo(path).Attributes;
            if (attributes == Missing) return false;
            if ((attributes & FileAttributes.Directory) != 0) throw new HookFault($"config: {path} is a directory; it must be a file");
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    public static HookFault Unreadable(string path, Exception e) => new($"config: {path} cannot be read ({Cause.Of(e)}); make it readable or remove it", e);

    /// <exception cref="HookFault">Names file, line and key.</exception>
    public static List<ConfigValue> Parse(string path, ConfigLayer layer, ReadOnlySpan<byte> json)
    {
        if (json.StartsWith("\uFEFF"u8)) json = json[3..];
        var values = new List<ConfigValue>();
        var reader = new Utf8JsonReader(json);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) throw new HookFault($"config: {path}:1: the file must hold one JSON object");
            ReadObject(ref reader, json, path, layer, "", values);
            reader.Read();
        }
        catch (JsonException e)
        {
            throw new HookFault($"config: {path}:{(e.LineNumber ?? 0) + 1}:{(e.BytePositionInLine ?? 0) + 1}: not valid JSON; the error is here or just before", e);
        }
        return values;
    }

    private static void ReadObject(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> json, string file, ConfigLayer layer, string section, List<ConfigValue> values)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = section.Length == 0 ? reader.GetString()! : $"{section}.{reader.GetString()}";
            var line = LineOf(json, (int)reader.TokenStartIndex);
            reader.Read();
            if (name == "$schema")
            {
                reader.Skip();
                continue;
            }
            if (ConfigKeys.Find(name) is not { } key)
            {
                if (reader.TokenType == JsonTokenType.StartObject && ConfigKeys.IsSection(name))
                {
                    ReadObject(ref reader, json, file, layer, name, values);
                    continue;
                }
                throw new HookFault($"config: {file}:{line}: unknown key \"{name}\"; `septim config` lists the keys");
            }
            var text = ValueText(ref reader, json, key, $"{file}:{line}");
            ConfigText.Validate(key, text, $"config: {file}:{line}");
            values.Add(new ConfigValue(key, text, layer, $"{file}:{line}"));
        }
    }

    private static string ValueText(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ConfigKey key, string place)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String when key.Kind is not ConfigKind.Json:
                return reader.GetString()!;
            case JsonTokenType.Number when key.Kind is not (ConfigKind.Json or ConfigKind.Flag):
                return Encoding.ASCII.GetString(reader.ValueSpan);
            case JsonTokenType.True or JsonTokenType.False when key.Kind is ConfigKind.Flag:
                return reader.TokenType == JsonTokenType.True ? "true" : "false";
            case JsonTokenType.StartArray when key.Kind is ConfigKind.Percents or ConfigKind.Texts:
                return List(ref reader, key, place);
            case JsonTokenType.StartObject or JsonTokenType.StartArray when key.Kind is ConfigKind.Json:
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                return Encoding.UTF8.GetString(json[start..(int)reader.BytesConsumed]);
            default:
                throw new HookFault($"config: {place}: {key.Path} has the wrong type; {ConfigText.Expected(key)}");
        }
    }

    private static string List(ref Utf8JsonReader reader, ConfigKey key, string place)
    {
        var text = new StringBuilder();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
                throw new HookFault($"config: {place}: {key.Path} has the wrong type; {ConfigText.Expected(key)}");
            if (text.Length > 0) text.Append(',');
            text.Append(reader.TokenType == JsonTokenType.String ? reader.GetString() : Encoding.UTF8.GetString(reader.ValueSpan));
        }
        return text.ToString();
    }

    private static int LineOf(ReadOnlySpan<byte> json, int offset) => json[..offset].Count((byte)'\n') + 1;
}
