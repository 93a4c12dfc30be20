using System.Text.Json;
using Septim.Hooks.Claude;
using Septim.Hooks.Setup;

namespace Septim.Hooks.Audit;

/// <summary>Appends entries to <c>attestations.json</c> and <c>suppressions.json</c>; what stands there keeps its bytes.</summary>
internal static class AttestationFile
{
    /// <param name="path">The file; made when it is not there.</param>
    /// <param name="list">attestations or suppressions.</param>
    /// <param name="fields">The entry, in order.</param>
    /// <param name="now">Names the backup.</param>
    /// <exception cref="HookFault">The file cannot be understood or written.</exception>
    public static void Append(string path, string list, IReadOnlyList<KeyValuePair<string, string>> fields, DateTimeOffset now)
    {
        var old = SettingsFile.Read(path);
        var text = JsonText.Parse(old ?? System.Text.Encoding.UTF8.GetBytes($"{{\n  \"schema_version\": 1,\n  \"{list}\": []\n}}\n"), path);
        if (text.Root[list] is null) text = text.Append(text.Root, list, "[]"u8);
        if (text.Root[list] is not { Kind: JsonValueKind.Array } array) throw new HookFault($"{path} holds no list of {list}");
        var entry = System.Text.Encoding.UTF8.GetBytes("{" + string.Join(",", fields.Select(field => $"{Quoted(field.Key)}:{Quoted(field.Value)}")) + "}");
        SettingsFile.Replace(path, old, text.Append(array, null, entry).Bytes, now);
    }

    private static string Quoted(string text) => "\"" + JsonEncodedText.Encode(text, JsonEscapes.Only) + "\"";
}
