using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Septim.Hooks.Transcripts;

/// <summary>
/// A second thread for parts of one call. Why not <see cref="Thread"/>: its start returns only once the new thread runs, which takes
/// 1.5 ms here, all of them spent on waiting; this one returns at once. On Windows it is a plain thread.
/// </summary>
internal sealed unsafe class SideThread
{
    private const int StackBytes = 256 * 1024;

    /// <summary><c>cpu_set_t</c>: 1,024 processors.</summary>
    private const int ProcessorWords = 16;

    /// <summary>To sleep and be woken takes longer than most waits of one thread for the other, so each first looks for so long.</summary>
    private const int LookMicroseconds = 2_000;

    private volatile Action? _body;
    private volatile bool _isOver;
    private ExceptionDispatchInfo? _fault;
    private nint _id;

    private SideThread() { }

    /// <summary>Begins one, to be ended by <see cref="End"/>.</summary>
    /// <returns>Null when the system has no thread to give, or no second processor.</returns>
    public static SideThread? Start()
    {
        if (Environment.ProcessorCount == 1) return null;
        var side = new SideThread();
        if (OperatingSystem.IsWindows())
        {
            new Thread(side.Work, StackBytes) { IsBackground = true }.Start();
            return side;
        }
        var handle = GCHandle.Alloc(side);
        nint id;
        if (Libc.StartThread(&id, 0, &Begin, GCHandle.ToIntPtr(handle)) == 0)
        {
            side._id = id;
            if (OperatingSystem.IsLinux()) MoveAside(id);
            return side;
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

    /// <summary>Gives it something to do, once it is done with what it has.</summary>
    public void Run(Action body)
    {
        Wait();
        _body = body;
    }

    /// <summary>The same, and it goes afterwards: to look for more to do takes a processor's time. <see cref="End"/> is still to be called.</summary>
    public void RunLast(Action body)
    {
        Run(body);
        _isOver = true;
    }

    /// <summary>Waits until it has done what it was given, and throws what that threw.</summary>
    public void Wait()
    {
        WaitForBody();
        var fault = _fault;
        _fault = null;
        fault?.Throw();
    }

    /// <summary>Waits, and lets it go; once. Throws nothing.</summary>
    public void End()
    {
        WaitForBody();
        _isOver = true;
        if (_id != 0) _ = Libc.DetachThread(_id);
    }

    private void WaitForBody()
    {
        for (var until = LookUntil(); _body is not null;)
            if (Stopwatch.GetTimestamp() > until) Thread.Sleep(1);
    }

    private void Work()
    {
        for (var until = LookUntil(); ;)
        {
            // Why before the body: what is given last is given before it is over.
            var isOver = _isOver;
            if (_body is { } body)
            {
                try
                {
                    body();
                }
                // Why any: no fault policy stands above this thread; the first one meets the fault when it waits.
                catch (Exception e)
                {
                    _fault = ExceptionDispatchInfo.Capture(e);
                }
                _body = null;
                until = LookUntil();
            }
            else if (isOver)
            {
                return;
            }
            else if (Stopwatch.GetTimestamp() > until)
            {
                Thread.Sleep(1);
            }
        }
    }

    private static long LookUntil() => Stopwatch.GetTimestamp() + LookMicroseconds * Stopwatch.Frequency / 1_000_000;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Begin(nint argument)
    {
        var handle = GCHandle.FromIntPtr(argument);
        var side = (SideThread)handle.Target!;
        handle.Free();
        side.Work();
        return 0;
    }
}
