using System.Runtime;
using System.Runtime.CompilerServices;

namespace Septim.Hooks;

/// <summary>
/// What the processor can do. The runtime asks it seven times, and in a virtual machine each answer comes from the host, in 2 to 10
/// microseconds; glibc has asked already. Linked in place of the runtime's function (minipal's cpufeatures.c) on Linux for x64 like
/// <see cref="RuntimeStart"/>.
/// </summary>
internal static unsafe class ProcessorFeatures
{
    /// <summary>What the runtime calls AVX2 and everything below it, and AES: as much as the program makes use of. The build compares these numbers with the runtime's.</summary>
    private const int Sse42 = 1 << 0, Avx = 1 << 1, Avx2 = 1 << 2, Aes = 1 << 9;

    /// <summary>Leaves by glibc's number (sys/platform/x86.h), and what AVX2 and AES of the runtime need of each.</summary>
    private const int Leaf1 = 0, Leaf7 = 1, Leaf80000001 = 2;

    private const uint
        NeededOfLeaf1 = 1 << 0 | 1 << 1 | 1 << 9 | 1 << 12 | 1 << 19 | 1 << 20 | 1 << 22 | 1 << 23 | 1 << 25 | 1 << 27 | 1 << 28 | 1 << 29,
        NeededOfLeaf7 = 1 << 3 | 1 << 5 | 1 << 8,
        NeededOfLeaf80000001 = 1 << 5;

    [RuntimeExport("__wrap_minipal_getcpufeatures")]
    private static int Get() =>
        Has(GetLeaf(Leaf1)->UsableC, NeededOfLeaf1) && Has(GetLeaf(Leaf7)->UsableB, NeededOfLeaf7) && Has(GetLeaf(Leaf80000001)->UsableC, NeededOfLeaf80000001)
            ? Sse42 | Avx | Avx2 | Aes
            : Ask();

    private static bool Has(uint features, uint needed) => (features & needed) == needed;

    [RuntimeImport("*", "__x86_get_cpuid_feature_leaf"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern Leaf* GetLeaf(int leaf);

    [RuntimeImport("*", "__real_minipal_getcpufeatures"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern int Ask();

    /// <summary>glibc's struct cpuid_feature: the registers as the processor fills them, then those bits of them that the kernel supports too.</summary>
    private readonly struct Leaf
    {
#pragma warning disable CS0649, CS0169 // glibc writes it.
        private readonly uint _a, _b, _c, _d, _usableA;
        public readonly uint UsableB, UsableC;
#pragma warning restore CS0649, CS0169
    }
}
