using System.Globalization;
using System.Runtime.InteropServices;

namespace Septim.Hooks;

/// <summary>
/// Room on the heap for what a large payload becomes. A fresh page costs up to 3 µs when it is first touched, and a command made to be
/// slow touches thousands: the kernel hands them out 512 at a time where it is asked to. Only a hint: nothing depends on it.
/// </summary>
internal static partial class HeapRoom
{
    /// <summary>What the costliest inputs allocate; what goes beyond is collected as usual.</summary>
    private const int Objects = 32 << 20, LargeObjects = 24 << 20;

    /// <summary>A process that may have less keeps the small pages.</summary>
    private const long EnoughMemory = 256 << 20;

    private const nuint HugePage = 2 << 20;

    private const int AdviseHugePages = 14;

    /// <summary>For a payload that outgrew the first buffer. About 0.3 ms, so not for an ordinary call.</summary>
    public static unsafe void Ask()
    {
        if (!OperatingSystem.IsLinux() || GC.GetGCMemoryInfo().TotalAvailableMemoryBytes < EnoughMemory || IsInSmallContainer()) return;
        // Why: it commits the room in whole regions; without, the collector commits 64 KB at a time and no huge page fits.
        if (!GC.TryStartNoGCRegion(Objects + LargeObjects, LargeObjects)) return;
        var newest = new byte[64];
        fixed (byte* address = newest)
        {
            // Why twice: the regions lie one after the other from here on, with small ones between.
            _ = Advise(((nuint)address + HugePage - 1) & ~(HugePage - 1), 2 * (Objects + LargeObjects), AdviseHugePages);
        }
    }

    /// <summary>The runtime does not look (<see cref="RuntimeStart"/>). Version 2 of control groups, then version 1; a machine without a limit has none of both, or a word in it.</summary>
    private static bool IsInSmallContainer()
    {
        foreach (var file in (ReadOnlySpan<string>)["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"])
        {
            if (File.Exists(file) && long.TryParse(File.ReadAllText(file).AsSpan().Trim(), CultureInfo.InvariantCulture, out var limit) && limit < EnoughMemory) return true;
        }
        return false;
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nuint address, nuint length, int advice);
}
