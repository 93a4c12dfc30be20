namespace Septim.Hooks.Audit;

/// <summary>What one finding says about its item.</summary>
internal enum FindingState
{
    /// <summary>Worth knowing; changes nothing.</summary>
    Info,
    Warn,
    Fail,
}
