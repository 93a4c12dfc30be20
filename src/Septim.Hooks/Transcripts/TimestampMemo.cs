using System.Buffers.Binary;

namespace Septim.Hooks.Transcripts;

/// <summary><see cref="Timestamp.Parse"/> for times that come one soon after the other: those of one minute differ in a few digits.</summary>
internal sealed class TimestampMemo
{
    /// <summary><c>2026-11-20T10:00:05.185Z</c>: up to the seconds, and whole.</summary>
    private const int MinuteBytes = 16, Bytes = 24;

    private UInt128 _minute;
    private long? _start;

    /// <summary>As <see cref="Timestamp.Parse"/>.</summary>
    public long? Parse(ReadOnlySpan<byte> text)
    {
        if (text.Length != Bytes) return Timestamp.Parse(text);
        var minute = BinaryPrimitives.ReadUInt128LittleEndian(text);
        if (_start is { } start && minute == _minute && text[MinuteBytes] == ':' && text[19] == '.' && text[23] == 'Z')
        {
            int tens = text[17] - '0', ones = text[18] - '0', first = text[20] - '0', second = text[21] - '0', third = text[22] - '0';
            if (tens is >= 0 and < 6 && ones is >= 0 and < 10 && first is >= 0 and < 10 && second is >= 0 and < 10 && third is >= 0 and < 10)
                return start + (tens * 10 + ones) * 1000 + first * 100 + second * 10 + third;
        }
        var time = Timestamp.Parse(text);
        // Why: a leap second is one of the next minute.
        if (time is { } milliseconds && text[23] == 'Z' && text[17] < '6') (_minute, _start) = (minute, milliseconds - milliseconds % 60_000);
        return time;
    }
}
