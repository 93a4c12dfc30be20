namespace Septim.Hooks.Setup.Probes;

/// <summary>Does the clock stand right? The 24-hour ceiling and the end of a raise hang on it.</summary>
internal static class ClockProbe
{
    /// <summary>This source was written then; an earlier clock is wrong.</summary>
    private static readonly DateTimeOffset Written = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static IEnumerable<Diagnosis> Look(ProbeContext context)
    {
        var newest = Newest(context.Places.Client.ProjectsDirectory);
        yield return context.Now < Written
            ? Diagnosis.Failure($"the clock says {context.Now:yyyy-MM-dd}, which is before this program was made", "set the clock")
            : newest > context.Now + Tolerance
            ? Diagnosis.Warning($"a transcript was written at {newest:u}, later than now ({context.Now:u}); the clock was set back", "set the clock; until then the 24-hour ceiling counts more than it must")
            : Diagnosis.Fine($"{context.Now:u}");
    }

    private static DateTimeOffset Newest(string projects)
    {
        var newest = DateTimeOffset.MinValue;
        if (!Directory.Exists(projects)) return newest;
        foreach (var file in new DirectoryInfo(projects).EnumerateFiles("*.jsonl", SearchOption.AllDirectories))
            if (file.LastWriteTimeUtc > newest.UtcDateTime) newest = file.LastWriteTimeUtc;
        return newest;
    }
}
