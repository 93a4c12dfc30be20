using Septim.Hooks.Spend;
using Septim.Hooks.Tests.Support;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Spend;

/// <summary>Totals worked by hand. claude-sonnet-4-6: 3 / 15 / 3.75 / 6 / 0.30 USD per million tokens.</summary>
public sealed class CountingRulesTests
{
    private const long In = 3_000_000, Out = 15_000_000, W5 = 3_750_000, W1 = 6_000_000, Read = 300_000;

    public static TheoryData<string, string, long> Cases => new()
    {
        { "one line", Line.Assistant("a", 10, 20, 30, 0, 4, 5), 10 * In + 20 * Out + 30 * Read + 4 * W5 + 5 * W1 },
        { "blocks repeat the usage", Line.Join(Line.Assistant("a", 10), Line.Assistant("a", 10), Line.Assistant("a", 10)), 10 * In },
        { "placeholder smaller than the final line", Line.Join(Line.Assistant("a", 10, 1), Line.Assistant("a", 10, 700)), 10 * In + 700 * Out },
        { "final line first", Line.Join(Line.Assistant("a", 10, 700), Line.Assistant("a", 10, 1)), 10 * In + 700 * Out },
        { "field by field the largest", Line.Join(Line.Assistant("a", 10, 1), Line.Assistant("a", 2, 7)), 10 * In + 7 * Out },
        { "an id that returns later", Line.Join(Line.Assistant("a", 10), Line.Assistant("b", 1), Line.Assistant("a", 11)), 12 * In },
        { "request id stands in", Line.Join(Line.Assistant(null, 10, requestId: "r"), Line.Assistant(null, 10, requestId: "r")), 10 * In },
        { "a line with neither counts by itself", Line.Join(Line.Assistant(null, 10), Line.Assistant(null, 10)), 20 * In },
        { "flat write beyond the breakdown is a five-minute one", Line.Assistant("a", flat: 100, w5: 10, w1: 30), 70 * W5 + 30 * W1 },
        { "flat write alone", Line.Assistant("a", flat: 100), 100 * W5 },
        { "breakdown larger than flat counts alone", Line.Assistant("a", flat: 5, w1: 30), 30 * W1 },
        { "synthetic", Line.Assistant("a", 10, model: "<synthetic>"), 0 },
        { "api error", Line.Assistant("a", 10, top: "\"isApiErrorMessage\":true,"), 0 },
        { "other type", Line.Assistant("a", 10).Replace("\"type\":\"assistant\"}", "\"type\":\"progress\"}", StringComparison.Ordinal), 0 },
        { "no type given", Line.Assistant("a", 10).Replace(",\"type\":\"assistant\"}", "}", StringComparison.Ordinal), 10 * In },
        { "cost of the client does not replace ours", Line.Assistant("a", 10, top: "\"costUSD\":99,"), 10 * In },
        { "web searches", Line.Assistant("a", 1, web: 2), In + 20_000_000_000 },
        { "dearer of served and asked", Line.Assistant("a", 10, requested: "claude-opus-5"), 10 * 5_000_000 },
        { "cheaper one was asked", Line.Assistant("a", 10, requested: "claude-haiku-4-5"), 10 * In },
        { "dearer for this usage, not in general", Line.Assistant("a", read: 10, requested: "claude-fable-5-2"), 10 * Read },
        { "unknown model", Line.Assistant("a", 10, 1, model: "claude-next"), 10 * 15_000_000 + 75_000_000 },
        { "no model, but one was asked for", Line.Assistant("a", 10, model: null, requested: "claude-haiku-4-5"), 10 * 1_000_000 },
        { "no model at all", Line.Assistant("a", 10, model: null), 10 * 15_000_000 },
        { "fast", Line.Assistant("a", 10, model: "claude-opus-5-5", more: ",\"speed\":\"fast\""), 10 * 8_000_000 },
        { "geo", Line.Assistant("a", 10, 3, more: ",\"inference_geo\":\"us\""), (10 * In + 3 * Out) / 10 * 11 },
        { "geo eu", Line.Assistant("a", 10, more: ",\"inference_geo\":\"eu\""), 10 * In },
        { "batch", Line.Assistant("a", 10, web: 1, more: ",\"service_tier\":\"batch\""), 5 * In + 10_000_000_000 },
        { "message iteration mirrors", Line.Assistant("a", 10, more: ",\"iterations\":[{\"type\":\"message\",\"input_tokens\":10}]"), 10 * In },
        { "fallback iteration is free", Line.Assistant("a", 10, more: ",\"iterations\":[{\"type\":\"fallback_message\",\"input_tokens\":10}]"), 10 * In },
        { "advisor at its own model without the line's factors", Line.Join(
            Line.Assistant("a", 10, more: ",\"inference_geo\":\"us\",\"iterations\":[{\"type\":\"advisor_message\",\"model\":\"claude-opus-5\",\"input_tokens\":100,\"output_tokens\":2}]"),
            Line.Assistant("a", 10, more: ",\"inference_geo\":\"us\",\"iterations\":[{\"type\":\"advisor_message\",\"model\":\"claude-opus-5\",\"input_tokens\":100,\"output_tokens\":2}]")),
            11 * In + 100 * 5_000_000 + 2 * 25_000_000 },
        { "compaction at the request's model and factors", Line.Assistant("a", 10, more: ",\"service_tier\":\"batch\",\"iterations\":[{\"type\":\"compaction\",\"input_tokens\":100}]"), 55 * In },
        { "compaction has its own band", Line.Assistant("a", 99_999, model: "claude-haiku-5-5", more: ",\"iterations\":[{\"type\":\"compaction\",\"input_tokens\":100001}]"), 99_999L * 100_000 + 100_001L * 500_000 },
        { "unknown iteration is added", Line.Assistant("a", 10, more: ",\"iterations\":[{\"type\":\"dream\",\"input_tokens\":100}]"), 110 * In },
        { "a whole number written as a fraction or with exponent", Line.Assistant("a", 10).Replace("\"input_tokens\":10", "\"input_tokens\":1.0e1", StringComparison.Ordinal), 10 * In },
        { "a fraction is rounded up", Line.Assistant("a", 10).Replace("\"input_tokens\":10", "\"input_tokens\":9.1", StringComparison.Ordinal), 10 * In },
        { "null counters are absent", Line.Assistant("a", 10).Replace("\"output_tokens\":0", "\"output_tokens\":null", StringComparison.Ordinal), 10 * In },
        { "the last of two equal keys counts", Line.Assistant("a", 10).Replace("\"input_tokens\":10", "\"input_tokens\":99,\"input_tokens\":10", StringComparison.Ordinal), 10 * In },
        { "escaped letters in key and id", Line.Join(Line.Assistant("a", 10), Line.Assistant("\\u0061", 10).Replace("\"input_tokens\"", "\"\\u0069nput_tokens\"", StringComparison.Ordinal)), 10 * In },
        { "windows line ends", Line.Assistant("a", 10) + "\r\n" + Line.Assistant("b", 1) + "\r\n", 11 * In },
        { "byte-order mark", "\uFEFF" + Line.Assistant("a", 10) + "\n", 10 * In },
        { "half-written last line", Line.Join(Line.Assistant("a", 10)) + Line.Assistant("b", 1)[..^1], 10 * In },
        { "complete last line without its newline", Line.Join(Line.Assistant("a", 10)) + Line.Assistant("b", 1), 11 * In },
        { "two objects on one line", Line.Assistant("a", 10) + Line.Assistant("b", 1) + "\n", 11 * In },
        { "zeros before a line", "\0\0\0" + Line.Assistant("a", 10) + "\n", 10 * In },
        { "garbage between", Line.Join(Line.Assistant("a", 10), Line.Assistant("x", 5)[..60] + "\"usage\"", "\"usage\"", "[{\"usage\":1}]", "{\"usage\":}", "", Line.Assistant("b", 1)), 11 * In },
        { "half a line with the next one behind it", Line.Join("{\"pare" + Line.Assistant("a", 10), Line.Assistant("b", 1)), 11 * In },
        { "half a line, cut in a value", Line.Join(Line.Assistant("x", 5)[..^60] + Line.Assistant("a", 10)), 10 * In },
        { "half a line, cut in the text", Line.Join(Line.Assistant("x", 5)[..110] + Line.Assistant("a", 10), Line.Assistant("b", 1)), 11 * In },
        { "two halves of a line", Line.Join(Line.Assistant("x", 5)[..110] + Line.Assistant("y", 5)[..^30] + Line.Assistant("a", 10) + " "), 10 * In },
        { "half a line with a line of the person behind it", Line.Join(Line.Assistant("x", 5)[..^60] + Line.User("usage")), 0 },
        { "words with a line behind them", Line.Join("usage: " + Line.Assistant("x", 5)), 0 },
        { "half a line behind a whole one", Line.Join(Line.Assistant("a", 10) + Line.Assistant("x", 5)[..^60] + Line.Assistant("b", 1)), 11 * In },
        { "a response that broke off costs what its repetition costs", Line.Join(Line.Failure("connection_retry"), Line.Assistant("a", 10, 20, web: 1), Line.Assistant("a", 10, 20, web: 1)), 20 * In + 40 * Out + 10_000_000_000 },
        { "each time it breaks off", Line.Join(Line.Assistant("z", 1), Line.Failure("connection_retry"), Line.Failure("connection_retry"), Line.Assistant("a", 10), Line.Assistant("b", 1)), 32 * In },
        { "none of the others", Line.Join(Line.Failure("connection_retry"), Line.Assistant("a", 10), Line.Assistant("a", 11), Line.Assistant("b", 1)), 23 * In },
        { "each in its own band", Line.Join(Line.Failure("connection_retry"), Line.Assistant("a", 60_000, model: "claude-haiku-5-5")), 120_000L * 100_000 },
        { "a request without an answer is free", Line.Join(Line.Failure("request_retry"), Line.Assistant("a", 10)), 10 * In },
        { "a response that broke off and was not repeated", Line.Join(Line.Assistant("a", 10), Line.Failure("connection_retry")), 10 * In },
        { "a long text states its own output", Line.Join(Line.With(Line.Assistant("a", 10, 1), Text(300_000)), Line.With(Line.Assistant("a", 10, 20), Text(9000), stop: "tool_use")), 10 * In + 20 * Out },
        { "empty file", "", 0 },
    };

    private static string Text(int length) => $"{{\"type\":\"text\",\"text\":\"{new string('x', length)}\"}}";

    [Fact]
    public void A_response_that_broke_off_is_remembered_until_its_repetition_comes()
    {
        using var home = new TemporaryDirectory();
        var path = home.Write("p/s.jsonl", Line.Join(Line.Failure("connection_retry")));
        Assert.Equal(0, Read().Pico);
        File.AppendAllText(path, Line.Join(Line.Failure("connection_retry")));
        Assert.Equal(0, Read().Pico);
        File.AppendAllText(path, Line.Join(Line.Assistant("a", 10)));
        Assert.Equal(30 * In, Read().Pico);
        File.AppendAllText(path, Line.Join(Line.Assistant("a", 10, 5), Line.Assistant("b", 1)));
        Assert.Equal(31 * In + 15 * Out, Read().Pico);
        var fork = home.Write("p/f.jsonl", File.ReadAllText(path));
        Assert.Equal(31 * In + 15 * Out, Meter().Read(SpendScope.Session(path, [fork])).Total.Pico);
        Assert.Equal(31 * In + 15 * Out, Meter().ReadInFull(SpendScope.Session(path, [fork])).Total.Pico);

        Usd Read() => Meter().Read(SpendScope.Session(path)).Total;
        SpendMeter Meter() => new(FileSystem.Real, home["state"], PriceTable.Embedded, TimeProvider.System, Deadline.None);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Adds_up_to_the_hand_worked_total(string name, string transcript, long pico)
    {
        using var home = new TemporaryDirectory();
        var path = home.Write("p/s.jsonl", transcript);
        var meter = new SpendMeter(FileSystem.Real, home["state"], PriceTable.Embedded, TimeProvider.System, Deadline.None);
        Assert.Equal((name, pico), (name, meter.Read(SpendScope.Session(path)).Total.Pico));
        Assert.Equal(pico, meter.Read(SpendScope.Session(path)).Total.Pico);
        Assert.Equal(pico, meter.ReadInFull(SpendScope.Session(path)).Total.Pico);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("\"12\"")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("9223372036854775808")]
    [InlineData("1e300")]
    [InlineData("9223372036854775807")]
    public void A_count_that_is_no_count_is_a_fault_and_never_zero(string value)
    {
        using var home = new TemporaryDirectory();
        var path = home.Write("p/s.jsonl", Line.Join(Line.Assistant("a", 10).Replace("\"input_tokens\":10", "\"input_tokens\":" + value, StringComparison.Ordinal)));
        var meter = new SpendMeter(FileSystem.Real, home["state"], PriceTable.Embedded, TimeProvider.System, Deadline.None);
        Assert.Contains(path, Assert.Throws<HookFault>(() => meter.Read(SpendScope.Session(path))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_models_and_iterations_are_named()
    {
        using var home = new TemporaryDirectory();
        var path = home.Write("p/s.jsonl", Line.Join(Line.Assistant("a", 1, model: "claude-next"),
            Line.Assistant("b", 1, more: ",\"iterations\":[{\"type\":\"dream\",\"input_tokens\":1}]"), "{\"usage\":}"));
        var reading = new SpendMeter(FileSystem.Real, home["state"], PriceTable.Embedded, TimeProvider.System, Deadline.None).Read(SpendScope.Session(path));
        Assert.Equal(["claude-next"], reading.UnknownModels);
        Assert.Equal(["dream"], reading.UnknownIterations);
        Assert.Equal(1, reading.GarbageLines);
    }
}
