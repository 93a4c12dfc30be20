namespace Septim.Hooks.Shell;

/// <summary>
/// What the shell is told about the world. Shell/ asks disk, clock and environment nothing: the caller fills this in.
/// All paths are absolute and normalised.
/// </summary>
internal sealed record ShellSetting(string WorkingDirectory, string Home, string ProjectRoot)
{
    /// <summary><c>$TMPDIR</c>, without a closing slash.</summary>
    public string TempDirectory { get; init; } = "/tmp";

    /// <summary>Environment values that may be taken as known. A name that is missing here is unknown, not empty.</summary>
    public IReadOnlyDictionary<string, string>? Variables { get; init; }

    /// <summary>Facts about one absolute path; null: nothing is known about any path.</summary>
    public Func<string, FileFact>? Probe { get; init; }

    /// <summary>A git alias of this repository by name (<c>reset --hard</c>, <c>!cmd</c>), or null.</summary>
    public Func<string, string?>? GitAlias { get; init; }
}
