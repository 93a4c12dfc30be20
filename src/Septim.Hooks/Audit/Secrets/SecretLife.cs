namespace Septim.Hooks.Audit.Secrets;

/// <summary>What is at stake when a secret of this shape leaks.</summary>
internal enum SecretLife
{
    /// <summary>Real systems or money.</summary>
    Live,

    /// <summary>A test key, an expired token, or a host on this machine.</summary>
    Test,

    /// <summary>The shape alone does not tell.</summary>
    Maybe,
}
