namespace Septim.Hooks.Config;

/// <summary>
/// What hooks tell the <c>septim run</c> that started their client: which sessions there were and why one was ended. One small file a
/// note, since hooks run side by side. Losing one loses an exit code, never a verdict.
/// </summary>
internal static class RunNotes
{
    /// <summary>Names the directory; set by <c>septim run</c> alone.</summary>
    public const string Variable = "SEPTIM_RUN_NOTES";

    public const string Session = "session";
    public const string Stop = "stop";
    public const string Fault = "fault";

    /// <param name="variable">Looks up an environment variable.</param>
    /// <param name="kind">session, stop or fault.</param>
    /// <param name="subject">The transcript, or who ended the session.</param>
    /// <param name="text">Why.</param>
    public static void Write(Func<string, string?> variable, string kind, string subject, string text)
    {
        if (variable(Variable) is not { Length: > 0 } directory) return;
        try
        {
            File.WriteAllText(Path.Combine(directory, $"{kind}-{Guid.CreateVersion7():N}"), $"{subject}\n{text}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Why: the verdict stands without the note.
        }
    }

    /// <returns>The notes of one kind, oldest first.</returns>
    public static List<(string Subject, string Text)> Read(string directory, string kind)
    {
        var notes = new List<(string, string)>();
        foreach (var file in Directory.GetFiles(directory, kind + "-*").Order(StringComparer.Ordinal))
        {
            var content = File.ReadAllText(file);
            var end = content.IndexOf('\n', StringComparison.Ordinal);
            if (end >= 0) notes.Add((content[..end], content[(end + 1)..]));
        }
        return notes;
    }
}
