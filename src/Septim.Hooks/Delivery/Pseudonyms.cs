using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Septim.Hooks.Claude;
using Septim.Hooks.Config;

namespace Septim.Hooks.Delivery;

/// <summary>
/// Replaces the user and the paths by keyed hashes before an event leaves, where <c>log.hash</c> asks for it. Equal values stay equal,
/// so totals by user still work. The key is SEPTIM_LOG_HASH_KEY; without one the hash hides from the eye, not from a dictionary.
/// </summary>
internal sealed class Pseudonyms
{
    private readonly HashSet<string> _fields = [];
    private readonly byte[] _key;

    public Pseudonyms(SeptimConfig config, Func<string, string?> variable)
    {
        foreach (var what in (config.Text(ConfigKeys.LogHash) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            _fields.UnionWith(what switch
            {
                "user" => ["user"],
                "cwd" => ["cwd", "project", "transcript_path"],
                _ => throw new HookFault($"log.hash names \"{what}\"; it may hold user and cwd"),
            });
        }
        _key = Encoding.UTF8.GetBytes(variable("SEPTIM_LOG_HASH_KEY") ?? "");
    }

    public ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> json)
    {
        if (_fields.Count == 0) return json;
        var buffer = new ArrayBufferWriter<byte>(json.Length + 64);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JsonEscapes.Only }))
        {
            writer.WriteStartObject();
            foreach (var field in JsonElement.Parse(json.Span).EnumerateObject())
            {
                if (_fields.Contains(field.Name) && field.Value.ValueKind == JsonValueKind.String && field.Value.GetString() is { Length: > 0 } text)
                    writer.WriteString(field.Name, Hash(text));
                else field.WriteTo(writer);
            }
            writer.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }

    private string Hash(string text) => "h:" + Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)).AsSpan(0, 12));
}
