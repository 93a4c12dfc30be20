using System.Globalization;
using Septim.Hooks.Claude;
using Septim.Hooks.Spend;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Commands;

/// <summary>Which transcripts answer a question of <c>septim cost</c>, and between which times.</summary>
/// <param name="Scope">What to add up.</param>
/// <param name="Title">For people: "session 1f0c…", "day 2026-11-22".</param>
/// <param name="From">Only responses at or after this; null: all.</param>
/// <param name="Until">Only responses before this.</param>
internal sealed record CostScope(SpendScope Scope, string Title, DateTimeOffset? From = null, DateTimeOffset? Until = null)
{
    public static CostScope Find(CostOptions options, CommandIo io, ClientEnvironment client, string stateDirectory, IFileSystem files)
    {
        var links = new SessionLinks(files, stateDirectory);
        var here = Path.Combine(client.ProjectsDirectory, SessionChoice.FolderName(io.WorkingDirectory));
        switch (options.Kind)
        {
            case CostScopeKind.Session:
                return Session(Named(options.Value!), links);
            case CostScopeKind.Transcript:
                return Transcript(Path.GetFullPath(options.Value!, io.WorkingDirectory), files);
            case CostScopeKind.Day:
                return Day(options.Value, io, client);
            case CostScopeKind.Project:
                var project = options.Value is null ? here : Path.Combine(client.ProjectsDirectory, SessionChoice.FolderName(Path.GetFullPath(options.Value, io.WorkingDirectory)));
                return new CostScope(SpendScope.Directory(Existing(project, files)), $"project {options.Value ?? io.WorkingDirectory}");
            case CostScopeKind.Run:
                var members = links.Members(SessionLinks.RunGroup(options.Value!));
                if (members.Count == 0) throw new HookFault($"no session of a run \"{options.Value}\" is known here");
                return new CostScope(SpendScope.Run(options.Value!, members), $"run {options.Value}");
            default:
                return client.SessionId is { } current ? Session(Named(current), links) : Newest(here, io, links, files);
        }

        string Named(string session) => SessionChoice.Find(client, io.WorkingDirectory, session)!;
    }

    private static CostScope Transcript(string path, IFileSystem files) => files.Stat(path).Kind switch
    {
        FileKind.Directory => new CostScope(SpendScope.Directory(path), $"transcripts below {path}"),
        FileKind.Missing => throw new HookFault($"there is no transcript {path}"),
        _ => new CostScope(SpendScope.Session(path), $"transcript {path}"),
    };

    private static CostScope Session(string path, SessionLinks links)
    {
        var id = Path.GetFileNameWithoutExtension(path);
        return new CostScope(SpendScope.Session(path, links.Members(SessionLinks.TreeGroup(id))), $"session {id}");
    }

    private static CostScope Newest(string project, CommandIo io, SessionLinks links, IFileSystem files)
    {
        var names = new List<FileName>();
        files.List(project, names);
        string? newest = null;
        long at = long.MinValue;
        foreach (var (name, _) in names)
        {
            if (!name.EndsWith(TranscriptPaths.Extension, StringComparison.Ordinal)) continue;
            var stat = files.Stat(Path.Combine(project, name));
            if (stat.Kind != FileKind.File || stat.MtimeNs <= at) continue;
            (newest, at) = (name, stat.MtimeNs);
        }
        if (newest is null) throw new HookFault($"no session was recorded in {io.WorkingDirectory} (looked in {project}); name one with --session or --transcript");
        var id = newest[..^TranscriptPaths.Extension.Length];
        return new CostScope(SpendScope.Session(Path.Combine(project, newest), links.Members(SessionLinks.TreeGroup(id))), $"session {id} (the newest here)");
    }

    private static CostScope Day(string? date, CommandIo io, ClientEnvironment client)
    {
        var zone = io.Time.LocalTimeZone;
        var today = DateOnly.FromDateTime(io.Time.GetLocalNow().DateTime);
        if (date is null or "today") return Of(today);
        if (date == "yesterday") return Of(today.AddDays(-1));
        return DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? Of(day) : throw new HookFault($"--day {date}: a day looks like 2026-11-22");

        CostScope Of(DateOnly day) => new(SpendScope.Directory(client.ProjectsDirectory), $"day {day:yyyy-MM-dd} ({zone.Id}), all projects",
            Start(day, zone), Start(day.AddDays(1), zone));
    }

    private static DateTimeOffset Start(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight));
    }

    private static string Existing(string directory, IFileSystem files) => files.Stat(directory).Kind == FileKind.Directory
        ? directory : throw new HookFault($"no session was recorded for that project: there is no folder {directory}");
}
