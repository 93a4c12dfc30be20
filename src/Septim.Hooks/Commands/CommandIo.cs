namespace Septim.Hooks.Commands;

/// <summary>What a person's verb may touch of the outside: its streams, its environment, its working directory.</summary>
internal sealed record CommandIo
{
    public required TextWriter Out { get; init; }
    public required TextWriter Err { get; init; }

    /// <summary>What a person answers when asked; nothing in a test.</summary>
    public TextReader In { get; init; } = TextReader.Null;

    /// <summary>Colours and progress only where this is true.</summary>
    public bool OutIsTerminal { get; init; }
    public bool ErrIsTerminal { get; init; }
    public required Func<string, string?> Variable { get; init; }
    public required string WorkingDirectory { get; init; }

    /// <summary>This executable; null when it runs inside another, as in a test.</summary>
    public string? ProgramPath { get; init; }

    /// <summary>Where the client reads the machine's settings.</summary>
    public string ManagedDirectory { get; init; } = Claude.ClientEnvironment.DefaultManagedDirectory;

    /// <summary>Where the machine's septim.json lies.</summary>
    public string ManagedFile { get; init; } = Config.SeptimPaths.DefaultManagedFile;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Septim's own files, with this machine's configuration where <see cref="ManagedFile"/> says.</summary>
    public Config.SeptimPaths Paths(Claude.ClientEnvironment client) => Config.SeptimPaths.Read(client, Variable) with { ManagedFile = ManagedFile };

    /// <summary>No colour when the output is not a terminal or <c>NO_COLOR</c> is set to anything (no-color.org).</summary>
    public bool Colour => OutIsTerminal && string.IsNullOrEmpty(Variable("NO_COLOR"));
}
