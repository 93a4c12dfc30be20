namespace Septim.Hooks.Audit;

/// <summary>Dollars a day over all transcripts, each response once: for the chart. A lower bound.</summary>
internal static class SpendByDay
{
    private const int MaxDays = 30;

    public static List<DaySpend> Of(AuditContext context)
    {
        if (!context.Options.UseHome) return [];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var days = new SortedDictionary<DateOnly, (decimal Usd, int Count)>();
        var from = DateOnly.FromDateTime(context.Now.UtcDateTime).AddDays(-MaxDays);
        foreach (var file in context.Transcripts.Files)
            foreach (var message in file.Messages)
            {
                if (message.Time is not { } time || !seen.Add(message.Id)) continue;
                var day = DateOnly.FromDateTime(time.UtcDateTime);
                if (day < from) continue;
                var (usd, count) = days.GetValueOrDefault(day);
                days[day] = (usd + ModelPrices.Usd(message), count + 1);
            }
        return [.. days.Select(day => new DaySpend(day.Key, day.Value.Usd, day.Value.Count))];
    }
}
