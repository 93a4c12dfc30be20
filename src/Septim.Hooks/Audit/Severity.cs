namespace Septim.Hooks.Audit;

/// <summary>How bad a finding is if it is true.</summary>
internal enum Severity
{
    Info,
    Low,
    Medium,
    High,
    Critical,
}
