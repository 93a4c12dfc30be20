using Septim.Hooks.Claude;

namespace Septim.Hooks.Config;

/// <summary>Where septim's own files lie. The state is a cache and lies apart from what people write.</summary>
internal sealed record SeptimPaths
{
    /// <summary><c>SEPTIM_STATE_DIR</c>, else <c>$XDG_STATE_HOME/septim</c>, else <c>~/.local/state/septim</c>.</summary>
    public required string StateDirectory { get; init; }

    /// <summary><c>&lt;claude config&gt;/septim</c>: the person's septim.json, raises and attestations.</summary>
    public required string UserDirectory { get; init; }

    /// <summary>The organisation's septim.json; only an administrator can write it.</summary>
    public required string ManagedFile { get; init; }

    /// <summary>This executable; null where the system does not tell.</summary>
    /// <remarks>Asked for late: the system call walks every folder of the path.</remarks>
    public string? BinaryFile { get => field ??= Environment.ProcessPath; init; }

    public static string DefaultManagedFile =>
        OperatingSystem.IsMacOS() ? "/Library/Application Support/Septim/septim.json"
        : OperatingSystem.IsWindows() ? @"C:\Program Files\Septim\septim.json"
        : "/etc/septim/septim.json";

    public string UserFile => Path.Combine(UserDirectory, "septim.json");
    public string RaisesFile => Path.Combine(UserDirectory, "raises.jsonl");

    public static string ProjectFile(string projectDirectory) => Path.Combine(projectDirectory, ".septim", "septim.json");

    /// <summary>Files of the right name in places where nobody reads them: what stands there holds nothing, and whoever wrote it thinks it does.</summary>
    public static List<string> Unread(ClientEnvironment client, string projectDirectory)
    {
        string[] places =
        [
            Path.Combine(client.ConfigDirectory, "septim.json"), Path.Combine(client.Home, ".septim", "septim.json"),
            Path.Combine(client.Home, ".config", "septim", "septim.json"), Path.Combine(projectDirectory, ".claude", "septim.json"),
            Path.Combine(projectDirectory, ".claude", "septim", "septim.json"), Path.Combine(projectDirectory, "septim.json"),
        ];
        string[] read = [Path.Combine(client.ConfigDirectory, "septim", "septim.json"), ProjectFile(projectDirectory)];
        return [.. places.Distinct().Where(place => !read.Contains(place) && File.Exists(place))];
    }

    public static SeptimPaths Read(ClientEnvironment client, Func<string, string?> variable) => new()
    {
        StateDirectory = NonEmpty(variable("SEPTIM_STATE_DIR"))
            ?? Path.Combine(NonEmpty(variable("XDG_STATE_HOME")) ?? Path.Combine(client.Home, ".local", "state"), "septim"),
        UserDirectory = Path.Combine(client.ConfigDirectory, "septim"),
        ManagedFile = DefaultManagedFile,
    };

    private static string? NonEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
