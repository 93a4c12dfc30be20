using System.Buffers.Binary;
using System.IO.Hashing;

namespace Septim.Hooks.Spend;

/// <summary>
/// Responses that a connection took away before a whole block of them had come (client 2.1.330, measured 2026-11): all that is left of one is
/// a line that says that it is asked for again.
/// </summary>
internal static class BrokenOff
{
    /// <summary>The client gives a request up after ten.</summary>
    private const int MaxRepetitions = 64;

    /// <summary>How many of them count.</summary>
    public static long Times(long broken) => Math.Min(broken, MaxRepetitions);

    /// <summary>Each response that broke off before this one, as what its repetition cost: at the most so much, and nothing else is known of it.</summary>
    public static IEnumerable<UsageRecord> Before(UsageRecord response, long broken)
    {
        var record = response;
        (record.Kind, record.Usage.WebSearches) = (RecordKind.Pass, 0);
        for (var i = 0; i < Times(broken); i++)
        {
            var key = KeyOf(response.Key, i);
            (record.KeyHigh, record.KeyLow) = (key.High(), key.Low());
            yield return record;
        }
    }

    private static UInt128 KeyOf(UInt128 response, int index)
    {
        Span<byte> name = stackalloc byte[20];
        BinaryPrimitives.WriteUInt128LittleEndian(name, response);
        BinaryPrimitives.WriteInt32LittleEndian(name[16..], index);
        return XxHash128.HashToUInt128(name, seed: 'b');
    }
}
