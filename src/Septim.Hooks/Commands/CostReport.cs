using Septim.Hooks.Spend;

namespace Septim.Hooks.Commands;

/// <summary>The answer of <c>septim cost</c>, before it is text, JSON or CSV.</summary>
internal sealed record CostReport
{
    public required CostScope Scope { get; init; }

    /// <summary>Totals of the whole scope, whatever the period.</summary>
    public required SpendReading Reading { get; init; }

    /// <summary>Sum over the responses of the period.</summary>
    public required CostLine Sum { get; init; }

    public required IReadOnlyList<CostLine> Models { get; init; }

    /// <summary>"model", "agent", "day" or null.</summary>
    public string? By { get; init; }

    public IReadOnlyList<CostLine> Groups { get; init; } = [];

    /// <summary>At least this was spent. Within a period the client's running totals say nothing, so there it is the lines.</summary>
    public Usd Total => Scope.From is null ? Reading.Total : Sum.Total;

    /// <exception cref="HookFault">A transcript cannot be read.</exception>
    public static CostReport Make(CostScope scope, SpendMeter meter, string? by, TimeZoneInfo zone, Action<long, long>? onProgress)
    {
        var sum = new CostLine("total");
        var models = new Dictionary<string, CostLine>();
        var groups = new Dictionary<string, CostLine>();
        var reading = meter.ReadInFull(scope.Scope, Take, onProgress);
        return new CostReport
        {
            Scope = scope,
            Reading = reading,
            Sum = sum,
            Models = Dearest(models),
            By = by,
            Groups = by == "day" ? [.. groups.Values.OrderBy(g => g.Key, StringComparer.Ordinal)] : Dearest(groups),
        };

        void Take(Charge charge)
        {
            if (scope.From is { } from && !(charge.Timestamp >= from && charge.Timestamp < scope.Until)) return;
            sum.Add(charge);
            Line(models, ModelName(charge)).Add(charge);
            if (by is not null) Line(groups, KeyOf(charge, by, zone)).Add(charge);
        }
    }

    private static string KeyOf(Charge charge, string by, TimeZoneInfo zone) => by switch
    {
        "model" => ModelName(charge),
        "agent" => charge.AgentId ?? "main",
        _ => charge.Timestamp is { } at ? TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd", null) : "(no time)",
    };

    private static string ModelName(Charge charge) => charge.Model.Length == 0 ? "(no model)" : charge.Model;

    private static CostLine Line(Dictionary<string, CostLine> lines, string key) =>
        lines.TryGetValue(key, out var line) ? line : lines[key] = new CostLine(key);

    private static List<CostLine> Dearest(Dictionary<string, CostLine> lines) =>
        [.. lines.Values.OrderByDescending(l => l.Total.Pico).ThenBy(l => l.Key, StringComparer.Ordinal)];
}
