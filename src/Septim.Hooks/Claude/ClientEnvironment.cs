namespace Septim.Hooks.Claude;

/// <summary>What Claude Code tells its hooks through the environment, read once.</summary>
internal sealed record ClientEnvironment
{
    public required string Home { get; init; }

    /// <summary><c>CLAUDE_CONFIG_DIR</c>, else <c>~/.claude</c>.</summary>
    public required string ConfigDirectory { get; init; }

    /// <summary>Where the machine's settings lie. Source: documentation of the client, 2026-08; on Linux measured with 2.1.330.</summary>
    public static string DefaultManagedDirectory { get; } =
        OperatingSystem.IsMacOS() ? "/Library/Application Support/ClaudeCode"
        : OperatingSystem.IsWindows() ? @"C:\Program Files\ClaudeCode"
        : "/etc/claude-code";

    public string ManagedDirectory { get; init; } = DefaultManagedDirectory;

    /// <summary><c>CLAUDE_PROJECT_DIR</c>; null outside a hook.</summary>
    public string? ProjectDirectory { get; init; }

    /// <summary>False when <c>CLAUDE_CODE_SESSION_ATTENDED</c> is 0 (print mode): nobody can answer a question.</summary>
    public bool Attended { get; init; }

    /// <summary><c>CLAUDE_ENV_FILE</c>: lines appended there reach every Bash call. SessionStart and CwdChanged only.</summary>
    public string? EnvFile { get; init; }

    /// <summary><c>CLAUDE_CODE_SESSION_ID</c>.</summary>
    public string? SessionId { get; init; }

    /// <summary><c>CLAUDE_PID</c>: the client's process.</summary>
    public string? ClientPid { get; init; }

    /// <summary><c>TMPDIR</c> without a closing slash, else <c>/tmp</c>.</summary>
    public string TempDirectory { get; init; } = "/tmp";

    public string ProjectsDirectory => Path.Combine(ConfigDirectory, "projects");

    /// <exception cref="HookFault">Neither HOME nor USERPROFILE is set.</exception>
    public static ClientEnvironment Read(Func<string, string?> variable)
    {
        var home = NonEmpty(variable("HOME")) ?? NonEmpty(variable("USERPROFILE"))
            ?? throw new HookFault("neither HOME nor USERPROFILE is set, so no configuration and no transcript can be found");
        return new ClientEnvironment
        {
            Home = home,
            ConfigDirectory = NonEmpty(variable("CLAUDE_CONFIG_DIR")) ?? Path.Combine(home, ".claude"),
            ProjectDirectory = NonEmpty(variable("CLAUDE_PROJECT_DIR")),
            Attended = variable("CLAUDE_CODE_SESSION_ATTENDED") != "0",
            EnvFile = NonEmpty(variable("CLAUDE_ENV_FILE")),
            SessionId = NonEmpty(variable("CLAUDE_CODE_SESSION_ID")),
            TempDirectory = NonEmpty(variable("TMPDIR")?.TrimEnd('/')) ?? "/tmp",
            ClientPid = NonEmpty(variable("CLAUDE_PID")),
        };
    }

    private static string? NonEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
