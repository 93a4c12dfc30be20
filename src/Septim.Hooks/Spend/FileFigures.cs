using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Septim.Hooks.Spend;

/// <summary>What one transcript says by itself, carried from call to call. Money in pico-dollars.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct FileFigures
{
    public const int RecentLength = 8;
    public const long NoCostState = -1;

    /// <summary>Distinct responses of this file.</summary>
    public long Total;

    public long Responses;

    /// <summary>The response of the last counted line, over its run of lines.</summary>
    public UsageRecord Run;

    /// <summary>Its extra passes.</summary>
    public long RunExtra;

    /// <summary>Of the run's first line.</summary>
    public long RunOffset;

    /// <summary>Behind the run's last line.</summary>
    public long RunEnd;

    /// <summary>Responses that broke off before the run; see <see cref="BrokenOff"/>.</summary>
    public long RunBroken;

    /// <summary>And those behind it: the next response is their repetition.</summary>
    public long Broken;

    /// <summary>Latest time on a counted line; <see cref="long.MinValue"/> for none.</summary>
    public long LatestTime;

    /// <summary>Agent files: the part of <see cref="Total"/> from before the session's last cost record.</summary>
    public long BeforeCostState;

    /// <summary>Main files: the last cost record, <see cref="Total"/> at that place, its end, and the first time behind it.</summary>
    public long CostState;

    public long TotalAtCostState;
    public long CostStateEnd;

    /// <summary><see cref="long.MaxValue"/> while nothing follows.</summary>
    public long CostStateUntil;

    /// <summary>Costs of the last responses; the newest at <c>(Responses - 1) % 8</c>.</summary>
    public RecentCosts Recent;

    public static FileFigures None => new() { LatestTime = long.MinValue, CostState = NoCostState, CostStateUntil = long.MaxValue };

    [InlineArray(RecentLength)]
    internal struct RecentCosts
    {
        private long _first;
    }
}
