namespace Septim.Hooks.Transcripts;

/// <summary>Where the client keeps transcripts, measured with 2.1.330: <c>&lt;session&gt;.jsonl</c> beside <c>&lt;session&gt;/subagents/**</c>.</summary>
internal static class TranscriptPaths
{
    public const string Extension = ".jsonl";

    private const string Subagents = "subagents";

    /// <summary>The folder of a session's agents, at every depth flat, those of workflows deeper.</summary>
    public static string SubagentsOf(string mainTranscript) =>
        (mainTranscript.EndsWith(Extension, StringComparison.Ordinal) ? mainTranscript[..^Extension.Length] : mainTranscript + ".d")
        + Path.DirectorySeparatorChar + Subagents;

    /// <summary>The main transcript that a folder's files belong to; null when they are main transcripts themselves.</summary>
    public static string? MainOf(string directory)
    {
        for (var at = directory.AsSpan(); at.Length > 0; at = Path.GetDirectoryName(at))
        {
            if (Path.GetFileName(at).SequenceEqual(Subagents)) return string.Concat(Path.GetDirectoryName(at), Extension);
        }
        return null;
    }

    /// <summary><c>agent-&lt;id&gt;.jsonl</c> → id.</summary>
    public static string? AgentOf(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path.AsSpan());
        return name.StartsWith("agent-") && name.Length > 6 ? name[6..].ToString() : null;
    }
}
