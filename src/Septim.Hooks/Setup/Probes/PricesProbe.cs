using Septim.Hooks.Config;
using Septim.Hooks.Spend;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Setup.Probes;

/// <summary>Is every model that was used lately in the price table?</summary>
internal static class PricesProbe
{
    private static readonly TimeSpan Old = TimeSpan.FromDays(90);

    public static IEnumerable<Diagnosis> Look(ProbeContext context)
    {
        var config = ConfigLoader.Load(context.Paths, context.Places.Client, null, context.Variable, TimeProvider.System);
        var prices = PriceTable.Load(FileSystem.Real, config.Prices);
        var over = config.Prices is { } file ? $", overridden by {file}" : "";
        // The version is the day of the table and a number: 2026112201.
        var day = (int)(PriceTable.Embedded.Version / 100);
        var date = new DateTimeOffset(day / 10_000, day / 100 % 100, day % 100, 0, 0, 0, TimeSpan.Zero);
        yield return context.Now - date > Old
            ? Diagnosis.Warning($"the prices are of {date:yyyy-MM-dd}{over}", "update septim; prices may have changed since")
            : Diagnosis.Fine($"the prices are of {date:yyyy-MM-dd}{over}");
        if (!Directory.Exists(context.Places.Client.ProjectsDirectory)) yield break;
        var meter = new SpendMeter(FileSystem.Real, context.Paths.StateDirectory, prices, TimeProvider.System, Deadline.None);
        foreach (var model in meter.Read(SpendScope.Day(context.Places.Client.ProjectsDirectory)).UnknownModels)
            yield return Diagnosis.Warning($"no price is known for {model}; it is charged at the dearest known price", "update septim, or add a price to a file named by \"prices\" in septim.json");
    }
}
