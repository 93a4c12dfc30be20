using System.Runtime.InteropServices;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>One number for the stats of many files: eight bytes instead of thirty-two a file in the table that every call with a 24 h ceiling reads.</summary>
internal static class StatPrint
{
    private const int Fields = 4;
    private const int AtOnce = 64;

    /// <summary>Device, inode, size and time of each, in this order; 0, which no kept print is, when one is no regular file.</summary>
    public static ulong Of(ReadOnlySpan<FileStat> stats)
    {
        ulong print = 0;
        Span<ulong> fields = stackalloc ulong[Fields * AtOnce];
        for (; stats.Length > 0; stats = stats[Math.Min(AtOnce, stats.Length)..])
        {
            var count = Math.Min(AtOnce, stats.Length);
            for (var i = 0; i < count; i++)
            {
                ref readonly var stat = ref stats[i];
                if (stat.Kind != FileKind.File) return 0;
                fields[Fields * i] = stat.Device;
                fields[Fields * i + 1] = stat.Inode;
                fields[Fields * i + 2] = unchecked((ulong)stat.Size);
                fields[Fields * i + 3] = unchecked((ulong)stat.MtimeNs);
            }
            print = KeyHash.Print(MemoryMarshal.AsBytes(fields[..(Fields * count)]), print);
        }
        return print;
    }
}
