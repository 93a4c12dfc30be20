using System.Text;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Recording;

/// <summary>
/// One byte at the end of a file, atomically. Why not <see cref="FileMode.Append"/>: .NET seeks to the end when it opens, so writers
/// side by side overwrite one another.
/// </summary>
internal static unsafe class Append
{
    // Linux, the same on x64 and arm64: O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC.
    private const int OpenForAppend = 1 | 0x40 | 0x400 | 0x80000;

    /// <summary>Reports nothing: the counters that grow this way may be lost.</summary>
    public static void OneByte(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            OneBytePortable(path);
            return;
        }
        var name = new byte[Encoding.UTF8.GetMaxByteCount(path.Length) + 1];
        Encoding.UTF8.GetBytes(path, name);
        int fd;
        fixed (byte* start = name) fd = Libc.Open(start, OpenForAppend, 0x180);
        if (fd < 0) return;
        var one = (byte)'1';
        _ = Libc.Write(fd, &one, 1);
        _ = Libc.Close(fd);
    }

    private static void OneBytePortable(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            stream.WriteByte((byte)'1');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Why nothing: a counter that could not be written is a counter that is one too low.
        }
    }
}
