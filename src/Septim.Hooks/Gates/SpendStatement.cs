namespace Septim.Hooks.Gates;

/// <summary>Where every ceiling of a session stands at one call, the narrowest first.</summary>
/// <param name="Ceilings">Those that are set.</param>
/// <param name="CallIsOnDisk">Whether the message that asks is in the transcript; then nothing of it is estimated.</param>
/// <param name="UnknownModels">Model ids without a price.</param>
internal sealed record SpendStatement(IReadOnlyList<Ceiling> Ceilings, bool CallIsOnDisk, IReadOnlyList<string> UnknownModels)
{
    /// <summary>A refusal that the real line could still turn into a pass.</summary>
    public bool HangsOnEstimate
    {
        get
        {
            if (CallIsOnDisk) return false;
            var hangs = false;
            foreach (var ceiling in Ceilings)
            {
                if (ceiling.IsDue && !ceiling.DependsOnEstimate) return false;
                hangs |= ceiling.IsDue;
            }
            return hangs;
        }
    }
}
