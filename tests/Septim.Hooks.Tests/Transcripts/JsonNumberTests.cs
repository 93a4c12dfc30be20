using System.Globalization;
using System.Text;
using CsCheck;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Transcripts;

public sealed class JsonNumberTests
{
    [Theory]
    [InlineData("0", 0L)]
    [InlineData("-0", 0L)]
    [InlineData("12", 12L)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("9223372036854775808", null)]
    [InlineData("99999999999999999999999999999999999999999", null)]
    [InlineData("1.2e1", 12L)]
    [InlineData("120E-1", 12L)]
    [InlineData("11.0000000000000000000000000000000000000001", 12L)]
    [InlineData("1e-400", 1L)]
    [InlineData("0e400", 0L)]
    [InlineData("1e400", null)]
    [InlineData("-1", null)]
    [InlineData("-0.5", null)]
    [InlineData("", null)]
    [InlineData("abc", null)]
    [InlineData("1x", null)]
    [InlineData("1e", null)]
    [InlineData("true", null)]
    public void A_count_is_whole_or_rounded_up_or_nothing(string text, long? expected) =>
        Assert.Equal(expected, JsonNumber.Count(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void A_short_count_is_what_its_digits_say_whatever_follows() => Gen.Int[0, 9_999_999].Select(Gen.Byte.Array[0, 12]).Sample((number, behind) =>
    {
        byte[] text = [.. Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)), .. behind];
        var digits = text.AsSpan().IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits < 0) digits = text.Length;
        var expected = text.Length < 8 || digits > 7 ? (0, 0L) : (digits, long.Parse(text.AsSpan(0, digits), CultureInfo.InvariantCulture));

        Assert.Equal(expected, (JsonNumber.ShortCount(text, out var count), count));
    });

    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("1234567", 0, 0)]
    [InlineData(",1234567", 0, 0)]
    [InlineData("12345678,", 0, 0)]
    [InlineData("1234567,", 7, 1_234_567)]
    [InlineData("0,\"a\":1}", 1, 0)]
    [InlineData("9}      ", 1, 9)]
    [InlineData("00042]]]]", 5, 42)]
    public void A_short_count_has_one_to_seven_digits_and_eight_bytes(string text, int digits, long expected) =>
        Assert.Equal((digits, expected), (JsonNumber.ShortCount(Encoding.ASCII.GetBytes(text), out var count), count));

    [Theory]
    [InlineData("0.3216", 321_600_000_000)]
    [InlineData("7.1e-3", 7_100_000_000)]
    [InlineData("0.30000000000000004", 300_000_000_000)]
    [InlineData("0.0000000000005", 1)]
    [InlineData("0.0000000000004", 0)]
    [InlineData("12", 12_000_000_000_000)]
    public void Dollars_come_to_the_nearest_pico_dollar(string text, long pico) =>
        Assert.Equal(pico, JsonNumber.Pico(Encoding.ASCII.GetBytes(text)));

    [Theory]
    [InlineData("2026-11-20T10:00:05.185Z", 1_795_168_805_185)]
    [InlineData("2026-11-20T10:00:05Z", 1_795_168_805_000)]
    [InlineData("2026-11-20T10:00:05.1859999+02:00", 1_795_161_605_185)]
    [InlineData("2026-02-30T10:00:05Z", null)]
    [InlineData("2026-11-20T10: 0:05Z", null)]
    [InlineData("2026-1 -20T10:00:05+0 :00", null)]
    [InlineData("2026-11-20 at noon, more", null)]
    [InlineData("yesterday", null)]
    [InlineData("", null)]
    public void A_time_is_iso_8601_or_none(string text, long? unixMilliseconds) =>
        Assert.Equal(unixMilliseconds, Timestamp.Parse(Encoding.ASCII.GetBytes(text)));
}
