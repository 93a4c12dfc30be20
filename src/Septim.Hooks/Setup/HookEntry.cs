using System.Buffers;
using System.Text.Json;
using Septim.Hooks.Claude;
using Septim.Hooks.Gates;

namespace Septim.Hooks.Setup;

/// <summary>Writes one matcher group of ours: <c>{"matcher":"*","hooks":[{"type":"command",…}]}</c>.</summary>
internal static class HookEntry
{
    /// <summary>Longer than our own last resort (9 s), so that we answer before the client stops listening; it lets the tool run then.</summary>
    public const int TimeoutSeconds = 10;

    /// <param name="point">Where it is called.</param>
    /// <param name="command">The program.</param>
    /// <param name="verb">What it shall do: <c>hook</c>, or one gate or recorder.</param>
    /// <param name="form">How it is started.</param>
    public static byte[] Group(HookPoint point, string command, string verb, HookForm form)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JsonEscapes.Only }))
        {
            json.WriteStartObject();
            if (point.Matcher is not null) json.WriteString("matcher", point.Matcher);
            json.WriteStartArray("hooks");
            WriteHandler(json, point.Event, command, verb, form);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary><c>{"type":"command","command":"septim statusline"}</c>; the client starts it through the shell.</summary>
    public static byte[] StatusLine(string command)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JsonEscapes.Only }))
        {
            json.WriteStartObject();
            json.WriteString("type", "command");
            json.WriteString("command", ShellWord(command) + " statusline");
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteHandler(Utf8JsonWriter json, string eventName, string command, string verb, HookForm form)
    {
        // Why: where a refusal holds nothing back, a failure that blocks would only keep the model working; and a recorder refuses nothing.
        var blocks = HookEvent.CanRefuse(eventName) && (verb == "hook" || GateList.Find(verb) is not null);
        json.WriteStartObject();
        json.WriteString("type", "command");
        if (form == HookForm.Exec)
        {
            json.WriteString("command", command);
            json.WriteStartArray("args");
            json.WriteStringValue(verb);
            json.WriteEndArray();
        }
        else
        {
            json.WriteString("command", $"{ShellWord(command)} {verb}{(blocks ? " || exit 2" : "")}");
        }
        json.WriteNumber("timeout", TimeoutSeconds);
        if (blocks && form != HookForm.Shell) json.WriteString("onFailure", "block");
        json.WriteEndObject();
    }

    private static string ShellWord(string path)
    {
        if (OperatingSystem.IsWindows()) path = path.Replace('\\', '/');
        foreach (var c in path)
            if (!char.IsAsciiLetterOrDigit(c) && "_-./+:@%".IndexOf(c, StringComparison.Ordinal) < 0)
                return "'" + path.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
        return path;
    }
}
