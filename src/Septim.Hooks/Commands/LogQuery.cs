using System.Globalization;
using Septim.Hooks.Recording;

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

    /// <exception cref="HookFault">An option is wrong; the message says which.</exception>
    public static LogQuery Parse(ReadOnlySpan<string> args)
    {
        var options = Options.Parse("log", args, ["follow"], ["tail", "session", "project", "user", "day", "event", "reason", "totals", "dearest", "format", "directory"]);
        options.ThrowIfRest("log");
        var query = new LogQuery
        {
            Follow = options.Has("follow"),
            Session = options["session"],
            Project = options["project"],
            User = options["user"],
            Day = options["day"],
            Event = options["event"],
            Reason = options["reason"],
            Totals = options.Has("totals") ? options.Choice("totals", "", "day", "project", "user", "model") : null,
            Dearest = Number(options, "dearest") ?? 0,
            Format = options.Choice("format", "text", "text", "json", "csv"),
            Directory = options["directory"],
        };
        if (query.Day is { } day && !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            throw new HookFault($"--day is \"{day}\"; a day looks like 2026-11-22");
        if (query.Event is { } name && Array.IndexOf(EventName.All, name) < 0)
            throw new HookFault($"--event is \"{name}\"; there are {string.Join(", ", EventName.All)}");
        return query with { Tail = Number(options, "tail") ?? (query.HasFilter ? 0 : DefaultTail) };
    }

    private static int? Number(Options options, string name) => options[name] is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new HookFault($"--{name} is \"{text}\"; give a whole number above 0");

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
