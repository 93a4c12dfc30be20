using Septim.Hooks.Claude;

namespace Septim.Hooks.Commands;

/// <summary>Which session a person means: the one they name, else the newest of the project they stand in.</summary>
internal static class SessionChoice
{
    /// <returns>Its main transcript; null when none is named and the project has none.</returns>
    /// <exception cref="HookFault">The session that was named is not there, or several match.</exception>
    public static string? Find(ClientEnvironment client, string projectDirectory, string? session)
    {
        var projects = client.ProjectsDirectory;
        if (session is null)
        {
            var folder = Path.Combine(projects, FolderName(projectDirectory));
            return Directory.Exists(folder) ? Directory.GetFiles(folder, "*.jsonl").MaxBy(File.GetLastWriteTimeUtc) : null;
        }
        var pattern = session + "*.jsonl";
        if (session.AsSpan().IndexOfAny("/\\*?") >= 0) throw new HookFault($"\"{session}\" is not a session id");
        var found = Directory.Exists(projects)
            ? Directory.GetDirectories(projects).SelectMany(folder => Directory.GetFiles(folder, pattern)).ToList()
            : [];
        // Why first: a whole id may be the start of another one, and a session that moved has a file in two folders; the one last written goes on.
        if (found.Where(path => Path.GetFileNameWithoutExtension(path) == session).MaxBy(File.GetLastWriteTimeUtc) is { } exact) return exact;
        return found.Count switch
        {
            1 => found[0],
            0 => throw new HookFault($"there is no session {session} below {projects}"),
            _ => throw new HookFault($"{found.Count} sessions start with {session}; give more of the id"),
        };
    }

    /// <summary>The client's folder for a project: every character but letters and digits becomes a dash. Measured with 2.1.330.</summary>
    public static string FolderName(string directory)
    {
        var name = directory.ToCharArray();
        for (var i = 0; i < name.Length; i++)
            if (!char.IsAsciiLetterOrDigit(name[i])) name[i] = '-';
        return new string(name);
    }
}
