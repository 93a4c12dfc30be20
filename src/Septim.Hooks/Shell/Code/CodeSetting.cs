namespace Septim.Hooks.Shell.Code;

/// <summary>What the interpreter knows of the code that it was given, besides the text.</summary>
internal sealed record CodeSetting
{
    public static readonly CodeSetting Default = new();

    /// <summary>The script's path as given; null for code that stands in no file.</summary>
    public string? File { get; init; }

    /// <summary>What follows the code or the script on the command line.</summary>
    public Word[] Arguments { get; init; } = [];

    /// <summary>The values of the code's statements are printed: <c>node -p</c>, a console.</summary>
    public bool ShowsValues { get; init; }

    /// <summary>Others call what stands in it, tests or modules: what depends on their arguments says nothing.</summary>
    public bool IsLibrary { get; init; }

    /// <summary>What its standard input is, where that is not the code itself.</summary>
    public Feed? Input { get; init; }

    /// <summary>The code runs once for each line of the files behind it, or of the input: <c>ruby -n</c>.</summary>
    public bool ReadsLines { get; init; }
}
