namespace Septim.Hooks.Gates;

/// <summary>Where every ceiling of a session stands at one call, the narrowest first.</summary>
/// <param name="Ceilings">Those that are set.</param>
/// <param name="CallIsOnDisk">Whether the message that asks is in the transcript; then nothing of it is estimated.</param>
/// <param name="UnknownModels">Model ids without a price.</param>
/// <param name="Unwritten">How many messages of this thread ended before this call and are not in its transcript.</param>
internal sealed record SpendStatement(List<Ceiling> Ceilings, bool CallIsOnDisk, List<string> UnknownModels, int Unwritten)
{
    /// <summary>The message has ended, and nothing could be noted of it: unless it is seen on disk now, nobody will miss it.</summary>
    public bool MustBeOnDisk { get; init; }

    /// <summary>The answer is not certain before the message in flight is on disk.</summary>
    public bool HangsOnEstimate
    {
        get
        {
            if (CallIsOnDisk) return false;
            var hangs = MustBeOnDisk;
            foreach (var ceiling in Ceilings)
            {
                if (ceiling.Used >= ceiling.Limit) return false;
                hangs |= ceiling.HangsOnEstimate;
            }
            return hangs;
        }
    }
}
