namespace Septim.Hooks.Setup.Trials;

/// <summary>What one hook did in one trial, and what the client makes of it.</summary>
internal sealed record TrialResult(WiredHook Hook, Trial Trial, HookAnswer Answer, TrialOutcome Outcome)
{
    /// <summary>A gate that must block and does not. Foreign hooks are held to it only where they failed, since what they guard is unknown.</summary>
    public bool FailsOpen => Trial.MustBlock && (Hook.IsOurs
        ? Outcome is TrialOutcome.Passes or TrialOutcome.FailsOpen
        : Outcome is TrialOutcome.FailsOpen);

    /// <summary>Harmless work refused.</summary>
    public bool IsInTheWay => !Trial.MustBlock && Outcome is TrialOutcome.Blocks or TrialOutcome.FailsOpen;

    public bool IsGood => !FailsOpen && !IsInTheWay;

    /// <summary>passes, blocks, asks, fails open; with "timed out" where that was why.</summary>
    public string Word => Outcome switch
    {
        TrialOutcome.Passes => "passes",
        TrialOutcome.Blocks => "blocks",
        TrialOutcome.Asks => "asks",
        _ => "fails open",
    } + (Answer.TimedOut ? ", timed out" : "");
}
