using System.Text.Json;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Config;

/// <summary>
/// The client passes the <c>env</c> of a project's settings files on to every hook, so a repository could raise a ceiling or move
/// our state with one line there. Such a line is a fault: nothing in the project may steer septim except its own septim.json.
/// Source: environment of a hook, client 2.1.330, measured 2026-11.
/// </summary>
internal static class ProjectSteering
{
    /// <exception cref="HookFault">Names the file and the variable.</exception>
    public static void ThrowIfPresent(string projectDirectory)
    {
        foreach (var name in (ReadOnlySpan<string>)["settings.json", "settings.local.json"])
        {
            var path = Path.Combine(projectDirectory, ".claude", name);
            if (!File.Exists(path)) continue;
            byte[] json;
            try
            {
                json = RegularFile.Read(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new HookFault($"config: {path} cannot be read ({Cause.Of(e)}), so it cannot be ruled out that it steers septim", e);
            }
            // Why: nearly every settings file ends here, without being parsed. A key may be written with escapes (\u0065nv), so they are looked for too.
            if (json.AsSpan().IndexOf("\"env\""u8) < 0 && json.AsSpan().IndexOf("\\u"u8) < 0) continue;
            if (Find(json) is { } variable)
                throw new HookFault($"config: {path} sets {variable} under \"env\"; a file in the project may not steer septim. Put ceilings into .septim/septim.json, which may only tighten");
        }
    }

    /// <summary>The first variable under <c>env</c> that would steer us; null when there is none or the file is not JSON (the client drops it then).</summary>
    private static string? Find(ReadOnlySpan<byte> json)
    {
        if (json.StartsWith("\uFEFF"u8)) json = json[3..];
        var reader = new Utf8JsonReader(json);
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isEnv = reader.ValueTextEquals("env"u8);
                reader.Read();
                if (!isEnv || reader.TokenType != JsonTokenType.StartObject)
                {
                    reader.Skip();
                    continue;
                }
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var variable = reader.GetString()!;
                    if (Steers(variable)) return variable;
                    reader.Read();
                    reader.Skip();
                }
            }
        }
        catch (JsonException)
        {
            return null;
        }
        return null;
    }

    private static bool Steers(string variable) =>
        variable.StartsWith("SEPTIM_", StringComparison.OrdinalIgnoreCase)
        || variable is "HOME" or "USERPROFILE" or "XDG_STATE_HOME" or "CLAUDE_CONFIG_DIR" or "CLAUDE_PROJECT_DIR" or "CLAUDE_CODE_SESSION_ATTENDED" or "CLAUDE_PID"
            or "LD_PRELOAD" or "LD_LIBRARY_PATH" or "DYLD_INSERT_LIBRARIES";
}
