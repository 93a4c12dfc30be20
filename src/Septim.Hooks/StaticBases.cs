using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Septim.Hooks;

/// <summary>
/// The static fields of references that the runtime sets up before <c>Main</c>: one small pinned object for each of some 3,400 types. By
/// itself it asks the collector for each of them, a fifth of a whole call of a hook. Here they are cut out of one array, as the collector
/// itself cuts ordinary objects out of a thread's allocation context. Linked in place of the runtime's own function on Linux
/// (<c>--wrap</c> in the project file); see docs/decisions/0010-static-fields-in-one-block.md.
/// </summary>
/// <remarks>It runs before the first static constructor, while there is one thread: from the array's birth to the last cut nothing is allocated, so nothing collects.</remarks>
internal static unsafe class StaticBases
{
    /// <summary>ReadyToRunSectionType.GCStaticRegion: 4 bytes a type, the distance to its slot; a slot holds the distance to the type until it holds the object.</summary>
    private const int Region = 201;

    /// <summary>GCStaticRegionConstants, in the lowest bits of a slot: what the object begins with lies behind the second distance.</summary>
    private const int HasInitialValues = 2;

    /// <summary>An object's header and method table.</summary>
    private static int ObjectOverhead => 2 * sizeof(nint);

    /// <summary>What RhpGetModuleSection of the runtime does; the region of static fields is filled at once and given back as empty.</summary>
    [RuntimeExport("__wrap_RhpGetModuleSection")]
    private static byte* Section(nint module, int section, int* length)
    {
        var start = SectionOfRuntime(module, section, length);
        if (section == Region && start != null)
        {
            Fill((int*)start, *length / sizeof(int));
            *length = 0;
        }
        return start;
    }

    private static void Fill(int* region, int count)
    {
        nint bytes = 0, first = nint.MaxValue, last = 0;
        for (var i = 0; i < count; i++)
        {
            var slot = Target(region + i);
            bytes += TypeOf(slot)->BaseSize;
            first = nint.Min(first, slot);
            last = nint.Max(last, slot);
        }
        HeapStart.Populate(first, last + sizeof(nint));
        HeapStart.PopulateNext();
        var roots = new object[count];
        var root = (nint*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(roots));
        var block = GC.AllocateArray<byte>((int)bytes, pinned: true);
        // An array of bytes, which becomes shorter with each object that is cut off before it.
        var rest = (byte*)HeapStart.AddressOf(block);
        var array = *(MethodTable**)rest;
        HeapStart.Populate((nint)rest, (nint)rest + bytes);
        *(nint*)(rest + sizeof(nint)) = 0;
        for (var i = 0; i < count; i++)
        {
            var slot = Target(region + i);
            var type = TypeOf(slot);
            *(MethodTable**)rest = type;
            if ((*(int*)slot & HasInitialValues) != 0) Copy((nint*)Target((int*)slot + 1), (nint*)rest + 1, (type->BaseSize - ObjectOverhead) / sizeof(nint));
            *(byte**)slot = rest;
            // Why without the write barrier: it tells of references into younger generations, and a pinned object belongs to the oldest.
            root[i] = (nint)rest;
            rest += type->BaseSize;
        }
        *(MethodTable**)rest = array;
        _ = GCHandle.Alloc(roots);
    }

    private static void Copy(nint* from, nint* to, int count)
    {
        for (var i = 0; i < count; i++) to[i] = from[i];
    }

    private static nint Target(int* distance) => (nint)distance + *distance;

    private static MethodTable* TypeOf(nint slot) => (MethodTable*)(Target((int*)slot) & -4);

    [RuntimeImport("*", "__real_RhpGetModuleSection"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern byte* SectionOfRuntime(nint module, int section, int* length);

    /// <summary>What a type's description begins with (MethodTable.h of NativeAOT).</summary>
    private readonly struct MethodTable
    {
#pragma warning disable CS0649, CS0169 // The runtime writes it.
        private readonly uint _flags;
        public readonly int BaseSize;
#pragma warning restore CS0649, CS0169
    }
}
