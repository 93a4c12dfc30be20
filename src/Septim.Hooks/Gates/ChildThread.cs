using Septim.Hooks.Spend;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Gates;

/// <summary>
/// An agent that was let start and has no transcript of its own yet: known only by the call that starts it. Its name is a path that
/// never exists, <c>&lt;session&gt;/subagents/pending-&lt;tool_use_id&gt;</c>.
/// </summary>
internal static class ChildThread
{
    private const string Prefix = "pending-";

    public static string PathFor(string sessionFolder, string toolUseId) => Path.Combine(sessionFolder, "subagents", Prefix + toolUseId);

    public static bool Is(string path) => Path.GetFileName(path).StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>How many responses the agent of that call has on disk; 0 while it cannot be told from the others.</summary>
    public static long Responses(IFileSystem files, string path, SpendReading reading)
    {
        var folder = Path.GetDirectoryName(path)!;
        var toolUseId = Path.GetFileName(path)[Prefix.Length..];
        foreach (var file in reading.FilesBelow(folder))
        {
            if (file.Responses > 0 && AgentMeta.Read(files, AgentMeta.PathFor(file.Path))?.ToolUseId == toolUseId)
                return file.Responses;
        }
        return 0;
    }
}
