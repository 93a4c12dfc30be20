using System.Runtime;
using System.Runtime.CompilerServices;

namespace Septim.Hooks;

/// <summary>
/// The first pages of the collector's heap and of its tables, made accessible at once. By itself it asks for a few kilobytes at a time, in
/// some thirteen calls before a hook has done its work; each splits a mapping of the kernel's. Nothing is touched by it, so nothing is
/// used. Linked in place of the runtime's functions like <see cref="RuntimeStart"/>, under the same rules.
/// </summary>
internal static class HeapStart
{
    /// <summary>A hook's heap lies in it whole: one region of 32 MiB for large objects, then one of 4 MiB for each generation.</summary>
    private const nint FirstPart = 64 << 20;

    /// <summary>The collector reserves its heap, its tables, and a little for handles; the last is not worth a look.</summary>
    private const nint WorthALook = 1 << 20;

    /// <summary>What a hook allocates, about, behind its static fields.</summary>
    private const nint UsualHeap = 128 << 10;

    // From sys/mman.h.
    private const int ReadWrite = 3, NoHugePages = 15, PopulateWrite = 23;

    /// <summary>What is accessible: in the heap and in its tables.</summary>
    private static nint s_heap, s_heapEnd, s_tables, s_tablesEnd;

    [RuntimeExport("__wrap__ZN15GCToOSInterface14VirtualReserveEmmjt")]
    private static nint Reserve(nint size, nint alignment, uint flags, ushort node)
    {
        var start = ReserveOnly(size, alignment, flags, node);
        if (start == 0 || size < WorthALook || s_tables != 0) return start;
        var part = size < FirstPart ? size : FirstPart;
        if (Protect(start, part, ReadWrite) != 0) return start;
        // Why: a huge page for a few objects costs more to clear than a hook has time for.
        _ = RuntimeStart.Advise(start, part, NoHugePages);
        if (s_heap == 0)
        {
            s_heap = start;
            s_heapEnd = start + part;
        }
        else
        {
            s_tables = start;
            s_tablesEnd = start + part;
        }
        return start;
    }

    [RuntimeExport("__wrap__ZN15GCToOSInterface13VirtualCommitEPvmt")]
    private static byte Commit(nint start, nint size, ushort node)
    {
        var end = start + size;
        return (start >= s_heap && end <= s_heapEnd) || (start >= s_tables && end <= s_tablesEnd) ? (byte)1 : CommitNow(start, size, node);
    }

    /// <summary>From the first piece that is given back on, the collector asks for every piece.</summary>
    [RuntimeExport("__wrap__ZN15GCToOSInterface15VirtualDecommitEPvm")]
    private static byte Decommit(nint start, nint size)
    {
        s_heapEnd = s_heap;
        s_tablesEnd = s_tables;
        return DecommitNow(start, size);
    }

    /// <summary>Pages that are about to be written, in one call instead of one fault each. A kernel before 5.14 refuses, and they come one by one.</summary>
    public static void Populate(nint start, nint end)
    {
        start &= -RuntimeStart.Page;
        _ = RuntimeStart.Advise(start, ((end + RuntimeStart.Page - 1) & -RuntimeStart.Page) - start, PopulateWrite);
    }

    /// <summary>The pages that come next in this thread's allocation context. Unlike the rest here it needs the heap.</summary>
    public static void PopulateNext()
    {
        var next = AddressOf(new object());
        Populate(next, next + UsualHeap);
    }

    /// <summary>Good until the next collection.</summary>
    public static nint AddressOf(object thing) => Unsafe.As<object, nint>(ref thing);

    [RuntimeImport("*", "mprotect"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern int Protect(nint start, nint size, int protection);

    [RuntimeImport("*", "__real__ZN15GCToOSInterface14VirtualReserveEmmjt"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern nint ReserveOnly(nint size, nint alignment, uint flags, ushort node);

    [RuntimeImport("*", "__real__ZN15GCToOSInterface13VirtualCommitEPvmt"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern byte CommitNow(nint start, nint size, ushort node);

    [RuntimeImport("*", "__real__ZN15GCToOSInterface15VirtualDecommitEPvm"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern byte DecommitNow(nint start, nint size);
}
