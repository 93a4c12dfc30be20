using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Septim.Hooks.Claude;

namespace Septim.Hooks.Setup.Trials;

/// <summary>A home and a project that exist only while hooks are tried, with one session below the ceiling and one far above.</summary>
internal sealed class TrialPlace : IDisposable
{
    /// <summary>The project's .claude folder is copied up to this size, so that hooks that are scripts in it find themselves.</summary>
    private const long MaxCopiedBytes = 64L << 20;

    private const string SessionId = "5e1f7e57-0000-4000-8000-000000000001";

    public TrialPlace(string projectDirectory, DateTimeOffset now)
    {
        Root = Directory.CreateTempSubdirectory("septim-selftest-").FullName;
        Project = Path.Combine(Root, "project");
        Directory.CreateDirectory(Project);
        var transcripts = Path.Combine(Root, ".claude", "projects", "selftest");
        Directory.CreateDirectory(transcripts);
        Cheap = Transcript(transcripts, "cheap", 100, now);
        Dear = Transcript(transcripts, "dear", 1_000_000_000, now);
        Copy(Path.Combine(projectDirectory, ".claude"), Path.Combine(Project, ".claude"));
    }

    /// <summary>Also the home.</summary>
    public string Root { get; }
    public string Project { get; }

    /// <summary>The transcript of a session that spent next to nothing.</summary>
    public string Cheap { get; }

    /// <summary>The transcript of a session that is far above any ceiling.</summary>
    public string Dear { get; }

    /// <summary>What a hook sees: no credentials, this home, ceilings that hold whatever the person has set.</summary>
    public Dictionary<string, string> Environment(Func<string, string?> variable)
    {
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = Root,
            ["USERPROFILE"] = Root,
            ["TMPDIR"] = Root,
            ["CLAUDECODE"] = "1",
            ["CLAUDE_CODE_ENTRYPOINT"] = "cli",
            ["CLAUDE_CODE_SESSION_ID"] = SessionId,
            ["CLAUDE_CODE_SESSION_ATTENDED"] = "1",
            ["CLAUDE_PROJECT_DIR"] = Project,
            ["SEPTIM_SESSION_USD"] = "100",
        };
        foreach (var name in (string[])["PATH", "LANG", "LC_ALL", "SystemRoot", "PATHEXT", "COMSPEC"])
            if (variable(name) is { } value) environment[name] = value;
        return environment;
    }

    /// <summary>One payload as the client sends it.</summary>
    /// <param name="eventName">PreToolUse, UserPromptSubmit or PostToolBatch.</param>
    /// <param name="transcript">Whose spend counts.</param>
    /// <param name="command">What Bash is asked to run. It is never run.</param>
    public byte[] Payload(string eventName, string transcript, string command = "git status --short")
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("session_id", SessionId);
            json.WriteString("transcript_path", transcript);
            json.WriteString("cwd", Project);
            json.WriteString("permission_mode", "default");
            json.WriteString("hook_event_name", eventName);
            if (eventName == HookEvent.PreToolUse) WriteCall(json, command);
            if (eventName == HookEvent.PostToolBatch)
            {
                json.WriteStartArray("tool_calls");
                json.WriteStartObject();
                WriteCall(json, command);
                json.WriteString("tool_response", "");
                json.WriteEndObject();
                json.WriteEndArray();
            }
            json.WriteString("prompt", "What is the state of this repository?");
            json.WriteEndObject();
        }
        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    /// <summary>A file of the trial's own.</summary>
    public string File(string name, string text)
    {
        var path = Path.Combine(Path.GetDirectoryName(Cheap)!, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A session far above the ceiling, behind a line of 100 MiB.</summary>
    public string LongLine()
    {
        var path = File("long.jsonl", "");
        using var stream = System.IO.File.OpenWrite(path);
        var block = new byte[1 << 20];
        block.AsSpan().Fill((byte)'x');
        stream.Write("{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\""u8);
        for (var i = 0; i < 100; i++) stream.Write(block);
        stream.Write("\"}}\n"u8);
        stream.Write(System.IO.File.ReadAllBytes(Dear));
        return path;
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Root, recursive: true);
        }
        catch (IOException)
        {
            // Why: a hook that is still writing there keeps it; the system clears its temporary folder.
        }
    }

    private static void WriteCall(Utf8JsonWriter json, string command)
    {
        json.WriteString("tool_name", "Bash");
        json.WriteStartObject("tool_input");
        json.WriteString("command", command);
        json.WriteString("description", "Try a command");
        json.WriteEndObject();
        json.WriteString("tool_use_id", "toolu_selftest");
    }

    private static string Transcript(string folder, string name, long outputTokens, DateTimeOffset now)
    {
        var path = Path.Combine(folder, name + ".jsonl");
        System.IO.File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture,
            $$$"""{"type":"assistant","sessionId":"{{{SessionId}}}","requestedModel":"claude-sonnet-4-5","timestamp":"{{{now.UtcDateTime.AddMinutes(-1):yyyy-MM-dd'T'HH:mm:ss'Z'}}}","message":{"id":"msg_{{{name}}}","model":"claude-sonnet-4-5","content":[{"type":"tool_use","id":"toolu_selftest","name":"Bash","input":{}}],"usage":{"input_tokens":10,"output_tokens":{{{outputTokens}}} } } }""") + "\n");
        return path;
    }

    private static void Copy(string from, string to)
    {
        if (!Directory.Exists(from)) return;
        var files = Directory.GetFiles(from, "*", SearchOption.AllDirectories);
        if (files.Sum(file => new FileInfo(file).Length) > MaxCopiedBytes) return;
        foreach (var file in files)
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            System.IO.File.Copy(file, copy);
        }
    }
}
