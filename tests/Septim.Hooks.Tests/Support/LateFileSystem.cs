using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Support;

/// <summary>The real disk, on which something happens when a file has been opened so many times, and which may have no room.</summary>
internal sealed class LateFileSystem(string path, Action happens, int openings) : IFileSystem
{
    private int _opened;

    public bool IsFull { get; set; }

    public FileStat Stat(string path) => FileSystem.Real.Stat(path);

    public FileStat StatIn(string directory, ReadOnlySpan<byte> names, Span<FileStat> into) => FileSystem.Real.StatIn(directory, names, into);

    public nint Open(string opened, out FileStat stat)
    {
        if (opened == path && ++_opened == openings) happens();
        return FileSystem.Real.Open(opened, out stat);
    }

    public int Read(nint handle, long offset, Span<byte> into) => FileSystem.Real.Read(handle, offset, into);

    public void Close(nint handle) => FileSystem.Real.Close(handle);

    public bool List(string directory, List<FileName> into) => FileSystem.Real.List(directory, into);

    public bool Replace(string path, ReadOnlySpan<byte> content) => !IsFull && FileSystem.Real.Replace(path, content);

    public bool Overwrite(string path, ReadOnlySpan<byte> content) => FileSystem.Real.Overwrite(path, content);

    public bool CreateDirectory(string path) => FileSystem.Real.CreateDirectory(path);

    public bool Delete(string path) => FileSystem.Real.Delete(path);
}
