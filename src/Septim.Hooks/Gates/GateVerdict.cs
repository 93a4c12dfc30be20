namespace Septim.Hooks.Gates;

/// <summary>What one gate said, before several verdicts became one.</summary>
internal sealed record GateVerdict(string GateId, Verdict Verdict);
