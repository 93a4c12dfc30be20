using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Septim.Hooks.Claude;

namespace Septim.Hooks.Setup;

/// <summary>The entries that septim has in a settings file.</summary>
/// <param name="Command">The program: an absolute path, or <c>septim</c> where the file is shared between machines.</param>
/// <param name="Form">How it is started.</param>
/// <param name="Events">Which events, in the file's order.</param>
internal sealed record Wiring(string Command, HookForm Form, IReadOnlyList<string> Events)
{
    /// <summary>Longer than our own last resort (9 s), so that we answer before the client stops listening; it lets the tool run then.</summary>
    public const int TimeoutSeconds = 10;

    /// <summary>The first client that knows <c>onFailure</c>. Source: third-party notes, and measured with 2.1.330.</summary>
    public static readonly Version FirstWithOnFailure = new(2, 1, 295);

    /// <param name="client">Null when the installed client's version is not known.</param>
    public static HookForm FormFor(Version? client)
    {
        if (client is null) return OperatingSystem.IsWindows() ? HookForm.Exec : HookForm.ShellAndOnFailure;
        return client >= FirstWithOnFailure ? HookForm.Exec : HookForm.Shell;
    }

    /// <summary>One matcher group as compact JSON: <c>{"matcher":"*","hooks":[{…}]}</c>.</summary>
    public byte[] GroupFor(string eventName)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (eventName == HookEvent.PreToolUse) json.WriteString("matcher", "*");
            json.WriteStartArray("hooks");
            WriteHandler(json, eventName);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private void WriteHandler(Utf8JsonWriter json, string eventName)
    {
        // Why: where a refusal holds nothing back, a failure that blocks would only keep the model working.
        var blocks = HookEvent.CanRefuse(eventName);
        json.WriteStartObject();
        json.WriteString("type", "command");
        if (Form == HookForm.Exec)
        {
            json.WriteString("command", Command);
            json.WriteStartArray("args");
            json.WriteStringValue("hook");
            json.WriteEndArray();
        }
        else
        {
            json.WriteString("command", ShellWord(Command) + (blocks ? " hook || exit 2" : " hook"));
        }
        json.WriteNumber("timeout", TimeoutSeconds);
        if (blocks && Form != HookForm.Shell) json.WriteString("onFailure", "block");
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
