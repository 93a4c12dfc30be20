using System.Text;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Recording;

/// <summary>
/// Bytes at the end of a file, in one write. Why not <see cref="FileMode.Append"/>: .NET seeks to the end when it opens, so writers
/// side by side overwrite one another.
/// </summary>
internal static unsafe class Append
{
    // Linux, the same on x64 and arm64: O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC.
    private const int OpenForAppend = 1 | 0x40 | 0x400 | 0x80000;

    /// <returns>False when they could not be written.</returns>
    public static bool Write(string path, ReadOnlySpan<byte> bytes)
    {
        if (!OperatingSystem.IsLinux()) return WritePortable(path, bytes);
        var name = new byte[Encoding.UTF8.GetMaxByteCount(path.Length) + 1];
        Encoding.UTF8.GetBytes(path, name);
        int fd;
        fixed (byte* start = name) fd = Libc.Open(start, OpenForAppend, 0x180);
        if (fd < 0) return false;
        nint written;
        fixed (byte* start = bytes) written = Libc.Write(fd, start, (nuint)bytes.Length);
        return Libc.Close(fd) == 0 && written == bytes.Length;
    }

    private static bool WritePortable(string path, ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            stream.Write(bytes);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
