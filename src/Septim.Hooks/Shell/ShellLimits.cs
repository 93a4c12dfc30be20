namespace Septim.Hooks.Shell;

/// <summary>
/// The counted limits of bash-policy.md, principle 11. Counted, never timed: the same text meets the same limit on any
/// machine. Reaching one ends the reading with its name in <see cref="ShellReading.Breach"/>, which is a denial.
/// </summary>
internal static class ShellLimits
{
    /// <summary>UTF-16 units of a command, nested code included.</summary>
    public const int Characters = 1 << 20;

    /// <summary>Brackets, quotes and compounds inside each other.</summary>
    public const int Depth = 64;

    /// <summary>Syntax nodes.</summary>
    public const int Nodes = 50_000;

    /// <summary>Evaluated commands and program starts: a tenth of a mebibyte of text can name more than all rules can judge in time.</summary>
    public const int Commands = 6_000;

    /// <summary>Words one brace list may become, and rounds of all loops and alternatives together.</summary>
    public const int Expansions = 512;

    /// <summary>
    /// Steps of copying, joining and comparing what is known: entries of a state that forks, origins of bytes, pieces of words.
    /// Ordinary commands take some hundreds.
    /// </summary>
    public const int Steps = 250_000;

    /// <summary>UTF-16 units that expansions make, here-documents inside each other included.</summary>
    public const int ExpandedText = 3 * Characters;

    /// <summary>Characters that <c>IFS</c> may hold.</summary>
    public const int Separators = 256;

    /// <summary>Code inside code: <c>bash -c "bash -c …"</c>, wrappers and function calls.</summary>
    public const int CodeLevels = 10;
}
