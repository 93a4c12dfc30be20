namespace Septim.Hooks.Transcripts;

/// <summary>One agent of a session, as its meta file shows it.</summary>
/// <param name="AgentId">The <c>&lt;id&gt;</c> of <c>agent-&lt;id&gt;.meta.json</c>.</param>
/// <param name="Meta">What the client wrote.</param>
/// <param name="TouchedNs">When its meta file was last written, nanoseconds since 1970.</param>
internal sealed record SessionAgent(string AgentId, AgentMeta Meta, long TouchedNs);

/// <summary>All agents of a session, at every depth and inside workflows, read from the folder beside its transcript.</summary>
internal static class SessionAgents
{
    private const string Prefix = "agent-";
    private const string Suffix = ".meta.json";

    /// <summary>Workflow agents lie two folders below <c>subagents</c>; more is not ours.</summary>
    private const int MaxDepth = 6;

    /// <exception cref="HookFault">A folder or a meta file is there and cannot be read.</exception>
    public static List<SessionAgent> Read(IFileSystem files, string transcriptPath)
    {
        var agents = new List<SessionAgent>();
        if (transcriptPath.EndsWith(".jsonl", StringComparison.Ordinal))
            Walk(files, Path.Combine(transcriptPath[..^".jsonl".Length], "subagents"), 0, agents);
        return agents;
    }

    private static void Walk(IFileSystem files, string folder, int depth, List<SessionAgent> agents)
    {
        var names = new List<FileName>();
        var isThere = files.ListIfThere(folder, names);
        if (isThere is null) throw new HookFault($"{folder} cannot be listed, so the agents of this session cannot be counted; make it readable");
        if (isThere == false) return;
        foreach (var (name, kind) in names)
        {
            var path = Path.Combine(folder, name);
            if (kind == FileKind.Directory)
            {
                if (depth < MaxDepth) Walk(files, path, depth + 1, agents);
            }
            else if (name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal)
                && AgentMeta.Read(files, path) is { } meta)
            {
                agents.Add(new SessionAgent(name[Prefix.Length..^Suffix.Length], meta, files.Stat(path).MtimeNs));
            }
        }
    }
}
