namespace Septim.Hooks.Transcripts;

/// <summary>ISO 8601 as transcripts write it, without culture and allocation.</summary>
internal static class Timestamp
{
    /// <summary>Unix milliseconds of <c>2026-11-20T10:00:05.185Z</c>: fraction optional, zone Z or ±hh:mm. Null when it is no such time.</summary>
    public static long? Parse(ReadOnlySpan<byte> text)
    {
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)' ') || text[13] != ':' || text[16] != ':') return null;
        int century = TwoDigits(text, 0), year = century * 100 + TwoDigits(text, 2), month = TwoDigits(text, 5), day = TwoDigits(text, 8);
        int hour = TwoDigits(text, 11), minute = TwoDigits(text, 14), second = TwoDigits(text, 17);
        if ((century | year | month | day | hour | minute | second) < 0) return null;
        if (year < 1970 || month is < 1 or > 12 || day < 1 || hour > 23 || minute > 59 || second > 60) return null;
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
        int hours = TwoDigits(zone, 1), minutes = TwoDigits(zone, 4);
        if (hours is < 0 or > 23 || minutes is < 0 or > 59) return null;
        return zone[0] == '-' ? -(hours * 60 + minutes) : hours * 60 + minutes;
    }

    /// <summary>Negative, also with a century before it, when they are none.</summary>
    private static int TwoDigits(ReadOnlySpan<byte> text, int start)
    {
        int tens = text[start] - '0', ones = text[start + 1] - '0';
        return tens is < 0 or > 9 || ones is < 0 or > 9 ? -10_000 : tens * 10 + ones;
    }
}
