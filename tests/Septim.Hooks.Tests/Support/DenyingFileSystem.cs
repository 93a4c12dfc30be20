using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Support;

/// <summary>The real disk, but one file cannot be opened; nothing can be written when that file is null.</summary>
internal sealed class DenyingFileSystem(string? denied) : IFileSystem
{
    public FileStat Stat(string path) => FileSystem.Real.Stat(path);

    public FileStat StatIn(string directory, ReadOnlySpan<byte> names, Span<FileStat> into) => FileSystem.Real.StatIn(directory, names, into);

    public nint Open(string path, out FileStat stat)
    {
        if (path != denied) return FileSystem.Real.Open(path, out stat);
        stat = new FileStat(FileKind.Unreadable, 0, 0, 0, 0);
        return -1;
    }

    public int Read(nint handle, long offset, Span<byte> into) => FileSystem.Real.Read(handle, offset, into);

    public void Close(nint handle) => FileSystem.Real.Close(handle);

    public bool List(string directory, List<FileName> into) => FileSystem.Real.List(directory, into);

    public bool Replace(string path, ReadOnlySpan<byte> content) => denied is not null && FileSystem.Real.Replace(path, content);

    public bool Overwrite(string path, ReadOnlySpan<byte> content) => denied is not null && FileSystem.Real.Overwrite(path, content);

    public bool CreateDirectory(string path) => denied is not null && FileSystem.Real.CreateDirectory(path);

    public bool Delete(string path) => denied is not null && FileSystem.Real.Delete(path);
}
