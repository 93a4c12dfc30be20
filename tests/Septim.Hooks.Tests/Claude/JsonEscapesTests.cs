using System.Text;
using System.Text.Json;
using Septim.Hooks.Claude;

namespace Septim.Hooks.Tests.Claude;

public sealed class JsonEscapesTests
{
    [Fact]
    public void Every_character_comes_back_and_no_control_character_is_left()
    {
        for (var unit = 0; unit < 0x10000; unit += 64)
        {
            var text = new string([.. Enumerable.Range(unit, 64).Select(i => (char)i).Where(c => !char.IsSurrogate(c))]);
            var json = Written(text);
            Assert.Equal(text, JsonDocument.Parse(json).RootElement.GetString());
            Assert.DoesNotContain(json, char.IsControl);
        }
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\"b\\c\n\r\t\b\f", "a\\\"b\\\\c\\n\\r\\t\\b\\f")]
    [InlineData("\u0001\u007f\u009b", "\\u0001\\u007f\\u009b")]
    [InlineData("é 日本 😀 \u2028", "é 日本 😀 \u2028")]
    [InlineData("<script>&'+", "<script>&'+")]
    public void Only_what_must_be_escaped_is(string text, string expected) => Assert.Equal($"\"{expected}\"", Written(text));

    [Theory]
    [InlineData(0xD83D, "")]
    [InlineData(0xDE00, "x")]
    [InlineData(0xD83D, "x")]
    public void Half_a_surrogate_pair_becomes_the_replacement_character(int half, string behind) =>
        Assert.Equal("a\ufffd" + behind, JsonDocument.Parse(Written("a" + (char)half + behind)).RootElement.GetString());

    private static string Written(string text)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JsonEscapes.Only })) json.WriteStringValue(text);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
