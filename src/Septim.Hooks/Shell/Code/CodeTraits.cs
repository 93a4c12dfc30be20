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
    /// <summary>A name that nothing in the code explains: a parameter of a function that somebody else calls.</summary>
    Free = 64,
    /// <summary>Names and their values, as a file of settings or the environment has them.</summary>
    Mapping = 128,
    /// <summary>A list of such pairs.</summary>
    Pairs = 256,
    /// <summary>One such pair, or a line that was cut at its equals sign.</summary>
    Pair = 512,
    /// <summary>Only the names of settings, without what they say.</summary>
    Names = 1024,
    /// <summary>One value out of a file of settings.</summary>
    Field = 2048,
    /// <summary>A module that the code loads.</summary>
    Module = 4096,
    /// <summary>What is written through it stands behind what was there.</summary>
    Appends = 8192,
}
