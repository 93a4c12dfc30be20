namespace Septim.Hooks.Shell;

/// <summary>What a command would run, as far as it can be known without running it.</summary>
internal sealed class ShellReading
{
    public required string Command { get; init; }

    /// <summary>Every simple command in the order the shell reaches them; in a pipeline from left to right.</summary>
    public Invocation[] Invocations { get; init; } = [];

    /// <summary>The limit that was reached (<c>depth 64</c>), or null. With a breach the rest of the reading is partial.</summary>
    public string? Breach { get; init; }

    /// <summary>The first syntax error, or null.</summary>
    public SyntaxGap? Gap { get; init; }

    /// <summary>Loops and recursions that start processes without end.</summary>
    public IReadOnlyList<Segment> ForkBombs { get; init; } = [];

    /// <summary>What the command line itself wrote into files.</summary>
    public FileTrail Files { get; init; } = new();

    /// <summary>
    /// What may be in a file that <paramref name="reader"/> reads, when this command line wrote it before; null when it did not.
    /// </summary>
    public Feed? WrittenBefore(Invocation reader, Word file) =>
        file.FileKey is { } text && ShellPath.Tracked(reader.Directory, text) is { } path
            ? Files.At(path, reader.Order)
            : null;
}
