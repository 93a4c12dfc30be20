using System.Text;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>
/// Which sessions belong together and cannot be told from the transcripts: those of one run, and those of <c>claude -p</c>
/// children below one root session. One small file a session, holding the path of its transcript; written once, never rewritten.
/// </summary>
internal sealed class SessionLinks(IFileSystem files, string stateDirectory)
{
    private const int MaxPathBytes = 4096;

    public static string RunGroup(string runId) => "run-" + StateName.Of(runId);

    public static string TreeGroup(string rootSessionId) => "tree-" + StateName.Of(rootSessionId);

    /// <summary>Makes sure that the session is a member. False when it could not be written.</summary>
    public bool Join(string group, string sessionId, string transcriptPath)
    {
        var directory = Path.Combine(stateDirectory, "links", group);
        var file = Path.Combine(directory, StateName.Of(sessionId));
        return files.Stat(file).Kind != FileKind.Missing
            || (files.CreateDirectory(directory) && files.Replace(file, Encoding.UTF8.GetBytes(transcriptPath)));
    }

    /// <summary>The transcripts of the members, ordered, so that equal groups give equal lists.</summary>
    /// <exception cref="HookFault">A member's file cannot be read: its spend would be missing.</exception>
    public List<string> Members(string group)
    {
        var directory = Path.Combine(stateDirectory, "links", group);
        var names = new List<FileName>();
        var paths = new List<string>();
        var isThere = files.ListIfThere(directory, names);
        if (isThere is null) throw new HookFault($"the list of sessions in {directory} cannot be read; make it readable");
        if (isThere == false) return paths;
        foreach (var name in names)
        {
            if (name.Name.StartsWith('.') || name.Name.Contains(".tmp", StringComparison.Ordinal)) continue;
            paths.Add(ReadPath(Path.Combine(directory, name.Name)));
        }
        paths.Sort(StringComparer.Ordinal);
        return paths;
    }

    private string ReadPath(string file)
    {
        Span<byte> buffer = stackalloc byte[MaxPathBytes];
        var handle = files.Open(file, out _);
        if (handle < 0) throw new HookFault($"{file} cannot be read, so the spend of that session would be missing; make it readable");
        var read = files.Read(handle, 0, buffer);
        files.Close(handle);
        if (read <= 0) throw new HookFault($"{file} is empty or cannot be read, so the spend of that session would be missing; remove it if that session is over");
        if (buffer[..read].Contains((byte)0)) throw new HookFault($"{file} holds no path, so the spend of that session would be missing; remove it if that session is over");
        return Encoding.UTF8.GetString(buffer[..read]);
    }
}
