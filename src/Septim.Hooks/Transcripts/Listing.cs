namespace Septim.Hooks.Transcripts;

/// <summary>Lists a directory that another process may be making at this very moment: parallel calls of one message are.</summary>
internal static class Listing
{
    /// <returns>False when there is no such directory, null when it is there and cannot be listed.</returns>
    public static bool? ListIfThere(this IFileSystem files, string directory, List<FileName> into)
    {
        var before = into.Count;
        if (files.List(directory, into)) return true;
        if (files.Stat(directory).Kind == FileKind.Missing) return false;
        // Why again: made between the two looks it is as good as any other.
        into.RemoveRange(before, into.Count - before);
        return files.List(directory, into) ? true : null;
    }
}
