using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Septim.Hooks.Transcripts;

/// <summary>
/// A second thread for a part of one call. Why not <see cref="Thread"/>: its start returns only once the new thread runs, which takes
/// 1.5 ms here, all of them spent on waiting; this one returns at once. On Windows it is a plain thread.
/// </summary>
internal sealed unsafe class SideThread
{
    private const int StackBytes = 256 * 1024;

    /// <summary><c>cpu_set_t</c>: 1,024 processors.</summary>
    private const int ProcessorWords = 16;

    private readonly Thread? _thread;
    private readonly nint _id;

    private SideThread(Thread? thread, nint id) => (_thread, _id) = (thread, id);

    /// <param name="body">Must not throw: nothing stands above it.</param>
    /// <returns>Null when the system has no thread to give.</returns>
    public static SideThread? Start(Action body)
    {
        if (OperatingSystem.IsWindows())
        {
            var thread = new Thread(() => body(), StackBytes) { IsBackground = true };
            thread.Start();
            return new SideThread(thread, 0);
        }
        var handle = GCHandle.Alloc(body);
        nint id;
        if (Libc.StartThread(&id, 0, &Run, GCHandle.ToIntPtr(handle)) == 0)
        {
            if (OperatingSystem.IsLinux()) MoveAside(id);
            return new SideThread(null, id);
        }
        handle.Free();
        return null;
    }

    /// <summary>
    /// Onto any processor but the caller's. Left to itself a kernel that packs threads lets it wait behind the caller for a millisecond, which
    /// is all the time there is. Nothing depends on it.
    /// </summary>
    private static void MoveAside(nint id)
    {
        var allowed = stackalloc ulong[ProcessorWords];
        var here = Libc.CurrentProcessor();
        if (here < 0 || here >= ProcessorWords * 64 || Libc.GetProcessors(0, ProcessorWords * sizeof(ulong), allowed) != 0) return;
        allowed[here / 64] &= ~(1UL << (here % 64));
        if (new ReadOnlySpan<ulong>(allowed, ProcessorWords).ContainsAnyExcept(0UL)) _ = Libc.SetThreadProcessors(id, ProcessorWords * sizeof(ulong), allowed);
    }

    /// <summary>Waits for its end; once.</summary>
    public void Join()
    {
        if (_thread is not null) _thread.Join();
        else _ = Libc.JoinThread(_id, 0);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Run(nint argument)
    {
        var handle = GCHandle.FromIntPtr(argument);
        var body = (Action)handle.Target!;
        handle.Free();
        body();
        return 0;
    }
}
