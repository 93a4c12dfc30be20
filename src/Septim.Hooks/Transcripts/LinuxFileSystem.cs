using System.Runtime.InteropServices;
using System.Text;

namespace Septim.Hooks.Transcripts;

/// <summary>
/// The disk through libc: no handle objects, no advisory locks, no exceptions. One call of the gate makes a thousand stats when the
/// day's ceiling is on, so each costs one system call and nothing else.
/// </summary>
internal sealed unsafe partial class LinuxFileSystem : IFileSystem
{
    // Why: these values are the same on x64 and arm64; O_DIRECTORY, which is not, is not used.
    private const int OpenRead = 0;
    private const int OpenWrite = 1;
    private const int OpenCreate = 0x40;
    private const int OpenExclusive = 0x80;
    private const int OpenNonBlocking = 0x800;
    private const int OpenCloseOnExec = 0x80000;
    private const int OpenPath = 0x200000;
    private const int AtCurrentDirectory = -100;
    private const int AtEmptyPath = 0x1000;
    private const uint StatTypeModeInodeSizeMtime = 0x1 | 0x2 | 0x100 | 0x200 | 0x40;
    private const int NoSuchFile = 2;
    private const int Interrupted = 4;
    private const int NotADirectory = 20;
    private const int MaxStackPath = 512;

    public FileStat Stat(string path)
    {
        Span<byte> buffer = stackalloc byte[MaxStackPath];
        fixed (byte* name = Encode(path, buffer)) return StatAt(AtCurrentDirectory, name, 0);
    }

    public FileStat StatIn(string directory, ReadOnlySpan<byte> names, Span<FileStat> into)
    {
        Span<byte> buffer = stackalloc byte[MaxStackPath];
        int fd;
        fixed (byte* path = Encode(directory, buffer)) fd = Libc.Open(path, OpenPath | OpenCloseOnExec, 0);
        if (fd < 0)
        {
            var none = new FileStat(LastKind(), 0, 0, 0, 0);
            into.Fill(none);
            return none;
        }
        byte empty = 0;
        var folder = StatAt(fd, &empty, AtEmptyPath);
        fixed (byte* first = names)
        {
            var at = 0;
            for (var i = 0; i < into.Length; i++)
            {
                into[i] = StatAt(fd, first + at, 0);
                at += names[at..].IndexOf((byte)0) + 1;
            }
        }
        _ = Libc.Close(fd);
        return folder;
    }

    public nint Open(string path, out FileStat stat)
    {
        Span<byte> buffer = stackalloc byte[MaxStackPath];
        int fd;
        // Why: non-blocking, so that a pipe in a transcript's place cannot hang the gate.
        fixed (byte* name = Encode(path, buffer)) fd = Libc.Open(name, OpenRead | OpenCloseOnExec | OpenNonBlocking, 0);
        if (fd < 0)
        {
            stat = new FileStat(LastKind(), 0, 0, 0, 0);
            return -1;
        }
        byte empty = 0;
        stat = StatAt(fd, &empty, AtEmptyPath);
        if (stat.Kind == FileKind.File) return fd;
        _ = Libc.Close(fd);
        return -1;
    }

    public int Read(nint handle, long offset, Span<byte> into)
    {
        fixed (byte* buffer = into)
        {
            while (true)
            {
                var read = Libc.Pread((int)handle, buffer, (nuint)into.Length, offset);
                if (read >= 0 || Marshal.GetLastSystemError() != Interrupted) return (int)read;
            }
        }
    }

    public void Close(nint handle) => _ = Libc.Close((int)handle);

    public bool List(string directory, List<FileName> into)
    {
        Span<byte> buffer = stackalloc byte[MaxStackPath];
        nint stream;
        fixed (byte* path = Encode(directory, buffer)) stream = Libc.OpenDirectory(path);
        if (stream == 0) return false;
        while (true)
        {
            var entry = Libc.ReadDirectory(stream);
            if (entry == null) break;
            var name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry + 19);
            if (name.SequenceEqual("."u8) || name.SequenceEqual(".."u8)) continue;
            var kind = entry[18] switch { 8 => FileKind.File, 4 => FileKind.Directory, _ => FileKind.Other };
            into.Add(new FileName(Encoding.UTF8.GetString(name), kind));
        }
        _ = Libc.CloseDirectory(stream);
        return true;
    }

    public bool Replace(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + "." + Environment.ProcessId.ToString("x") + Random.Shared.NextInt64().ToString("x") + ".tmp";
        Span<byte> fromBuffer = stackalloc byte[MaxStackPath];
        Span<byte> toBuffer = stackalloc byte[MaxStackPath];
        fixed (byte* from = Encode(temporary, fromBuffer), to = Encode(path, toBuffer))
        {
            var fd = Libc.Open(from, OpenWrite | OpenCreate | OpenExclusive | OpenCloseOnExec, 0x180);
            if (fd < 0) return false;
            var written = WriteAll(fd, content);
            if (Libc.Close(fd) == 0 && written && Libc.Rename(from, to) == 0) return true;
            _ = Libc.Unlink(from);
            return false;
        }
    }

    public bool Overwrite(string path, ReadOnlySpan<byte> content)
    {
        Span<byte> buffer = stackalloc byte[MaxStackPath];
        fixed (byte* name = Encode(path, buffer))
        {
            var fd = Libc.Open(name, OpenWrite | OpenCreate | OpenNonBlocking | OpenCloseOnExec, 0x180);
            if (fd < 0) return false;
            var written = Libc.Lock(fd, Libc.LockExclusive | Libc.LockNonBlocking) == 0 && WriteAll(fd, content);
            return Libc.Close(fd) == 0 && written;
        }
    }

    public bool CreateDirectory(string path)
    {
        if (Stat(path).Kind == FileKind.Directory) return true;
        var parent = Path.GetDirectoryName(path);
        if (string.IsNullOrEmpty(parent) || !CreateDirectory(parent)) return false;
        Span<byte> buffer = stackalloc byte[MaxStackPath];
        fixed (byte* name = Encode(path, buffer)) _ = Libc.MakeDirectory(name, 0x1C0);
        return Stat(path).Kind == FileKind.Directory;
    }

    public bool Delete(string path)
    {
        Span<byte> buffer = stackalloc byte[MaxStackPath];
        fixed (byte* name = Encode(path, buffer)) return Libc.Unlink(name) == 0;
    }

    private static bool WriteAll(int fd, ReadOnlySpan<byte> content)
    {
        fixed (byte* start = content)
        {
            nint done = 0;
            while (done < content.Length)
            {
                var wrote = Libc.Write(fd, start + done, (nuint)(content.Length - done));
                if (wrote < 0 && Marshal.GetLastSystemError() == Interrupted) continue;
                if (wrote <= 0) return false;
                done += wrote;
            }
            return true;
        }
    }

    private static FileStat StatAt(int directory, byte* name, int flags)
    {
        Libc.StatxResult s;
        if (Libc.Statx(directory, name, flags, StatTypeModeInodeSizeMtime, &s) != 0) return new FileStat(LastKind(), 0, 0, 0, 0);
        var kind = (s.Mode & 0xF000) switch { 0x8000 => FileKind.File, 0x4000 => FileKind.Directory, _ => FileKind.Other };
        return new FileStat(kind, ((ulong)s.DeviceMajor << 32) | s.DeviceMinor, s.Inode, (long)s.Size,
            unchecked(s.MtimeSeconds * 1_000_000_000 + s.MtimeNanoseconds));
    }

    private static FileKind LastKind() =>
        Marshal.GetLastSystemError() is NoSuchFile or NotADirectory ? FileKind.Missing : FileKind.Unreadable;

    private static ReadOnlySpan<byte> Encode(string path, Span<byte> buffer)
    {
        if (Encoding.UTF8.GetMaxByteCount(path.Length) + 1 > buffer.Length) buffer = new byte[Encoding.UTF8.GetMaxByteCount(path.Length) + 1];
        var length = Encoding.UTF8.GetBytes(path, buffer);
        buffer[length] = 0;
        return buffer[..(length + 1)];
    }
}
