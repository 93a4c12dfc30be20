namespace Septim.Hooks.Transcripts;

/// <summary>
/// Reads small files that people and repositories write. Why not <see cref="File.ReadAllBytes(string)"/> alone: a pipe or a device in
/// the place of a file is waited for, or read, without end.
/// </summary>
internal static class RegularFile
{
    /// <exception cref="IOException">It cannot be read, or it is a pipe or a device.</exception>
    /// <exception cref="UnauthorizedAccessException">Nobody may.</exception>
    public static byte[] Read(string path)
    {
        ThrowIfOther(path);
        return File.ReadAllBytes(path);
    }

    /// <exception cref="IOException">It is a pipe or a device.</exception>
    public static void ThrowIfOther(string path)
    {
        if (FileSystem.Real.Stat(path).Kind == FileKind.Other) throw new IOException("it is a pipe or a device, not a file");
    }
}
