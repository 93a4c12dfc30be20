using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>What all rules may know of the world around the command.</summary>
/// <param name="Shell">Directories, home, temp, probe.</param>
internal sealed record RuleSetting(ShellSetting Shell)
{
    public string Home => Shell.Home;

    public string ProjectRoot => Shell.ProjectRoot;

    /// <summary>The client's own directory, <c>~/.claude</c> or <c>CLAUDE_CONFIG_DIR</c>; absolute.</summary>
    public string ClientDirectory { get; init; } = Shell.Home + "/.claude";

    /// <summary>
    /// Tells, when asked, that neither the project nor a directory that holds it is under version control; null: that is not known.
    /// </summary>
    public Func<bool>? IsUnversioned { get; init; }

    /// <summary>The gate's own binary, configuration and state; absolute files or directories.</summary>
    public IReadOnlyList<string> OwnPaths => _ownPaths ??= FindOwnPaths?.Invoke() ?? [];

    /// <summary>Finds them when a command writes anything: the system call for the binary walks every folder of its path.</summary>
    public Func<IReadOnlyList<string>>? FindOwnPaths { get; init; }

    private IReadOnlyList<string>? _ownPaths;
}
