using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Septim.Hooks;

/// <summary>
/// Memory for the static fields that the runtime sets up before <c>Main</c>. It asks for one small pinned object for each of some 3,300
/// types, a call into the collector each time, a fifth of a whole call of a hook. Here they are cut out of one array, as the collector
/// itself cuts ordinary objects out of a thread's allocation context. Linked in place of the runtime's own function on Linux
/// (<c>--wrap</c> in the project file); see docs/decisions/0010-static-fields-in-one-block.md.
/// </summary>
internal static unsafe partial class StaticBases
{
    /// <summary>GC_ALLOC_PINNED_OBJECT_HEAP: what the runtime passes for static fields.</summary>
    private const uint PinnedHeap = 64;

    private const int BlockBytes = 64 << 10;

    /// <summary>An array's header, method table and length: the rest of the block must stay one, so that the collector can walk over it.</summary>
    private static nint ArrayOverhead => 3 * sizeof(nint);

    /// <summary>Where the next object goes: the rest of the block, an array of bytes that nothing refers to.</summary>
    private static byte* s_rest;

    private static nint s_restBytes;

    /// <summary>The collections there had been when the block was made: a later one may have taken the rest back.</summary>
    private static int s_collections;

    private static bool s_isClosed;

    /// <summary>To be called when <c>Main</c> begins: from then on there are other threads, and the runtime's function answers.</summary>
    public static void Close() => s_isClosed = true;

    /// <summary>What RhAllocateNewObject of the runtime (GCHelpers.cpp) does, called in its place: an object of <paramref name="type"/>, all zero.</summary>
    [UnmanagedCallersOnly(EntryPoint = "__wrap_RhAllocateNewObject")]
    private static void Allocate(MethodTable* type, uint flags, byte** result)
    {
        nint size = type->BaseSize;
        if (s_isClosed || flags != PinnedHeap || size > BlockBytes / 16)
        {
            AllocateOne(type, flags, result);
            return;
        }
        if (s_restBytes < size + ArrayOverhead || s_collections != GC.CollectionCount(0)) TakeBlock();
        var taken = s_rest;
        var array = *(MethodTable**)taken;
        s_rest += size;
        s_restBytes -= size;
        *(MethodTable**)s_rest = array;
        *(nint*)(s_rest + sizeof(nint)) = s_restBytes - ArrayOverhead;
        *(nint*)(taken + sizeof(nint)) = 0;
        *(MethodTable**)taken = type;
        *result = taken;
    }

    private static void TakeBlock()
    {
        var block = GC.AllocateArray<byte>(BlockBytes, pinned: true);
        s_rest = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(block)) - 2 * sizeof(nint);
        s_restBytes = BlockBytes + ArrayOverhead;
        s_collections = GC.CollectionCount(0);
    }

    [LibraryImport("*", EntryPoint = "__real_RhAllocateNewObject")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void AllocateOne(MethodTable* type, uint flags, byte** result);

    /// <summary>What a type's description begins with (MethodTable.h of NativeAOT).</summary>
    private readonly struct MethodTable
    {
#pragma warning disable CS0649, CS0169 // The runtime writes it.
        private readonly uint _flags;
        public readonly int BaseSize;
#pragma warning restore CS0649, CS0169
    }
}
