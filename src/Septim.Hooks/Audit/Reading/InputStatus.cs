namespace Septim.Hooks.Audit.Reading;

/// <summary>What became of a path that the audit looked for.</summary>
internal enum InputStatus
{
    Read,

    /// <summary>It is not there: a fact, not a gap.</summary>
    Absent,
    Unreadable,

    /// <summary>It was read, and the client ignores it as a whole.</summary>
    Dropped,

    /// <summary>Only its beginning was read.</summary>
    Truncated,
}
