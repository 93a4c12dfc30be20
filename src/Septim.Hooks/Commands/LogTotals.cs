using System.Text.Json;

namespace Septim.Hooks.Commands;

/// <summary>
/// Adds up the log. A session's events carry its cost so far and what the turn added; adding the turns counts each dollar once, on
/// the day and in the project where it was spent. Subagents are part of their session's turns and are not added again.
/// </summary>
internal sealed class LogTotals
{
    private readonly Dictionary<string, LogTotal> _days = [];
    private readonly Dictionary<string, LogTotal> _projects = [];
    private readonly Dictionary<string, LogTotal> _users = [];
    private readonly Dictionary<string, LogTotal> _sessions = [];
    private readonly Dictionary<string, Dictionary<string, decimal>> _models = [];

    public void Add(LogLine e)
    {
        if (e.Session.Length == 0) return;
        var closes = e.Event is "stop" or "stop_failure" or "session_end";
        var turn = closes ? e.Money("cost_usd.turn") : 0;
        var turns = e.Event is "stop" or "stop_failure" ? 1 : 0;
        var denied = e.Event.EndsWith("_deny", StringComparison.Ordinal) || e.Event == "cost_stop" ? 1 : 0;
        foreach (var (table, key) in new[] { (_days, (e["ts"] ?? "")[..Math.Min(10, (e["ts"] ?? "").Length)]), (_projects, e["project"] ?? ""), (_users, e["user"] ?? "") })
        {
            var total = table.TryGetValue(key, out var found) ? found : table[key] = new LogTotal(key);
            total.Sessions.Add(e.Session);
            (total.Usd, total.Turns, total.Denials) = (total.Usd + turn, total.Turns + turns, total.Denials + denied);
        }
        var session = _sessions.TryGetValue(e.Session, out var seen) ? seen : _sessions[e.Session] = new LogTotal(e.Session);
        session.Usd = Math.Max(session.Usd, e.Money("cost_usd.total"));
        (session.Turns, session.Denials) = (Math.Max(session.Turns, e.Count("turns")), session.Denials + denied);
        session.Project = e["project"] ?? session.Project;
        if (!e.Fields.TryGetProperty("cost_by_model", out var models) || models.ValueKind != JsonValueKind.Object) return;
        var byModel = _models.TryGetValue(e.Session, out var known) ? known : _models[e.Session] = [];
        foreach (var model in models.EnumerateObject())
            if (model.Value.TryGetDecimal(out var usd)) byModel[model.Name] = Math.Max(byModel.GetValueOrDefault(model.Name), usd);
    }

    /// <param name="by">day, project, user or model.</param>
    public IReadOnlyList<LogTotal> By(string by) => by switch
    {
        "day" => [.. _days.Values.OrderBy(total => total.Key, StringComparer.Ordinal)],
        "project" => [.. _projects.Values.OrderByDescending(total => total.Usd)],
        "user" => [.. _users.Values.OrderByDescending(total => total.Usd)],
        _ => Models(),
    };

    public IReadOnlyList<LogTotal> Dearest(int sessions) => [.. _sessions.Values.OrderByDescending(total => total.Usd).Take(sessions)];

    private List<LogTotal> Models()
    {
        var totals = new Dictionary<string, LogTotal>();
        foreach (var (session, models) in _models)
        {
            foreach (var (model, usd) in models)
            {
                var total = totals.TryGetValue(model, out var found) ? found : totals[model] = new LogTotal(model);
                total.Usd += usd;
                total.Sessions.Add(session);
            }
        }
        return [.. totals.Values.OrderByDescending(total => total.Usd)];
    }
}
