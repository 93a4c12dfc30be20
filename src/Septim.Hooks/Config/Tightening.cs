namespace Septim.Hooks.Config;

/// <summary>What a file inside the repository may do to a key. It may only tighten, and not every key can be tightened.</summary>
internal enum Tightening
{
    /// <summary>A project file may not set it at all: where things are sent or stored, how long we wait.</summary>
    Never,

    /// <summary>A lower number is tighter; <c>off</c> is the loosest.</summary>
    Lower,

    /// <summary>A higher number is tighter.</summary>
    Higher,

    /// <summary>A later choice, or <c>true</c>, is tighter.</summary>
    Later,

    /// <summary>What it lists is added to what stands: a repository must not silence a warning.</summary>
    Adds,

    /// <summary>The owner of the object decides, entry by entry.</summary>
    ByOwner,
}
