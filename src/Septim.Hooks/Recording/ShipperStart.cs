using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Recording;

/// <summary>
/// Starts <c>septim ship</c> when none runs: a session of its own (setsid), standard streams closed, so that it outlives the client,
/// which kills what it started. Costs one system call when a shipper runs, and about 0.3 ms when not. On Windows it is started through
/// the shell, which hands none of our pipes on: the client would wait for them to close.
/// </summary>
internal static unsafe partial class ShipperStart
{
    /// <summary>Room for posix_spawnattr_t and posix_spawn_file_actions_t: 336 and 80 bytes in glibc 2.36, pointers on macOS.</summary>
    private const int OpaqueBytes = 1024;

    // POSIX_SPAWN_SETSID: glibc 2.26 and later; macOS 10.15 and later (spawn.h of Xcode 12).
    private const short SetSessionOfGlibc = 0x80;
    private const short SetSessionOfMacOS = 0x400;

    // O_RDWR | O_CREAT | O_CLOEXEC of Linux.
    private const int OpenLock = 2 | 0x40 | 0x80000;

    /// <exception cref="HookFault">It could not be started; the events wait.</exception>
    public static void WhenNoneRuns(IFileSystem files, SpoolPaths paths)
    {
        if (!files.CreateDirectory(paths.Root) || (OperatingSystem.IsLinux() ? IsHeld(paths.Lock) : IsHeldPortable(paths.Lock))) return;
        if (Environment.ProcessPath is not { } program) return;
        var arguments = Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? new[] { program, Environment.GetCommandLineArgs()[0], "ship" }
            : [program, "ship"];
        if (OperatingSystem.IsWindows()) StartByShell(program, arguments.AsSpan(1));
        else Spawn(program, arguments);
    }

    private static bool IsHeld(string lockFile)
    {
        int fd;
        fixed (byte* name = Zero(lockFile)) fd = Libc.Open(name, OpenLock, 0x180);
        if (fd < 0) return false;
        // What is taken here goes with the descriptor.
        var held = Libc.Lock(fd, Libc.LockExclusive | Libc.LockNonBlocking) != 0;
        _ = Libc.Close(fd);
        return held;
    }

    /// <summary>The same by the base library, which takes that lock for a file that is not to be shared.</summary>
    internal static bool IsHeldPortable(string lockFile)
    {
        try
        {
            using var probe = new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void StartByShell(string program, ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = true, WindowStyle = ProcessWindowStyle.Hidden };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        try
        {
            using var started = Process.Start(start);
        }
        catch (Win32Exception e)
        {
            throw NotStarted(Cause.Of(e), e);
        }
    }

    private static void Spawn(string program, string[] arguments)
    {
        var attributes = stackalloc byte[OpaqueBytes];
        var actions = stackalloc byte[OpaqueBytes];
        var argv = stackalloc byte*[arguments.Length + 1];
        for (var i = 0; i < arguments.Length; i++) argv[i] = (byte*)Marshal.StringToCoTaskMemUTF8(arguments[i]);
        argv[arguments.Length] = null;
        _ = SpawnAttributesInit(attributes);
        _ = SpawnAttributesSetFlags(attributes, OperatingSystem.IsMacOS() ? SetSessionOfMacOS : SetSessionOfGlibc);
        _ = SpawnActionsInit(actions);
        int error;
        fixed (byte* nowhere = "/dev/null\0"u8)
        {
            for (var fd = 0; fd <= 2; fd++) _ = SpawnActionsAddOpen(actions, fd, nowhere, fd == 0 ? 0 : 1, 0);
            int pid;
            fixed (byte* path = Zero(program)) error = PosixSpawn(&pid, path, actions, attributes, argv, OperatingSystem.IsMacOS() ? *EnvironmentOfMacOS() : *(byte***)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "environ"));
        }
        for (var i = 0; i < arguments.Length; i++) Marshal.FreeCoTaskMem((nint)argv[i]);
        _ = SpawnActionsDestroy(actions);
        _ = SpawnAttributesDestroy(attributes);
        if (error != 0) throw NotStarted(Marshal.GetPInvokeErrorMessage(error));
    }

    private static HookFault NotStarted(string cause, Exception? e = null) =>
        new($"the shipper could not be started ({cause}), so events wait; `septim ship` sends them", e);

    private static byte[] Zero(string text)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length) + 1];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }

    [LibraryImport("libSystem.dylib", EntryPoint = "_NSGetEnviron")]
    private static partial byte*** EnvironmentOfMacOS();

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
