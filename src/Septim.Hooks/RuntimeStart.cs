using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Septim.Hooks;

/// <summary>
/// What the runtime does before <c>Main</c> and a hook has no use for: half a millisecond of looking at the machine. On Linux these
/// stand in place of the runtime's functions (<c>--wrap</c> in the project file); docs/decisions/0011-a-shorter-start.md says what each
/// costs and why it can be left out.
/// </summary>
/// <remarks>
/// They run before the runtime is there: no allocation, no static constructor, no exception, and no call but into libc without a transition.
/// </remarks>
internal static unsafe partial class RuntimeStart
{
    // From sys/auxv.h, sys/resource.h and sys/mman.h.
    private const int ExecutableName = 31, StackLimit = 3, AddressSpaceLimit = 9, DontDump = 16, DoDump = 17;

    public const nint Page = 4096;

    private const nint UsualStack = 8 << 20, FarthestFromTop = 1 << 20;

    /// <summary>How far apart the collector's objects may lie; it keeps tables for all of it. By itself it takes twice the machine's memory.</summary>
    private const long HeapRange = 4L << 30;

    /// <summary>In bytes: 1,024 processors. A kernel that counts more refuses, and the runtime's own function answers.</summary>
    private const int LargestMask = 128;

    /// <summary>1 where the environment has settings of the runtime, -1 where not, 0 before a look.</summary>
    private static int s_environment;

    private static nint s_finalizer, s_finalizerContext;

    /// <summary>The runtime's own function; null where none of this is linked in.</summary>
    private static delegate*<nint, nint, byte> s_startThread;

    /// <summary>For a command that lives longer than a hook: objects that nobody disposed of are finalized from here on.</summary>
    public static void StartFinalizers()
    {
        if (s_startThread != null) _ = s_startThread(s_finalizer, s_finalizerContext);
        s_startThread = null;
    }

    /// <summary>
    /// Ends a hook at once: nothing is left to be written, and the runtime would first set up what it needs to wait for threads that a
    /// hook has already waited for. Elsewhere it gives the code back.
    /// </summary>
    public static int End(int code)
    {
        if (OperatingSystem.IsLinux()) Exit(code);
        return code;
    }

    /// <summary>The memory limit of a container (GC's gcenv.unix.cpp).</summary>
    [RuntimeExport("__wrap__Z16InitializeCGroupv")]
    private static void SkipMemoryLimit() { }

    /// <summary>The processor limit of a container (PalUnix.cpp).</summary>
    [RuntimeExport("__wrap__Z19InitializeCpuCGroupv")]
    private static void SkipProcessorLimit() { }

    /// <summary>Which memory is near which processor (GC's numasupport.cpp).</summary>
    [RuntimeExport("__wrap__Z21NUMASupportInitializev")]
    private static void SkipNuma() { }

    /// <summary>
    /// The collector asks for some ninety settings, each in the environment and in two tables. Those that somebody made hold, and
    /// <see cref="HeapRange"/> beside them. Where the process may not have any addresses it likes the collector takes its own measure of them.
    /// </summary>
    [RuntimeExport("__wrap__ZN15GCToEEInterface17GetIntConfigValueEPKcS1_Pl")]
    private static byte CollectorSetting(byte* key, byte* publicKey, long* value)
    {
        if (MayBeSet(key) && ReadCollectorSetting(key, publicKey, value) != 0) return 1;
        if (!Is(key, "GCRegionRange\0"u8)) return 0;
        var limits = stackalloc nuint[2];
        if (GetLimit(AddressSpaceLimit, limits) != 0 || limits[0] <= (nuint)nint.MaxValue) return 0;
        *value = HeapRange;
        return 1;
    }

    /// <summary>The same for those that are on or off.</summary>
    [RuntimeExport("__wrap__ZN15GCToEEInterface21GetBooleanConfigValueEPKcS1_Pb")]
    private static byte CollectorSwitch(byte* key, byte* publicKey, byte* value) => MayBeSet(key) ? ReadCollectorSwitch(key, publicKey, value) : (byte)0;

    /// <summary>By the project file, which makes these two, or by anybody in the environment.</summary>
    private static bool MayBeSet(byte* key)
    {
        if (s_environment == 0) s_environment = HasRuntimeVariable() ? 1 : -1;
        return s_environment > 0 || Is(key, "GCgen0size\0"u8) || Is(key, "gcConcurrent\0"u8);
    }

    private static bool HasRuntimeVariable()
    {
        for (var variable = GetEnvironment(); *variable != null; variable++)
        {
            if (Is(*variable, "DOTNET_"u8)) return true;
        }
        return false;
    }

    private static bool Is(byte* text, ReadOnlySpan<byte> start)
    {
        for (var i = 0; i < start.Length; i++)
        {
            if (text[i] != start[i]) return false;
        }
        return true;
    }

    /// <summary>How many processors the machine may ever have: the runtime reads a file of the kernel's for it, twice, to know how large its masks must be. The kernel's own are as large.</summary>
    [RuntimeExport("__wrap_minipal_get_cpu_max_possible_count")]
    private static int PossibleProcessors()
    {
        var mask = stackalloc byte[LargestMask];
        var bytes = SystemCall(X86Base.IsSupported ? 204 : 123, 0, LargestMask, mask);
        return bytes > 0 ? (int)bytes * 8 : CountPossibleProcessors();
    }

    /// <summary>The finalizer thread waits until somebody has a use for it.</summary>
    [RuntimeExport("__wrap__Z23PalStartFinalizerThreadPFjPvES_")]
    private static byte KeepFinalizer(nint start, nint context)
    {
        s_finalizer = start;
        s_finalizerContext = context;
        s_startThread = &StartFinalizerThread;
        return 1;
    }

    /// <summary>The collector tells the kernel of each piece of its heap whether it belongs into a core dump.</summary>
    [RuntimeExport("__wrap_madvise")]
    private static int AdviseUnlessDump(nint address, nint length, int advice) =>
        advice is DontDump or DoDump ? 0 : Advise(address, length, advice);

    /// <summary>
    /// Of the first thread: glibc reads all of /proc/self/maps for them. The kernel puts the executable's name at the top of the stack, and
    /// how far down the stack may grow is the limit of the process.
    /// </summary>
    [RuntimeExport("__wrap__Z24PalGetMaximumStackBoundsPPvS0_")]
    private static byte StackBounds(nint* lowest, nint* highest)
    {
        var here = (nint)(&lowest);
        var name = (byte*)GetAuxiliaryValue(ExecutableName);
        if (GetThreadId() != GetProcessId() || name == null || (nint)name < here || (nint)name - here > FarthestFromTop) return StackBoundsOfThread(lowest, highest);
        while (*name != 0) name++;
        var limits = stackalloc nuint[2];
        if (GetLimit(StackLimit, limits) != 0) return StackBoundsOfThread(lowest, highest);
        *highest = ((nint)name + sizeof(nint) + Page) & -Page;
        *lowest = *highest - (limits[0] > (nuint)nint.MaxValue / 2 ? UsualStack : (nint)limits[0]);
        return 1;
    }

    [RuntimeImport("*", "__real_madvise"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern int Advise(nint address, nint length, int advice);

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void Exit(int code);

    [RuntimeImport("*", "getauxval"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern nint GetAuxiliaryValue(nint type);

    [RuntimeImport("*", "getpid"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern int GetProcessId();

    [RuntimeImport("*", "gettid"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern int GetThreadId();

    [RuntimeImport("*", "getrlimit"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern int GetLimit(int resource, nuint* limits);

    [RuntimeImport("*", "__real__ZN15GCToEEInterface17GetIntConfigValueEPKcS1_Pl"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern byte ReadCollectorSetting(byte* key, byte* publicKey, long* value);

    [RuntimeImport("*", "__real__ZN15GCToEEInterface21GetBooleanConfigValueEPKcS1_Pb"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern byte ReadCollectorSwitch(byte* key, byte* publicKey, byte* value);

    [RuntimeImport("*", "SystemNative_GetEnviron"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern byte** GetEnvironment();

    [RuntimeImport("*", "syscall"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern nint SystemCall(nint number, nint process, nint bytes, byte* mask);

    [RuntimeImport("*", "__real_minipal_get_cpu_max_possible_count"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern int CountPossibleProcessors();

    [RuntimeImport("*", "__real__Z24PalGetMaximumStackBoundsPPvS0_"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern byte StackBoundsOfThread(nint* lowest, nint* highest);

    [RuntimeImport("*", "__real__Z23PalStartFinalizerThreadPFjPvES_"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern byte StartFinalizerThread(nint start, nint context);
}
