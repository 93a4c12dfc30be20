namespace Septim.Hooks.Audit;

/// <summary>What the transcripts show for one day (UTC): a lower bound.</summary>
internal sealed record DaySpend(DateOnly Day, decimal Usd, int Responses);
