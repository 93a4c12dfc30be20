using System.Runtime.InteropServices;
using System.Text;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Recording;

/// <summary>
/// Starts <c>septim ship</c> when none runs: a session of its own (setsid), standard streams closed, so that it outlives the client,
/// which kills what it started. Costs one system call when a shipper runs, and about 0.3 ms when not.
/// </summary>
internal static unsafe partial class ShipperStart
{
    // flock(2): the same on Linux and macOS.
    private const int LockExclusive = 2;
    private const int LockNonBlocking = 4;
    private const int Unlock = 8;

    /// <summary>Room for posix_spawnattr_t and posix_spawn_file_actions_t: 336 and 80 bytes in glibc 2.36, pointers on macOS.</summary>
    private const int OpaqueBytes = 1024;

    // O_RDWR | O_CREAT | O_CLOEXEC of Linux.
    private const int OpenLock = 2 | 0x40 | 0x80000;

    public static void WhenNoneRuns(IFileSystem files, SpoolPaths paths)
    {
        // Why: elsewhere the shipper runs from a scheduler, or by hand.
        if (!OperatingSystem.IsLinux() || !files.CreateDirectory(paths.Root) || IsHeld(paths.Lock)) return;
        if (Environment.ProcessPath is not { } program) return;
        var arguments = Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? new[] { program, Environment.GetCommandLineArgs()[0], "ship" }
            : [program, "ship"];
        Spawn(program, arguments);
    }

    private static bool IsHeld(string lockFile)
    {
        int fd;
        fixed (byte* name = Zero(lockFile)) fd = Libc.Open(name, OpenLock, 0x180);
        if (fd < 0) return false;
        var held = Flock(fd, LockExclusive | LockNonBlocking) != 0;
        if (!held) _ = Flock(fd, Unlock);
        _ = Libc.Close(fd);
        return held;
    }

    private static void Spawn(string program, string[] arguments)
    {
        var attributes = stackalloc byte[OpaqueBytes];
        var actions = stackalloc byte[OpaqueBytes];
        var argv = stackalloc byte*[arguments.Length + 1];
        for (var i = 0; i < arguments.Length; i++) argv[i] = (byte*)Marshal.StringToCoTaskMemUTF8(arguments[i]);
        argv[arguments.Length] = null;
        const short setSession = 0x80;
        _ = SpawnAttributesInit(attributes);
        _ = SpawnAttributesSetFlags(attributes, setSession);
        _ = SpawnActionsInit(actions);
        fixed (byte* nowhere = "/dev/null\0"u8)
        {
            for (var fd = 0; fd <= 2; fd++) _ = SpawnActionsAddOpen(actions, fd, nowhere, fd == 0 ? 0 : 1, 0);
            int pid;
            fixed (byte* path = Zero(program)) _ = PosixSpawn(&pid, path, actions, attributes, argv, *(byte***)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "environ"));
        }
        for (var i = 0; i < arguments.Length; i++) Marshal.FreeCoTaskMem((nint)argv[i]);
        _ = SpawnActionsDestroy(actions);
        _ = SpawnAttributesDestroy(attributes);
    }

    private static byte[] Zero(string text)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length) + 1];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }

    [LibraryImport("libc", EntryPoint = "flock")]
    private static partial int Flock(int fd, int operation);

    [LibraryImport("libc", EntryPoint = "posix_spawn")]
    private static partial int PosixSpawn(int* pid, byte* path, byte* actions, byte* attributes, byte** argv, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    private static partial int SpawnAttributesInit(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    private static partial int SpawnAttributesSetFlags(byte* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    private static partial int SpawnAttributesDestroy(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int SpawnActionsInit(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen")]
    private static partial int SpawnActionsAddOpen(byte* actions, int fd, byte* path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int SpawnActionsDestroy(byte* actions);
}
