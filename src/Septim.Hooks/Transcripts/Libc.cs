using System.Runtime.InteropServices;

namespace Septim.Hooks.Transcripts;

/// <summary>The libc calls of <see cref="LinuxFileSystem"/>, <see cref="SideThread"/> and <see cref="StdStreams"/>, all blittable; the native build links them directly.</summary>
internal static unsafe partial class Libc
{
    /// <summary><c>struct statx</c>: the kernel fixes its layout for every processor.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    public struct StatxResult
    {
        [FieldOffset(28)] public ushort Mode;
        [FieldOffset(32)] public ulong Inode;
        [FieldOffset(40)] public ulong Size;
        [FieldOffset(112)] public long MtimeSeconds;
        [FieldOffset(120)] public uint MtimeNanoseconds;
        [FieldOffset(136)] public uint DeviceMajor;
        [FieldOffset(140)] public uint DeviceMinor;
    }

    [LibraryImport("libc", EntryPoint = "statx"), SuppressGCTransition]
    public static partial int Statx(int directory, byte* path, int flags, uint mask, StatxResult* result);

    [LibraryImport("libc", EntryPoint = "open")]
    public static partial int Open(byte* path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int fd);

    [LibraryImport("libc", EntryPoint = "pread")]
    public static partial nint Pread(int fd, byte* buffer, nuint count, long offset);

    [LibraryImport("libc", EntryPoint = "read")]
    public static partial nint Read(int fd, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write")]
    public static partial nint Write(int fd, byte* buffer, nuint count);

    /// <summary>For <see cref="Lock"/>; the same on Linux and macOS.</summary>
    public const int LockExclusive = 2, LockNonBlocking = 4;

    [LibraryImport("libc", EntryPoint = "flock")]
    public static partial int Lock(int fd, int operation);

    [LibraryImport("libc", EntryPoint = "rename")]
    public static partial int Rename(byte* from, byte* to);

    [LibraryImport("libc", EntryPoint = "unlink")]
    public static partial int Unlink(byte* path);

    [LibraryImport("libc", EntryPoint = "mkdir")]
    public static partial int MakeDirectory(byte* path, uint mode);

    [LibraryImport("libc", EntryPoint = "opendir")]
    public static partial nint OpenDirectory(byte* path);

    [LibraryImport("libc", EntryPoint = "readdir")]
    public static partial byte* ReadDirectory(nint stream);

    [LibraryImport("libc", EntryPoint = "closedir")]
    public static partial int CloseDirectory(nint stream);

    [LibraryImport("libc", EntryPoint = "pthread_create")]
    public static partial int StartThread(nint* id, nint attributes, delegate* unmanaged[Cdecl]<nint, nint> body, nint argument);

    /// <summary>Linux only, like the two below.</summary>
    [LibraryImport("libc", EntryPoint = "sched_getcpu")]
    public static partial int CurrentProcessor();

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    public static partial int GetProcessors(int process, nint bytes, ulong* processors);

    [LibraryImport("libc", EntryPoint = "pthread_setaffinity_np")]
    public static partial int SetThreadProcessors(nint thread, nint bytes, ulong* processors);

    [LibraryImport("libc", EntryPoint = "pthread_detach")]
    public static partial int DetachThread(nint id);
}
