namespace Septim.Hooks.Transcripts;

/// <summary>The disk of this machine.</summary>
internal static class FileSystem
{
    public static IFileSystem Real { get; } = OperatingSystem.IsLinux() ? new LinuxFileSystem() : new PortableFileSystem();
}
