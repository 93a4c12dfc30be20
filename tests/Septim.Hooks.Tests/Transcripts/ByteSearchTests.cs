using System.Buffers;
using System.Text;
using CsCheck;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Transcripts;

public sealed class ByteSearchTests
{
    // Why these letters: all bytes of the needles, so that near hits are common.
    private static readonly Gen<string> GenText = Gen.Frequency(
        (6, Gen.String[Gen.Char["usage\"cost-[]{}\\\n ,:xrm"], 0, 300]),
        (1, Gen.Const("usage\"")),
        (1, Gen.Const("error\":{\"message\"")),
        (1, Gen.Const("cost-state\""))).Array[0, 6].Select(parts => string.Concat(parts));

    [Fact]
    public void Finds_the_first_needle_at_every_place_and_length() => GenText.Sample(text =>
    {
        var places = new[] { "usage\"", "cost-state\"", "error\":{\"message\"" }.Select(needle => text.IndexOf(needle, StringComparison.Ordinal)).Where(at => at >= 0).ToArray();
        var expected = places.Length == 0 ? -1 : places.Min();
        Assert.Equal(expected, ByteSearch.IndexOfNeedle(Encoding.ASCII.GetBytes(text), out var newline));
        Assert.Equal((expected < 0 ? text : text[..expected]).LastIndexOf('\n'), newline);
    }, iter: 3_000);

    private static readonly SearchValues<byte> StringEnds = SearchValues.Create("\"\\\n"u8);
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]\n"u8);

    [Fact]
    public void Finds_what_ends_a_string_and_what_structures_a_value() => GenText.Sample(text =>
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        Assert.Equal(bytes.AsSpan().IndexOfAny(StringEnds), ByteSearch.IndexOfStringEnd(bytes));
        Assert.Equal(bytes.AsSpan().IndexOfAny(Structure), ByteSearch.IndexOfStructure(bytes));
    }, iter: 3_000);

    [Fact]
    public void Finds_the_quote_that_closes_a_string_however_it_is_cut_in_two() => Gen.Select(GenText, Gen.Int[0, 400]).Sample((text, cut) =>
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        var expected = -1;
        for (var i = 0; i < bytes.Length && expected < 0; i++)
        {
            if (bytes[i] is (byte)'"' or (byte)'\n') expected = i;
            else if (bytes[i] == '\\' && i + 1 < bytes.Length && bytes[i + 1] != '\n') i++;
        }
        var head = bytes.AsSpan(0, Math.Min(cut, bytes.Length));
        var found = ByteSearch.IndexOfStringClose(head, out var passed);
        if (found < 0) found = ByteSearch.IndexOfStringClose(bytes.AsSpan(passed), out _) is >= 0 and var rest ? passed + rest : -1;
        Assert.Equal(expected, found);
    }, iter: 5_000);
}
