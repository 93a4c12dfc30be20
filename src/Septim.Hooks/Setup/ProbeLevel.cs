namespace Septim.Hooks.Setup;

/// <summary>How bad a diagnosis is.</summary>
internal enum ProbeLevel
{
    Fine,

    /// <summary>Works, and should be looked at.</summary>
    Warning,

    /// <summary>Not protected, or not as the person thinks.</summary>
    Failure,
}
