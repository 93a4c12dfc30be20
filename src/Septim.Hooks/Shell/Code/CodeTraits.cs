namespace Septim.Hooks.Shell.Code;

/// <summary>What is known of a value besides its text.</summary>
[Flags]
internal enum CodeTraits
{
    None = 0,
    /// <summary>Its bytes came over the network.</summary>
    Network = 1,
    /// <summary>Its bytes were decoded (base64, hex) from something unknown.</summary>
    Decoded = 2,
    /// <summary>The whole environment.</summary>
    Environment = 4,
    /// <summary>A path object: its methods act on the file.</summary>
    Path = 8,
    /// <summary>A pattern of file names: its text has globs.</summary>
    Glob = 16,
    /// <summary>One of <see cref="CodeValue.Items"/> at a time: a loop variable.</summary>
    AnyOf = 32,
    /// <summary>A text that a module's shell-word splitter made: each word apart, but as good as shell text.</summary>
    ShellWords = 64,
}
