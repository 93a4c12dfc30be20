using Microsoft.Win32.SafeHandles;

namespace Septim.Hooks.Transcripts;

/// <summary>
/// The disk through the base library, for macOS and Windows. Without device and inode numbers, the time of creation stands in for
/// identity: a replaced file has another one.
/// </summary>
internal sealed class PortableFileSystem : IFileSystem
{
    private readonly List<SafeFileHandle?> _handles = [];

    public FileStat Stat(string path)
    {
        try
        {
            FileSystemInfo info = new FileInfo(path);
            if (!info.Exists) info = new DirectoryInfo(path);
            if (!info.Exists) return default;
            if (info.LinkTarget != null) info = info.ResolveLinkTarget(returnFinalTarget: true) ?? info;
            var mtime = Nanoseconds(info.LastWriteTimeUtc);
            var identity = (ulong)info.CreationTimeUtc.Ticks;
            return info is FileInfo file && (file.Attributes & FileAttributes.Directory) == 0
                ? new FileStat(FileKind.File, 0, identity, file.Length, mtime)
                : new FileStat(FileKind.Directory, 0, identity, 0, mtime);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new FileStat(e is FileNotFoundException or DirectoryNotFoundException ? FileKind.Missing : FileKind.Unreadable, 0, 0, 0, 0);
        }
    }

    public FileStat StatIn(string directory, ReadOnlySpan<byte> names, Span<FileStat> into) => FileSystem.StatEach(this, directory, names, into);

    public nint Open(string path, out FileStat stat)
    {
        stat = Stat(path);
        if (stat.Kind != FileKind.File) return -1;
        try
        {
            var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            stat = stat with { Size = RandomAccess.GetLength(handle) };
            var free = _handles.IndexOf(null);
            if (free < 0)
            {
                free = _handles.Count;
                _handles.Add(null);
            }
            _handles[free] = handle;
            return free;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            stat = stat with { Kind = e is FileNotFoundException ? FileKind.Missing : FileKind.Unreadable };
            return -1;
        }
    }

    public int Read(nint handle, long offset, Span<byte> into)
    {
        try
        {
            return RandomAccess.Read(_handles[(int)handle]!, into, offset);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return -1;
        }
    }

    public void Close(nint handle)
    {
        _handles[(int)handle]!.Dispose();
        _handles[(int)handle] = null;
    }

    public bool List(string directory, List<FileName> into)
    {
        try
        {
            foreach (var info in new DirectoryInfo(directory).EnumerateFileSystemInfos())
            {
                var kind = info.LinkTarget != null ? FileKind.Other
                    : (info.Attributes & FileAttributes.Directory) != 0 ? FileKind.Directory : FileKind.File;
                into.Add(new FileName(info.Name, kind));
            }
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    public bool Replace(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + "." + Environment.ProcessId.ToString("x") + Random.Shared.NextInt64().ToString("x") + ".tmp";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var stream = new FileStream(temporary, options)) stream.Write(content);
            File.Move(temporary, path, overwrite: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            Delete(temporary);
            return false;
        }
    }

    public bool Overwrite(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var stream = new FileStream(path, options);
            stream.Write(content);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    public bool CreateDirectory(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
            else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    public bool Delete(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    private static long Nanoseconds(DateTime utc) => (utc - DateTime.UnixEpoch).Ticks * 100;
}
