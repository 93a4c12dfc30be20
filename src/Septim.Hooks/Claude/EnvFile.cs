namespace Septim.Hooks.Claude;

/// <summary>
/// <c>CLAUDE_ENV_FILE</c>: shell lines that a SessionStart hook leaves there run before every Bash call of the session, and so reach
/// every client started from one. Source: client 2.1.330, measured 2026-11.
/// </summary>
internal static class EnvFile
{
    /// <exception cref="HookFault">The file cannot be written.</exception>
    public static void Append(string path, string shellLines)
    {
        try
        {
            File.AppendAllText(path, shellLines);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HookFault($"CLAUDE_ENV_FILE ({path}) cannot be written ({Cause.Of(e)}), so clients started from Bash calls will not be counted in this session", e);
        }
    }
}
