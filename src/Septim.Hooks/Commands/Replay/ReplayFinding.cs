using Septim.Hooks.Gates;

namespace Septim.Hooks.Commands.Replay;

/// <summary>One word of a gate about one recorded step.</summary>
/// <param name="Gate">Who spoke.</param>
/// <param name="Rule">The rule of bash-gate, else the gate.</param>
/// <param name="Verdict">warn, ask, deny, stop, or fault when it could not judge.</param>
/// <param name="Step">When, and in which thread.</param>
/// <param name="Call">Which tool call of the session it was, or came after; from 1.</param>
/// <param name="Shown">The command or what else tells the call, on one line, masked.</param>
/// <param name="Reason">As the model would have been told.</param>
/// <param name="Ceiling">The ceiling that spoke; null for every other reason.</param>
internal sealed record ReplayFinding(string Gate, string Rule, string Verdict, RecordedStep Step, int Call, string Shown, string Reason, Ceiling? Ceiling)
{
    /// <summary>Whether something would not have happened as it did.</summary>
    public bool Refuses => Verdict != "warn";
}
