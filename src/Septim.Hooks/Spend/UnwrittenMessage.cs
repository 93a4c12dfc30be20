namespace Septim.Hooks.Spend;

/// <summary>
/// A message that ended, since its batch of calls did, and that its transcript does not hold: on a full disk the client goes on, and what it
/// cannot write then it never writes (client 2.1.330, measured 2026-11).
/// </summary>
/// <param name="ToolUse">The last call of its batch, as <see cref="Transcripts.TranscriptLineReader.Hash"/> says it; 0: of several, given up.</param>
/// <param name="Estimate">Of its price.</param>
internal readonly record struct UnwrittenMessage(UInt128 ToolUse, Usd Estimate);
