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

    /// <summary>Such words with one name behind them: <c>yarn workspace web exec</c>.</summary>
    public string Named { get; init; } = "";

    /// <summary><c>NAME=value</c> words before the command set its environment.</summary>
    public bool TakesAssignments { get; init; }

    public bool IsPrivileged { get; init; }

    public bool IsRemote { get; init; }

    public bool IsLater { get; init; }

    /// <summary>The words are joined and given to a shell.</summary>
    public bool JoinsToText { get; init; }

    /// <summary>Each operand is a text for a shell by itself.</summary>
    public bool TakesTexts { get; init; }

    /// <summary>A command of one word with blanks in it is text for a shell; several words are a command.</summary>
    public bool ReadsBlanks { get; init; }

    /// <summary>Options whose value is text for a shell, run besides the command; blank-separated.</summary>
    public string Texts { get; init; } = "";

    /// <summary>Options with a value that are the tool's own though they stand behind the command; blank-separated.</summary>
    public string Trailing { get; init; } = "";

    /// <summary>Options whose value is text for a shell.</summary>
    public string? TextOption { get; init; }

    public string? TextOptionLong { get; init; }

    /// <summary>The option that names the directory.</summary>
    public string? DirectoryOption { get; init; }

    public string? DirectoryOptionLong { get; init; }

    /// <summary>Options with which it runs nothing, blank-separated.</summary>
    public string RunsNothing { get; init; } = "";

    /// <summary>The command stands behind one of <see cref="Marks"/> only.</summary>
    public bool NeedsDashes { get; init; }

    /// <summary>What the command stands behind, blank-separated.</summary>
    public string Marks { get; init; } = "--";
}
