using System.Globalization;
using System.Text;
using Septim.Hooks.Recording;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Delivery;

/// <summary>How one sink fared, kept between runs.</summary>
/// <param name="Due">Before then it is left in peace; a flush asks anyway.</param>
/// <param name="FailingSince">Null when the last run went well.</param>
/// <param name="Failures">Runs in a row that gave up.</param>
/// <param name="Delivered">Events taken, ever.</param>
/// <param name="Reason">Why the last run gave up.</param>
internal sealed record SinkStatus(DateTimeOffset Due, DateTimeOffset? FailingSince, int Failures, long Delivered, string Reason)
{
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(15);

    /// <summary>No receiver is left in peace for longer, whatever it asks for; a rest beyond it was written by a clock that was wrong.</summary>
    private static readonly TimeSpan LongestAsked = TimeSpan.FromDays(1);

    /// <summary>The end of the year 9999, milliseconds since 1970.</summary>
    private const long LastMs = 253_402_300_799_999;

    public static readonly SinkStatus New = new(DateTimeOffset.UnixEpoch, null, 0, 0, "");

    /// <summary>Whether the sink may be asked now.</summary>
    public bool IsDue(DateTimeOffset now) => Due <= now || Due - now > LongestAsked;

    public SinkStatus AfterSuccess(int delivered) => New with { Delivered = Delivered + delivered };

    public SinkStatus AfterFailure(DeliveryFailure failure, int delivered, DateTimeOffset now)
    {
        var rest = failure.RetryAfter ?? TimeSpan.FromTicks(Math.Min(LongestRest.Ticks, FirstRest.Ticks << Math.Min(Failures, 6)));
        if (rest > LongestAsked) rest = LongestAsked;
        return new SinkStatus(now + rest, FailingSince ?? now, Failures + 1, Delivered + delivered, failure.Message);
    }

    public static SinkStatus Read(IFileSystem files, SpoolPaths paths, string sink)
    {
        Span<byte> buffer = stackalloc byte[2048];
        var handle = files.Open(paths.StatusOf(sink), out _);
        if (handle < 0) return New;
        var read = files.Read(handle, 0, buffer);
        files.Close(handle);
        var lines = read <= 0 ? [] : Encoding.UTF8.GetString(buffer[..read]).Split('\n');
        return lines.Length >= 5 && Time(lines[0]) is { } due && int.TryParse(lines[2], out var failures) && long.TryParse(lines[3], out var delivered)
            ? new SinkStatus(due, Time(lines[1]), failures, delivered, lines[4])
            : New;
    }

    public void Write(IFileSystem files, SpoolPaths paths, string sink)
    {
        if (files.CreateDirectory(paths.Status))
            files.Replace(paths.StatusOf(sink), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
                $"{Due.ToUnixTimeMilliseconds()}\n{FailingSince?.ToUnixTimeMilliseconds()}\n{Failures}\n{Delivered}\n{Reason.ReplaceLineEndings(" ")}\n")));
    }

    private static DateTimeOffset? Time(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ms) && ms is >= 0 and <= LastMs ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
}
