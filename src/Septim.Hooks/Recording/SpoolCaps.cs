using Septim.Hooks.Config;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Recording;

/// <summary>How much may wait in one directory. Beyond it the oldest go, and an event of its own counts them.</summary>
/// <param name="MaxEvents">Files.</param>
/// <param name="MaxBytes">Their size in sum.</param>
/// <param name="MaxAge">Since the event happened.</param>
internal sealed record SpoolCaps(int MaxEvents, long MaxBytes, TimeSpan MaxAge)
{
    /// <summary>The end of the year 9999, milliseconds since 1970: a name beyond it was not given by us.</summary>
    private const long LastMs = 253_402_300_799_999;

    public static SpoolCaps From(SeptimConfig config) => new(
        config.Count(ConfigKeys.SpoolMaxEvents), (long)config.Count(ConfigKeys.SpoolMaxMb) << 20, TimeSpan.FromDays(config.Count(ConfigKeys.SpoolMaxDays)));

    /// <returns>How many were dropped.</returns>
    public int Enforce(IFileSystem files, string directory, string queue, DateTimeOffset now)
    {
        var listed = new List<FileName>();
        if (!files.List(directory, listed)) return 0;
        var names = new List<string>(listed.Count);
        foreach (var file in listed)
        {
            if (file.Kind == FileKind.Directory) continue;
            if (file.Name.EndsWith(SpoolPaths.Extension, StringComparison.Ordinal)) names.Add(file.Name);
            else if (IsOldTemporary(files, Path.Combine(directory, file.Name), now)) files.Delete(Path.Combine(directory, file.Name));
        }
        names.Sort(StringComparer.Ordinal);
        var sizes = new long[names.Count];
        var bytes = 0L;
        for (var i = 0; i < sizes.Length; i++) bytes += sizes[i] = files.Stat(Path.Combine(directory, names[i])).Size;

        var drop = 0;
        var dropped = 0L;
        var cap = "";
        while (drop < names.Count && Exceeded(names.Count - drop, bytes - dropped, names[drop], now) is { } exceeded)
        {
            cap = exceeded;
            dropped += sizes[drop++];
        }
        if (drop == 0) return 0;
        // Why first: killed in between, the count is too high rather than missing.
        var e = new RecordedEvent { At = now, Event = EventName.EventsDropped, Id = Guid.CreateVersion7(now), Dropped = new DroppedEvents(drop, dropped, cap, queue) };
        files.Replace(Path.Combine(directory, SpoolPaths.FileName(e.Id)), EventJson.Write(e).Span);
        for (var i = 0; i < drop; i++) files.Delete(Path.Combine(directory, names[i]));
        return drop;
    }

    private string? Exceeded(int events, long bytes, string oldest, DateTimeOffset now)
    {
        if (events > MaxEvents) return "count";
        if (bytes > MaxBytes) return "bytes";
        return TimeOf(oldest) is { } at && now - at > MaxAge ? "age" : null;
    }

    /// <summary>When the event of this file happened: the first 48 bits of its id are milliseconds since 1970.</summary>
    internal static DateTimeOffset? TimeOf(string fileName) =>
        Guid.TryParse(fileName.AsSpan(0, Math.Max(0, fileName.Length - SpoolPaths.Extension.Length)), out var id) && id.Version == 7
        && long.TryParse(id.ToString("N").AsSpan(0, 12), System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture, out var ms) && ms <= LastMs
            ? DateTimeOffset.FromUnixTimeMilliseconds(ms)
            : null;

    /// <summary>Left by a writer that was killed before it could rename.</summary>
    private static bool IsOldTemporary(IFileSystem files, string path, DateTimeOffset now) =>
        path.EndsWith(".tmp", StringComparison.Ordinal) && files.Stat(path) is { Kind: FileKind.File } stat
        && now.ToUnixTimeMilliseconds() - stat.MtimeNs / 1_000_000 > 3_600_000;
}
