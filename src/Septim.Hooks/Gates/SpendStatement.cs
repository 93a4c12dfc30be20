namespace Septim.Hooks.Gates;

/// <summary>Where every ceiling of a session stands at one call, the narrowest first.</summary>
/// <param name="Ceilings">Those that are set.</param>
/// <param name="CallIsOnDisk">Whether the message that asks is in the transcript; then nothing of it is estimated.</param>
/// <param name="UnknownModels">Model ids without a price.</param>
/// <param name="NothingToEstimateFrom">The thread's first response is in flight, so what it costs cannot be told from earlier ones.</param>
internal sealed record SpendStatement(
    IReadOnlyList<Ceiling> Ceilings, bool CallIsOnDisk, IReadOnlyList<string> UnknownModels, bool NothingToEstimateFrom)
{
    /// <summary>A refusal that the real line could still turn into a pass, or a pass for want of any figure.</summary>
    public bool HangsOnEstimate
    {
        get
        {
            if (CallIsOnDisk) return false;
            var hangs = NothingToEstimateFrom && Ceilings.Count > 0;
            foreach (var ceiling in Ceilings)
            {
                if (ceiling.IsDue && !ceiling.DependsOnEstimate) return false;
                hangs |= ceiling.IsDue;
            }
            return hangs;
        }
    }
}
