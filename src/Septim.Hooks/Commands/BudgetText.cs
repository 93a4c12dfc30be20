using System.Globalization;
using System.Text;
using Septim.Hooks.Config;
using Septim.Hooks.Gates;
using Septim.Hooks.Spend;

namespace Septim.Hooks.Commands;

/// <summary>How <c>septim budget</c> says where the ceilings stand.</summary>
internal static class BudgetText
{
    private const int BarWidth = 20;

    public static string Plain(BudgetStanding standing, SeptimConfig config)
    {
        var text = new StringBuilder();
        text.Append(standing.SessionId is { } id ? $"session {id}\n" : "no session of this project yet\n");
        foreach (var ceiling in standing.Ceilings)
        {
            text.Append(CultureInfo.InvariantCulture, $"{ceiling.Name,-13} {Bar(ceiling)} {Amount(ceiling, ceiling.Used),12} of {Amount(ceiling, ceiling.Limit),-12}");
            text.Append(CultureInfo.InvariantCulture, $" {Left(ceiling)} left   ({config[ceiling.Key]?.Origin})\n");
        }
        if (standing.Ceilings.Count == 0) text.Append("no ceiling applies here; set one in septim.json or with SEPTIM_SESSION_USD\n");
        text.Append("The figures are at least: some requests of the client leave no line in the transcript.");
        return text.ToString();
    }

    public static string Json(BudgetStanding standing, SeptimConfig config) => Commands.Json.Write(json =>
    {
        json.WriteString("session", standing.SessionId);
        json.WriteString("transcript", standing.Transcript);
        json.WriteStartArray("ceilings");
        foreach (var ceiling in standing.Ceilings)
        {
            json.WriteStartObject();
            json.WriteString("name", ceiling.Name);
            json.WriteString("key", ceiling.Key.Path);
            if (ceiling.Unit == CeilingUnit.PicoUsd)
            {
                json.WriteNumber("limit_picousd", ceiling.Limit);
                json.WriteString("limit_usd", new Usd(ceiling.Limit).ToString());
                json.WriteNumber("spent_picousd", ceiling.Used);
                json.WriteString("spent_usd", new Usd(ceiling.Used).ToString());
                json.WriteString("left_usd", new Usd(Math.Max(0, ceiling.Limit - ceiling.Used)).ToString());
            }
            else
            {
                json.WriteNumber("limit", ceiling.Limit);
                json.WriteNumber("used", ceiling.Used);
                json.WriteNumber("left", Math.Max(0, ceiling.Limit - ceiling.Used));
            }
            json.WriteString("origin", config[ceiling.Key]?.Origin);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    /// <summary>A bar of # and dots; full from the ceiling on.</summary>
    internal static string Bar(Ceiling ceiling)
    {
        var filled = (int)Int128.Min(BarWidth, (Int128)ceiling.Used * BarWidth / ceiling.Limit);
        return $"[{new string('#', filled)}{new string('.', BarWidth - filled)}]";
    }

    /// <summary>Down to the whole cent, as what is spent goes up to it: together they are the ceiling, and nobody is promised a cent too much.</summary>
    private static string Left(Ceiling ceiling)
    {
        const long Cent = Usd.PicoPerDollar / 100;
        var left = Math.Max(0, ceiling.Limit - ceiling.Used);
        return Amount(ceiling, ceiling.Unit == CeilingUnit.PicoUsd && left > Cent ? left - (left % Cent) : left);
    }

    private static string Amount(Ceiling ceiling, long value) => ceiling.Unit switch
    {
        CeilingUnit.PicoUsd => new Usd(value).ToDisplay(),
        CeilingUnit.Minutes => $"{value} min",
        _ => $"{value} calls",
    };
}
