namespace Septim.Hooks.Gates.BashRules;

/// <summary>How bad it would be; the preset turns it into a verdict (bash-policy §3).</summary>
internal enum BashSeverity
{
    /// <summary>Worth a line: passes in standard, asked in strict.</summary>
    Low,
    /// <summary>Often meant, hard to undo: asked.</summary>
    Medium,
    /// <summary>Destroys work, shared state or secrets: denied.</summary>
    High,
    /// <summary>Cannot be undone, or hands over the machine: denied, and nothing turns it off.</summary>
    Critical,
}
