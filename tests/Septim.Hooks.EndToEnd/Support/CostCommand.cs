using System.Globalization;
using System.Text.Json.Nodes;

namespace Septim.Hooks.EndToEnd.Support;

/// <summary>What <c>septim cost --format json</c> says in a place.</summary>
internal static class CostCommand
{
    public static async Task<decimal> TotalUsd(ClientPlace place, params string[] arguments)
    {
        var json = await Json(place, arguments);
        var exact = decimal.Parse((string)json["total_usd"]!, CultureInfo.InvariantCulture);
        Assert.Equal(exact, (long)json["total_picousd"]! / 1_000_000_000_000m);
        return exact;
    }

    public static async Task<JsonObject> Json(ClientPlace place, params string[] arguments)
    {
        var cost = await place.RunSeptim(["cost", "--format", "json", .. arguments]);
        Assert.True(cost.ExitCode == 0, $"septim cost {string.Join(' ', arguments)}: exit code {cost.ExitCode}: {cost.All}");
        return JsonNode.Parse(cost.Stdout)!.AsObject();
    }
}
