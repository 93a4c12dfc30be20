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
        if (Libc.StartThread(&id, 0, &Run, GCHandle.ToIntPtr(handle)) == 0) return new SideThread(null, id);
        handle.Free();
        return null;
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
