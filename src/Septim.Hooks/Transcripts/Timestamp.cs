namespace Septim.Hooks.Transcripts;

/// <summary>ISO 8601 as transcripts write it, without culture and allocation.</summary>
internal static class Timestamp
{
    /// <summary>Unix milliseconds of <c>2026-11-20T10:00:05.185Z</c>: fraction optional, zone Z or ±hh:mm. Null when it is no such time.</summary>
    public static long? Parse(ReadOnlySpan<byte> text)
    {
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)' ') || text[13] != ':' || text[16] != ':') return null;
        int year = Digits(text, 0, 4), month = Digits(text, 5, 2), day = Digits(text, 8, 2);
        int hour = Digits(text, 11, 2), minute = Digits(text, 14, 2), second = Digits(text, 17, 2);
        if (year < 1970 || month is < 1 or > 12 || day < 1 || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 60) return null;
        if (day > DateTime.DaysInMonth(year, month)) return null;
        var at = 19;
        long millis = 0;
        if (text[at] == '.')
        {
            var scale = 100;
            for (at++; at < text.Length && char.IsAsciiDigit((char)text[at]); at++)
            {
                millis += (text[at] - '0') * scale;
                scale /= 10;
            }
        }
        if (Offset(text[at..]) is not { } offsetMinutes) return null;
        var days = (new DateTime(year, month, day).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerDay;
        return ((days * 24 + hour) * 60 + minute - offsetMinutes) * 60_000 + second * 1000L + millis;
    }

    private static int? Offset(ReadOnlySpan<byte> zone)
    {
        if (zone is [(byte)'Z'] or [(byte)'z']) return 0;
        if (zone.Length != 6 || zone[0] is not ((byte)'+' or (byte)'-') || zone[3] != ':') return null;
        int hours = Digits(zone, 1, 2), minutes = Digits(zone, 4, 2);
        if (hours is < 0 or > 23 || minutes is < 0 or > 59) return null;
        return zone[0] == '-' ? -(hours * 60 + minutes) : hours * 60 + minutes;
    }

    private static int Digits(ReadOnlySpan<byte> text, int start, int count)
    {
        var value = 0;
        foreach (var c in text.Slice(start, count))
        {
            if (c is < (byte)'0' or > (byte)'9') return -1;
            value = value * 10 + (c - '0');
        }
        return value;
    }
}
