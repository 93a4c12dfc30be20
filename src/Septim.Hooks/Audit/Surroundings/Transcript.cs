namespace Septim.Hooks.Audit.Surroundings;

/// <summary>What the audit needs of one transcript file.</summary>
internal sealed class Transcript(string path, long bytes, DateTimeOffset modified)
{
    public string Path { get; } = path;
    public long Bytes { get; } = bytes;
    public DateTimeOffset Modified { get; } = modified;

    /// <summary>Null when it was read; else why not.</summary>
    public string? Problem { get; set; }
    public string? Cwd { get; set; }
    public string? Version { get; set; }
    public string? Entrypoint { get; set; }
    public HashSet<string> PermissionModes { get; } = new(StringComparer.Ordinal);

    /// <summary>In order of appearance, each id once.</summary>
    public List<TranscriptMessage> Messages { get; } = [];
    public List<TranscriptCall> Calls { get; } = [];

    /// <summary>Tool use id → bytes of its result.</summary>
    public Dictionary<string, long> ResultBytes { get; } = new(StringComparer.Ordinal);
    public int Boundaries { get; set; }

    /// <summary>Offset behind the last <c>compact_boundary</c> line; 0 when there is none.</summary>
    public long AfterBoundary { get; set; }

    /// <summary>Below <c>subagents/</c>.</summary>
    public bool IsAgent => Path.Has("/subagents/");

    /// <summary>The session: the file's name, or for an agent the folder above <c>subagents</c>.</summary>
    public string Session
    {
        get
        {
            var at = Path.IndexOf("/subagents/", StringComparison.Ordinal);
            return at < 0 ? System.IO.Path.GetFileNameWithoutExtension(Path) : System.IO.Path.GetFileName(Path[..at]);
        }
    }

    public DateTimeOffset LastTime => Messages.Count > 0 && Messages[^1].Time is { } time ? time : Modified;
}
