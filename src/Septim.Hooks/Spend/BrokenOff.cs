using System.Buffers.Binary;
using System.IO.Hashing;

namespace Septim.Hooks.Spend;

/// <summary>
/// What a connection that breaks takes from the transcript (client 2.1.330, measured 2026-11). Of a response that had shown no whole block
/// there is a line that says that it is asked for again; of a later one there are its blocks, with the output that the first byte stated.
/// </summary>
internal static class BrokenOff
{
    /// <summary>The client's own estimate of what broke off.</summary>
    private const int BytesPerToken = 3;

    /// <summary>No text has so few tokens: in prose, code and JSON one stands for two to five bytes, in long rows of one character for some twenty.</summary>
    private const int MostBytesPerToken = 32;

    /// <summary>Less is not looked at.</summary>
    private const int FewBytes = 1024;

    /// <summary>The client gives a request up after ten.</summary>
    private const int MaxRepetitions = 64;

    /// <summary>The output tokens of a response that ended.</summary>
    /// <param name="stated">By its lines.</param>
    /// <param name="writtenBytes">Of its text, thinking and calls.</param>
    public static long Output(long stated, long writtenBytes) =>
        writtenBytes < FewBytes || stated > writtenBytes / MostBytesPerToken ? stated : writtenBytes / BytesPerToken;

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
