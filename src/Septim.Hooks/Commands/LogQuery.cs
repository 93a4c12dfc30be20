using System.Globalization;

namespace Septim.Hooks.Commands;

/// <summary>What of the log is wanted, and how.</summary>
internal sealed record LogQuery
{
    private const int DefaultTail = 20;

    /// <summary>0 shows all.</summary>
    public int Tail { get; init; }
    public bool Follow { get; init; }
    public string? Session { get; init; }
    public string? Project { get; init; }
    public string? User { get; init; }
    public string? Day { get; init; }
    public string? Event { get; init; }
    public string? Reason { get; init; }

    /// <summary>day, project, user or model.</summary>
    public string? Totals { get; init; }
    public int Dearest { get; init; }

    /// <summary>text, json or csv.</summary>
    public string Format { get; init; } = "text";
    public string? Directory { get; init; }

    /// <returns>Null when the options are wrong.</returns>
    public static LogQuery? Parse(ReadOnlySpan<string> args)
    {
        var query = new LogQuery();
        int? tail = null;
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--follow")
            {
                query = query with { Follow = true };
                continue;
            }
            if (i + 1 == args.Length) return null;
            var value = args[i + 1];
            switch (args[i])
            {
                case "--tail" when int.TryParse(value, out var lines) && lines > 0: tail = lines; break;
                case "--session": query = query with { Session = value }; break;
                case "--project": query = query with { Project = value }; break;
                case "--user": query = query with { User = value }; break;
                case "--day" when DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _): query = query with { Day = value }; break;
                case "--event": query = query with { Event = value }; break;
                case "--reason": query = query with { Reason = value }; break;
                case "--totals" when value is "day" or "project" or "user" or "model": query = query with { Totals = value }; break;
                case "--dearest" when int.TryParse(value, out var sessions) && sessions > 0: query = query with { Dearest = sessions }; break;
                case "--format" when value is "text" or "json" or "csv": query = query with { Format = value }; break;
                case "--directory": query = query with { Directory = value }; break;
                default: return null;
            }
            i++;
        }
        return query with { Tail = tail ?? (query.HasFilter ? 0 : DefaultTail) };
    }

    private bool HasFilter => (Session ?? Project ?? User ?? Day ?? Event ?? Reason) is not null;

    public bool Matches(LogLine e) =>
        (Session is null || e.Session.StartsWith(Session, StringComparison.Ordinal))
        && (Project is null || Holds(e["project"], Project) || Holds(e["repo"], Project))
        && (User is null || e["user"] == User)
        && (Day is null || e["ts"]?.StartsWith(Day, StringComparison.Ordinal) == true)
        && (Event is null || e.Event == Event)
        && (Reason is null || Holds(e["reason"], Reason) || Holds(e["exit_reason"], Reason) || Holds(e["error"], Reason));

    private static bool Holds(string? text, string part) => text?.Contains(part, StringComparison.OrdinalIgnoreCase) == true;
}
