using System.Text;
using System.Text.Json;
using CsCheck;
using Septim.Hooks.Claude;

namespace Septim.Hooks.Tests.Claude;

public sealed class JsonStringTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Const("\\n"), Gen.Const("\\\""), Gen.Const("\\\\"), Gen.Const("\\/"), Gen.Const("\\b\\f\\r\\t"), Gen.Const("\\u00e9"), Gen.Const("\\uD83D\\uDE00"),
        Gen.Const("日本語"), Gen.Const("🚀"), Gen.String[Gen.Char['!', 'Z'].Where(c => c != '"'), 0, 60]).Array[0, 12].Select(parts => string.Concat(parts));

    [Fact]
    public void Reads_what_the_base_library_reads() => Texts.Sample(raw =>
    {
        var json = Encoding.UTF8.GetBytes('"' + raw + '"');
        Assert.Equal(JsonSerializer.Deserialize<string>(json), JsonString.Of(json.AsSpan(1, json.Length - 2), raw.Contains('\\', StringComparison.Ordinal)));
    }, iter: 2_000);

    /// <summary>Numbers, since the test runner itself cannot hand on half a pair.</summary>
    [Theory]
    [InlineData("\\uD800", 0xD800)]
    [InlineData("\\udc01", 0xDC01)]
    [InlineData("\\u0000", 0)]
    public void Keeps_what_is_no_character_as_it_is(string raw, int expected) =>
        Assert.Equal(expected, Assert.Single(JsonString.Of(Encoding.UTF8.GetBytes(raw), isEscaped: true)));

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("\\n\\t\\r\\b\\f\\\\\\/\\\"")]
    [InlineData("a\\u0041\\u00e9\\u4E2D\\uabcd\\uABCD\\u0000z")]
    [InlineData("\\ud83d\\ude00 \ud83d\ude00 \u00e9\u4e2d")]
    [InlineData("a long stretch of more than thirty letters before \\n and a long stretch after it, with \u00e9 in it")]
    [InlineData("short\u00e9\\nshort\u00e9\\n")]
    public void Is_what_the_base_library_reads(string raw)
    {
        var json = Encoding.UTF8.GetBytes("\"" + raw + "\"");
        var reader = new Utf8JsonReader(json);
        reader.Read();
        Assert.Equal(reader.GetString(), JsonString.Of(in reader));
    }
}
