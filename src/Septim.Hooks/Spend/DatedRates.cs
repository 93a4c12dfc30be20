namespace Septim.Hooks.Spend;

/// <summary>Rates of a time that is over: UTC days, <paramref name="Until"/> exclusive.</summary>
internal readonly record struct DatedRates(DateOnly From, DateOnly Until, Rates Rates)
{
    public bool Covers(long unixMilliseconds)
    {
        var day = (int)Math.Clamp(Math.DivRem(unixMilliseconds, 86_400_000).Quotient, 0, 2_000_000);
        var number = day + 719_162; // days from 0001-01-01 to 1970-01-01
        return number >= From.DayNumber && number < Until.DayNumber;
    }
}
