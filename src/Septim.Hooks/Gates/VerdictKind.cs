namespace Septim.Hooks.Gates;

/// <summary>From mildest to strictest; the strictest of several verdicts wins.</summary>
internal enum VerdictKind
{
    Pass,
    Ask,
    Deny,
    Stop,
}
