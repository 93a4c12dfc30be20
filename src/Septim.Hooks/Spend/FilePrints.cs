using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>Fingerprints of a transcript's head and of what lies before the offset: a file that only grew keeps both.</summary>
internal static class FilePrints
{
    /// <exception cref="StaleStateException">It shrank, was replaced or rewritten.</exception>
    public static void Verify(IFileSystem files, nint handle, FileEntry file, in FileStat stat)
    {
        ref readonly var mark = ref file.Mark;
        if (mark.Offset == 0) return;
        if (stat.Device != mark.Device || stat.Inode != mark.Inode || stat.Size < mark.Offset
            || Print(files, handle, 0, mark.HeadLength) != mark.HeadPrint || Tail(files, handle, mark.Offset) != mark.TailPrint)
        {
            throw new StaleStateException("file changed");
        }
    }

    public static void Update(IFileSystem files, nint handle, FileEntry file, in FileStat stat, long offset)
    {
        ref var mark = ref file.Mark;
        (mark.Device, mark.Inode, mark.Size, mark.MtimeNs) = (stat.Device, stat.Inode, stat.Size, stat.MtimeNs);
        if (offset == mark.Offset) return;
        mark.Offset = offset;
        if (mark.HeadLength < FileMark.HeadBytes)
        {
            mark.HeadLength = Math.Min(offset, FileMark.HeadBytes);
            mark.HeadPrint = Print(files, handle, 0, mark.HeadLength);
        }
        mark.TailPrint = Tail(files, handle, offset);
    }

    private static ulong Tail(IFileSystem files, nint handle, long offset)
    {
        var length = Math.Min(offset, FileMark.TailBytes);
        return Print(files, handle, offset - length, length);
    }

    private static ulong Print(IFileSystem files, nint handle, long offset, long length)
    {
        if (length is < 0 or > FileMark.HeadBytes) throw new StaleStateException("mark");
        Span<byte> bytes = stackalloc byte[FileMark.HeadBytes];
        bytes = bytes[..(int)length];
        for (var done = 0; done < bytes.Length;)
        {
            var read = files.Read(handle, offset + done, bytes[done..]);
            if (read <= 0) throw new StaleStateException("file changed");
            done += read;
        }
        return KeyHash.Print(bytes);
    }
}
