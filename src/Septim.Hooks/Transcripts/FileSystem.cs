using System.Text;

namespace Septim.Hooks.Transcripts;

/// <summary>The disk of this machine.</summary>
internal static class FileSystem
{
    public static IFileSystem Real { get; } = OperatingSystem.IsLinux() ? new LinuxFileSystem() : new PortableFileSystem();

    /// <summary><see cref="IFileSystem.StatIn"/> for a disk that has no cheaper way: one name after the other.</summary>
    public static FileStat StatEach(IFileSystem files, string directory, ReadOnlySpan<byte> names, Span<FileStat> into)
    {
        var folder = files.Stat(directory);
        foreach (ref var stat in into)
        {
            var length = names.IndexOf((byte)0);
            stat = files.Stat(Path.Combine(directory, Encoding.UTF8.GetString(names[..length])));
            names = names[(length + 1)..];
        }
        return folder;
    }
}
