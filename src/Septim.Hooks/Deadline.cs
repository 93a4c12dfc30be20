using System.Diagnostics;

namespace Septim.Hooks;

/// <summary>
/// The time by which an answer must be written, on the monotonic clock, so that setting the wall clock changes nothing.
/// Long work calls <see cref="ThrowIfPassed"/> between steps; running out is a fault, never a verdict.
/// </summary>
internal readonly struct Deadline
{
    private readonly long _ticks;

    private Deadline(long ticks) => _ticks = ticks;

    /// <summary>A deadline that never passes: for people's verbs, which show progress instead.</summary>
    public static Deadline None => new(long.MaxValue);

    public static Deadline After(TimeSpan time) =>
        new(Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency));

    public bool HasPassed => _ticks != long.MaxValue && Stopwatch.GetTimestamp() > _ticks;

    /// <param name="doing">What was under way, as it should read in "ran out of time while …".</param>
    /// <exception cref="HookFault">The deadline has passed.</exception>
    public void ThrowIfPassed(string doing)
    {
        if (HasPassed) throw new HookFault($"ran out of time while {doing}");
    }
}
