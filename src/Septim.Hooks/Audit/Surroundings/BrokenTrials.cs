using System.Text;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>Good and broken payloads for an enforcing hook (checklist §12.3).</summary>
internal static class BrokenTrials
{
    private const int Huge = 10 << 20;

    /// <param name="good">A benign PreToolUse payload.</param>
    /// <param name="danger">The same with a command that must be refused; null when the hook does not judge commands.</param>
    /// <param name="needsSession">Whether a call that names no session must be refused; a bash gate alone may judge it all the same.</param>
    public static IEnumerable<(string Name, bool ExpectsBlock, byte[] Payload)> For(string good, string? danger, bool needsSession)
    {
        yield return ("good-benign", false, Bytes(good));
        if (danger is not null) yield return ("good-danger", true, Bytes(danger));
        yield return ("empty", true, []);
        yield return ("truncated", true, Bytes(good[..(good.Length / 2)]));
        foreach (var text in (string[])["[]", "null", "\"x\"", "42"]) yield return ($"not-object {text}", true, Bytes(text));
        yield return ("empty-object", true, "{}"u8.ToArray());
        yield return ("wrong-types: tool_name a number", true, Bytes(good.Replace("\"tool_name\":\"Bash\"", "\"tool_name\":7", StringComparison.Ordinal)));
        yield return ("wrong-types: tool_input a text", true, Bytes(Replaced(good, "tool_input", "\"git status\"")));
        yield return ("missing-fields: tool_input", true, Bytes(good.Replace("\"tool_input\":", "\"other_input\":", StringComparison.Ordinal)));
        if (needsSession) yield return ("missing-fields: session_id", true, Bytes(good.Replace("\"session_id\":", "\"other_id\":", StringComparison.Ordinal)));
        yield return ("unknown-extra", false, Bytes(good.Replace("{\"session_id\"", "{\"unheard\":{\"of\":[1,2]},\"session_id\"", StringComparison.Ordinal).Replace("{\"command\"", "{\"unheard\":[{}],\"command\"", StringComparison.Ordinal)));
        yield return ("unknown-event", true, Bytes(good.Replace("\"PreToolUse\"", "\"PreToolUsage\"", StringComparison.Ordinal)));
        yield return ("bom", false, [0xEF, 0xBB, 0xBF, .. Bytes(good)]);
        yield return ("crlf and no final newline", false, Bytes(good.TrimEnd('\n').Replace(",\"", ",\r\n\"", StringComparison.Ordinal)));
        yield return ("pretty-printed", false, Bytes(good.Replace(",\"", ",\n  \"", StringComparison.Ordinal).Replace("\":", "\" : ", StringComparison.Ordinal)));
        foreach (var trial in Commands(good, danger)) yield return trial;
        yield return ("huge: other field", false, Filled(good.Replace("{\"command\"", "{\"content\":\"\",\"command\"", StringComparison.Ordinal), "\"content\":\""u8, (byte)'x'));
        yield return ("huge: spaces", true, Filled("", [], (byte)' '));
        yield return ("trailing: two objects", true, Bytes(good + good));
        yield return ("trailing: text", true, Bytes(good + "and more"));
        yield return ("bad-utf8", true, BadUtf8(good));
        yield return ("deep", true, Encoding.ASCII.GetBytes(new string('[', 100_000)));
    }

    /// <summary>Broken input on events where a refusal holds nothing back: exit 2 there would keep the model working.</summary>
    public static IEnumerable<(string Name, byte[] Payload)> Elsewhere(string good, string eventName)
    {
        var payload = good.Replace("PreToolUse", eventName, StringComparison.Ordinal);
        yield return ($"{eventName}: wrong types", Bytes(payload.Replace("\"transcript_path\":\"", "\"transcript_path\":7,\"was\":\"", StringComparison.Ordinal)));
        yield return ($"{eventName}: truncated", Bytes(payload[..^30]));
        yield return ($"{eventName}: two objects", Bytes(payload + payload));
    }

    /// <summary>The command itself, said in odd ways.</summary>
    private static IEnumerable<(string, bool, byte[])> Commands(string good, string? danger)
    {
        yield return ("escapes: surrogate pair", false, Bytes(good.Replace("\"command\":\"", "\"command\":\"echo \\ud83d\\ude00; ", StringComparison.Ordinal)));
        if (danger is null) yield break;
        var (harmless, dangerous) = (CommandOf(good), CommandOf(danger));
        yield return ("duplicate-key: benign, danger", true, Bytes(good.Replace($"\"command\":{harmless}", $"\"command\":{harmless},\"command\":{dangerous}", StringComparison.Ordinal)));
        yield return ("duplicate-key: danger, benign", true, Bytes(good.Replace($"\"command\":{harmless}", $"\"command\":{dangerous},\"command\":{harmless}", StringComparison.Ordinal)));
        yield return ("escapes: \\u in the command", true, Bytes(danger.Replace(dangerous, "\"" + string.Concat(dangerous.Trim('"').Select(c => $"\\u{(int)c:x4}")) + "\"", StringComparison.Ordinal)));
        yield return ("escapes: lone surrogate", true, Bytes(good.Replace("\"command\":\"", "\"command\":\"echo \\ud83d; ", StringComparison.Ordinal)));
        yield return ("escapes: NUL", true, Bytes(danger.Replace("\"command\":\"", "\"command\":\"echo \\u0000; ", StringComparison.Ordinal)));
        yield return ("huge: command", true, Filled(good, "\"command\":\""u8, (byte)'a'));
    }

    private static string CommandOf(string payload)
    {
        var start = payload.IndexOf("\"command\":", StringComparison.Ordinal) + "\"command\":".Length;
        return payload[start..payload.IndexOf(",\"description\"", start, StringComparison.Ordinal)];
    }

    /// <summary>Ten megabytes of one byte behind a mark; as bytes, since texts of that size cost more than the trial.</summary>
    private static byte[] Filled(string payload, ReadOnlySpan<byte> mark, byte with)
    {
        var bytes = Bytes(payload);
        var at = mark.IsEmpty ? 0 : bytes.AsSpan().IndexOf(mark) + mark.Length;
        var filled = GC.AllocateUninitializedArray<byte>(bytes.Length + Huge);
        bytes.AsSpan(0, at).CopyTo(filled);
        filled.AsSpan(at, Huge).Fill(with);
        bytes.AsSpan(at).CopyTo(filled.AsSpan(at + Huge));
        return filled;
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
