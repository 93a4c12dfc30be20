using Septim.Hooks.Config;

namespace Septim.Hooks.Gates;

/// <summary>One ceiling as it stands at this call, in its own unit.</summary>
/// <param name="Name">session, subagent, run, day, minutes or tool calls.</param>
/// <param name="Key">Its setting.</param>
/// <param name="Limit">In <paramref name="Unit"/>.</param>
/// <param name="Used">What is certain: on disk, or passed.</param>
/// <param name="Pending">What this thread has in flight and the reserve for its next request.</param>
/// <param name="Others">What other threads were let pass and have not written yet.</param>
/// <param name="Doubt">How much dearer than its estimate the message in flight can be; zero once it is on disk.</param>
/// <param name="Unit">What the figures are.</param>
internal readonly record struct Ceiling(
    string Name, ConfigKey Key, long Limit, long Used, long Pending, long Others, long Doubt, CeilingUnit Unit)
{
    /// <summary>Reached, or about to be crossed.</summary>
    public bool IsDue => Used >= Limit || checked(Used + Pending + Others) > Limit;

    /// <summary>Whether the message in flight, once it is on disk, can still turn the answer, in either direction.</summary>
    public bool HangsOnEstimate => Used < Limit && checked(Used + Pending + Others + Doubt) > Limit;

    /// <summary>The highest of these shares that is reached; 0 when none is.</summary>
    public int WarningPercent(int[] percents)
    {
        var reached = 0;
        foreach (var percent in percents)
            if ((Int128)Used * 100 >= (Int128)Limit * percent) reached = percent;
        return reached;
    }
}
