using Septim.Hooks.Audit.Reading;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>All transcripts below the configuration directory, read in parallel, newest first under a budget.</summary>
internal sealed class TranscriptSet
{
    private const long MaxBytes = 512L << 20;
    private const int MaxDepth = 64;
    private const int MaxFileBytes = int.MaxValue - 64;

    public TranscriptSet(AuditOptions options, InputReader inputs, Action<long, long>? progress)
    {
        var projects = Path.Combine(options.ConfigDirectory, "projects");
        if (!options.UseHome) return;
        if (FileSystem.Real.Stat(projects).Kind == FileKind.Missing)
        {
            inputs.Note(projects, InputStatus.Absent);
            return;
        }
        var files = new List<FileInfo>();
        foreach (var path in inputs.ListBelow(projects, path => path.Ends(".jsonl") || path.Ends(".meta.json"), MaxDepth, Gaps))
        {
            var file = new FileInfo(path);
            if (path.Ends(".meta.json")) AddMeta(file);
            else if (file.Name != "journal.jsonl") files.Add(file);
        }
        files.Sort((a, b) => a.LastWriteTimeUtc != b.LastWriteTimeUtc ? b.LastWriteTimeUtc.CompareTo(a.LastWriteTimeUtc) : string.CompareOrdinal(a.FullName, b.FullName));
        long total = 0;
        var chosen = new List<FileInfo>();
        foreach (var file in files)
        {
            if (total + file.Length > MaxBytes)
            {
                Skipped++;
                continue;
            }
            total += file.Length;
            chosen.Add(file);
        }
        var read = new Transcript[chosen.Count];
        long done = 0;
        Parallel.For(0, chosen.Count, i =>
        {
            var file = chosen[i];
            read[i] = new Transcript(file.FullName.Replace('\\', '/'), file.Length, new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero));
            Read(read[i], file);
            progress?.Invoke(Interlocked.Add(ref done, file.Length), total);
        });
        Files = [.. read.OrderBy(file => file.Path, StringComparer.Ordinal)];
        Agents.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        foreach (var file in Files)
            inputs.Note(file.Path, file.Problem is null ? InputStatus.Read : InputStatus.Unreadable, file.Problem);
    }

    public IReadOnlyList<Transcript> Files { get; } = [];
    public List<AgentStart> Agents { get; } = [];

    /// <summary>Files left out by the byte budget.</summary>
    public int Skipped { get; }

    /// <summary>Folders that could not be listed.</summary>
    public List<Input> Gaps { get; } = [];

    /// <summary>The newest client version that any line names.</summary>
    public Version? ClientVersion => Files.Select(file => System.Version.TryParse(file.Version, out var version) ? version : null).Max();

    public void UsedBy(ItemResult item)
    {
        foreach (var gap in Gaps) item.Use(gap);
        foreach (var file in Files)
        {
            if (file.Problem is not null) item.CannotTell($"transcript {file.Problem}", new Place(file.Path));
            else item.Read(file.Path);
        }
    }

    private static void Read(Transcript transcript, FileInfo file)
    {
        try
        {
            if (file.Length > MaxFileBytes)
            {
                transcript.Problem = "larger than 2 GiB";
                return;
            }
            TranscriptParser.Read(transcript, RegularFile.Read(file.FullName));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            transcript.Problem = "cannot be read";
        }
    }

    private void AddMeta(FileInfo file)
    {
        try
        {
            if (file.Length > 1 << 20 || JsonTree.Parse(System.Text.Encoding.UTF8.GetString(RegularFile.Read(file.FullName)), out _, out _) is not { } root) return;
            var path = file.FullName.Replace('\\', '/');
            var at = path.IndexOf("/subagents/", StringComparison.Ordinal);
            Agents.Add(new AgentStart(path, at < 0 ? "" : Path.GetFileName(path[..at]), int.TryParse(root["spawnDepth"]?.Text, out var depth) ? depth : 1));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Why: the transcript beside it says what it cost; depth is a supplement.
        }
    }
}
