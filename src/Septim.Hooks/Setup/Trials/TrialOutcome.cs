namespace Septim.Hooks.Setup.Trials;

/// <summary>What the client does with a hook's answer.</summary>
internal enum TrialOutcome
{
    /// <summary>The tool runs, the prompt goes on.</summary>
    Passes,

    /// <summary>It does not run.</summary>
    Blocks,

    /// <summary>The person is asked; in print mode it does not run.</summary>
    Asks,

    /// <summary>It runs although the hook failed: the hook is no protection.</summary>
    FailsOpen,
}
