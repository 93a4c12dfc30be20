namespace Septim.Hooks.Setup.Trials;

/// <summary>One thing that is said to a hook, and what a gate must do then.</summary>
/// <param name="Id">For the report.</param>
/// <param name="Events">Where it is said.</param>
/// <param name="Payload">The bytes on stdin, made for one event.</param>
/// <param name="MustBlock">True: a gate that lets it through fails open. False: one that refuses it is in the way.</param>
/// <param name="Gate">The gate of ours that it is about; null for every gate.</param>
/// <param name="WithoutProgram">Started with a program that does not exist, to see what the wiring does.</param>
internal sealed record Trial(
    string Id, IReadOnlyList<string> Events, Func<TrialPlace, string, byte[]> Payload, bool MustBlock, string? Gate = null, bool WithoutProgram = false)
{
    /// <summary>Variables that are set otherwise for this trial; an empty value takes one away.</summary>
    public Func<TrialPlace, Dictionary<string, string>>? Variables { get; init; }

    /// <summary>Its input comes a byte a second and never ends: the hook's own deadline has to answer.</summary>
    public bool IsSlow { get; init; }
}
