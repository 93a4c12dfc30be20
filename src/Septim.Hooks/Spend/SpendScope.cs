namespace Septim.Hooks.Spend;

/// <summary>
/// Which transcripts are added up, each response once. The <see cref="Key"/> names the snapshot in the state directory, so equal
/// scopes share one and different scopes never do.
/// </summary>
internal sealed record SpendScope
{
    private SpendScope(SpendScopeKind kind, string key, string[] roots) =>
        (Kind, Key, Roots) = (kind, key, roots);

    public SpendScopeKind Kind { get; }

    /// <summary>The identity of the scope: kind, run id, paths. Hashed before it becomes a file name.</summary>
    public string Key { get; }

    /// <summary>Main transcripts (session, run), or the one directory whose transcripts all count (day, directory).</summary>
    public string[] Roots { get; }

    /// <summary>
    /// One session: its main transcript, everything below <c>&lt;session&gt;/subagents/</c>, and the same for the sessions of
    /// <c>claude -p</c> children. The first path is the main one; children that do not exist yet are fine.
    /// </summary>
    public static SpendScope Session(string transcriptPath, List<string>? childTranscripts = null) =>
        new(SpendScopeKind.Session, "session\n" + transcriptPath, childTranscripts is null ? [transcriptPath] : [transcriptPath, .. childTranscripts]);

    /// <summary>All sessions that share one run id, with their subagents. The list may grow from call to call.</summary>
    public static SpendScope Run(string runId, IReadOnlyList<string> transcriptPaths) =>
        new(SpendScopeKind.Run, "run\n" + runId, [.. transcriptPaths]);

    /// <summary>
    /// The rolling 24 hours over every transcript below <c>&lt;claude config&gt;/projects</c>. Only
    /// <see cref="SpendReading.WindowTotal"/> is meaningful: what is older than the window is not read or not kept.
    /// </summary>
    public static SpendScope Day(string projectsDirectory) =>
        new(SpendScopeKind.Day, "day\n" + projectsDirectory, [projectsDirectory]);

    /// <summary>Every transcript below a directory, whatever its age: for people's verbs.</summary>
    public static SpendScope Directory(string directory) =>
        new(SpendScopeKind.Directory, "directory\n" + directory, [directory]);
}
