using System.Text;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>Good and broken payloads for an enforcing hook (checklist §12.3).</summary>
internal static class BrokenTrials
{
    /// <param name="good">A benign PreToolUse payload.</param>
    /// <param name="danger">The same with a command that must be refused; null when the hook does not judge commands.</param>
    public static IEnumerable<(string Name, bool ExpectsBlock, byte[] Payload)> For(string good, string? danger)
    {
        yield return ("good-benign", false, Bytes(good));
        if (danger is not null) yield return ("good-danger", true, Bytes(danger));
        yield return ("empty", true, []);
        yield return ("truncated", true, Bytes(good[..(good.Length / 2)]));
        foreach (var text in (string[])["[]", "null", "\"x\"", "42"]) yield return ($"not-object {text}", true, Bytes(text));
        yield return ("empty-object", true, "{}"u8.ToArray());
        yield return ("wrong-types: tool_name a number", true, Bytes(good.Replace("\"tool_name\":\"Bash\"", "\"tool_name\":7", StringComparison.Ordinal)));
        yield return ("wrong-types: tool_input a text", true, Bytes(Replaced(good, "tool_input", "\"git status\"")));
        yield return ("unknown-extra", false, Bytes(good.Replace("{\"session_id\"", "{\"unheard\":{\"of\":[1,2]},\"session_id\"", StringComparison.Ordinal)));
        yield return ("bom", false, [0xEF, 0xBB, 0xBF, .. Bytes(good)]);
        yield return ("crlf and no final newline", false, Bytes(good.TrimEnd('\n').Replace(",\"", ",\r\n\"", StringComparison.Ordinal)));
        yield return ("trailing: two objects", true, Bytes(good + good));
        yield return ("trailing: text", true, Bytes(good + "and more"));
        yield return ("bad-utf8", true, BadUtf8(good));
        yield return ("deep", true, Encoding.ASCII.GetBytes(new string('[', 100_000)));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] BadUtf8(string good)
    {
        var bytes = Bytes(good);
        var at = bytes.AsSpan().IndexOf("\"command\":\""u8) + "\"command\":\"".Length;
        return [.. bytes.AsSpan(0, at), 0xC3, 0x28, 0xFF, .. bytes.AsSpan(at)];
    }

    private static string Replaced(string payload, string key, string value)
    {
        var start = payload.IndexOf($"\"{key}\":", StringComparison.Ordinal) + key.Length + 3;
        var end = payload.IndexOf("},\"tool_use_id\"", start, StringComparison.Ordinal) + 1;
        return payload[..start] + value + payload[end..];
    }
}
