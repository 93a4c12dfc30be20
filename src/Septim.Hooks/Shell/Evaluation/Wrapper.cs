namespace Septim.Hooks.Shell.Evaluation;

/// <summary>How one wrapper names the command that it runs. A row of <see cref="Wrappers"/>.</summary>
/// <param name="Options">Its options (of the subcommand, when <see cref="Subcommands"/> is set).</param>
/// <param name="Skip">Operands before the command: timeout's duration, chroot's root, ssh's host.</param>
internal sealed record Wrapper(OptionTable Options, int Skip = 0)
{
    /// <summary>Only these subcommands run something, blank-separated; <see cref="Global"/> reads the options before them.</summary>
    public string? Subcommands { get; init; }

    public OptionTable? Global { get; init; }

    /// <summary>Words that may stand before the subcommand: <c>docker compose exec</c>.</summary>
    public string Groups { get; init; } = "";

    /// <summary><c>NAME=value</c> words before the command set its environment.</summary>
    public bool TakesAssignments { get; init; }

    public bool IsPrivileged { get; init; }

    public bool IsRemote { get; init; }

    public bool IsLater { get; init; }

    /// <summary>The words are joined and given to a shell.</summary>
    public bool JoinsToText { get; init; }

    /// <summary>Each operand is a text for a shell by itself.</summary>
    public bool TakesTexts { get; init; }

    /// <summary>Options whose value is text for a shell.</summary>
    public string? TextOption { get; init; }

    public string? TextOptionLong { get; init; }

    /// <summary>The option that names the directory.</summary>
    public string? DirectoryOption { get; init; }

    public string? DirectoryOptionLong { get; init; }

    /// <summary>Options with which it runs nothing, blank-separated.</summary>
    public string RunsNothing { get; init; } = "";

    /// <summary>The command stands behind <c>--</c> only.</summary>
    public bool NeedsDashes { get; init; }
}
