using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>
/// Brings the spend of a scope up to date. State under <paramref name="stateDirectory"/> is a cache: missing, stale, corrupt or not
/// writable, the figures stay the same and only the time differs.
/// </summary>
internal sealed class SpendMeter(IFileSystem files, string stateDirectory, PriceTable prices, TimeProvider time, Deadline deadline)
{
    /// <summary>Reads what was appended since the last call, saves, and returns exact totals.</summary>
    /// <exception cref="HookFault">A transcript cannot be read, states impossible figures, or the deadline passed.</exception>
    public SpendReading Read(SpendScope scope)
    {
        _ = (files, stateDirectory, prices, time, deadline, scope);
        throw new HookFault("not built yet");
    }

    /// <summary>Reads everything from byte 0 without touching state and hands out each response once, in reading order.</summary>
    /// <param name="scope">What to add up.</param>
    /// <param name="onCharge">Takes each response.</param>
    /// <param name="onProgress">Bytes done and bytes in total.</param>
    public SpendReading ReadInFull(SpendScope scope, Action<Charge>? onCharge = null, Action<long, long>? onProgress = null)
    {
        _ = (onCharge, onProgress);
        return Read(scope);
    }

    /// <summary>Is this tool call on disk: in a complete assistant line at or after the last response's first line?</summary>
    public bool ContainsToolUse(FileReading file, string toolUseId)
    {
        _ = (file, toolUseId, files);
        return false;
    }
}
