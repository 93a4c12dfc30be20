namespace Septim.Hooks.Gates.BashRules;

/// <summary>What happens to the file or directory that a <see cref="FileEffect"/> names.</summary>
internal enum FileEffectKind
{
    /// <summary>Its bytes are read by the program, whatever it does with them.</summary>
    Read,
    /// <summary>Bytes are added; what was there stays.</summary>
    Append,
    /// <summary>Created, or overwritten when it was there.</summary>
    Write,
    /// <summary>What was there is gone, and nothing comes instead: <c>&gt; f</c>, <c>truncate -s 0</c>.</summary>
    Empty,
    /// <summary>It leaves its place.</summary>
    MoveAway,
    /// <summary>One name is removed.</summary>
    Remove,
    /// <summary>It and all below is removed.</summary>
    RemoveTree,
    /// <summary>Mode, owner or attributes change.</summary>
    Mode,
    /// <summary>The same for all below it.</summary>
    ModeTree,
    /// <summary>Overwritten so that nothing can be read back: shred, wipe.</summary>
    Shred,
}
