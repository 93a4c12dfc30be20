using System.Text;
using Septim.Hooks.Spend;
using Septim.Hooks.Tests.Support;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Spend;

public sealed class PriceTableTests
{
    private static readonly string Json = Path.Combine(Repository.Root, "src", "Septim.Hooks", "Spend", "prices.json");

    [Fact]
    public void The_rows_in_code_equal_the_file_with_the_sources()
    {
        var file = PriceFile.Parse(File.ReadAllBytes(Json), Json);
        Assert.Equal(26, file.Rows.Count);
        foreach (var (id, row) in file.Rows)
        {
            var code = PriceRows.Find(id);
            Assert.NotNull(code);
            Assert.Equal(row with { Dated = [] }, code with { Dated = [] });
            Assert.Equal(row.Dated, code.Dated);
        }
        Assert.Equal(file.Unknown, PriceRows.Unknown);
        Assert.Equal(file.WebSearch, PriceRows.WebSearch);
    }

    [Fact]
    public void An_unknown_model_costs_what_the_dearest_row_costs()
    {
        var file = PriceFile.Parse(File.ReadAllBytes(Json), Json);
        var dearest = file.Rows.Values.Aggregate(default(Rates), (most, row) => most.Max(row.Rates));
        Assert.Equal(dearest, PriceTable.Embedded.UnknownRates);
    }

    // Worked by hand: 1,000 input, 100 output, 10,000 cache read, 200 written for 5 minutes, 300 for an hour.
    [Theory]
    [InlineData("claude-haiku-4-5", 0, 1_000_000_000L + 500_000_000L + 1_000_000_000L + 250_000_000L + 600_000_000L)]
    [InlineData("claude-opus-5-5", 0, 4_000_000_000L + 2_000_000_000L + 2_000_000_000L + 1_000_000_000L + 2_400_000_000L)]
    [InlineData("claude-opus-5-5", 4, 2L * (4_000_000_000L + 2_000_000_000L + 2_000_000_000L + 1_000_000_000L + 2_400_000_000L))]
    [InlineData("claude-opus-4-6", 4, 6L * (5_000_000_000L + 2_500_000_000L + 5_000_000_000L + 1_250_000_000L + 3_000_000_000L))]
    [InlineData("claude-haiku-4-5", 4, 3_350_000_000L)]
    [InlineData("claude-haiku-4-5", 2, 3_685_000_000L)]
    [InlineData("claude-haiku-4-5", 1, 1_675_000_000L)]
    [InlineData("us.anthropic.claude-haiku-4-5", 0, 3_685_000_000L)]
    [InlineData("us.anthropic.claude-haiku-4-5", 3, 3_350_000_000L * 121 / 200)]
    [InlineData("global.anthropic.claude-haiku-4-5", 0, 3_350_000_000L)]
    [InlineData("us.anthropic.claude-sonnet-4", 0, 3_000_000_000L + 1_500_000_000L + 3_000_000_000L + 750_000_000L + 1_800_000_000L)]
    [InlineData("who-knows", 0, 15_000_000_000L + 7_500_000_000L + 15_000_000_000L + 3_750_000_000L + 9_000_000_000L)]
    [InlineData("who-knows", 4, 2L * (15_000_000_000L + 7_500_000_000L + 15_000_000_000L + 3_750_000_000L + 9_000_000_000L))]
    [InlineData("us.anthropic.who-knows", 2, (15_000_000_000L + 7_500_000_000L + 15_000_000_000L + 3_750_000_000L + 9_000_000_000L) / 10 * 11)]
    public void Prices_a_response_with_its_factors(string model, int context, long pico) =>
        Assert.Equal(pico, Price(model, new TokenCounts(1_000, 100, 10_000, 200, 300, 0), (UsageContext)context));

    [Fact]
    public void Fees_are_multiplied_by_nothing() =>
        Assert.Equal(500_000 + 30_000_000_000L, Price("claude-haiku-4-5", new TokenCounts(1, 0, 0, 0, 0, 3), UsageContext.Batch));

    [Theory]
    [InlineData("claude-haiku-5-5", 100_000, 100_000L * 100_000 + 500_000L * 10)]
    [InlineData("claude-haiku-5-5", 100_001, 100_001L * 500_000 + 2_500_000L * 10)]
    [InlineData("claude-sonnet-4-5", 200_000, 200_000L * 3_000_000L + 15_000_000L * 10)]
    [InlineData("claude-sonnet-4-5", 200_001, 200_001L * 6_000_000L + 22_500_000L * 10)]
    [InlineData("claude-sonnet-4-6", 200_001, 200_001L * 3_000_000L + 15_000_000L * 10)]
    public void A_band_starts_above_its_edge_and_covers_the_output(string model, long input, long pico) =>
        Assert.Equal(pico, Price(model, new TokenCounts(input, 10, 0, 0, 0, 0), UsageContext.None));

    [Fact]
    public void Every_kind_of_prompt_token_counts_for_the_band() =>
        Assert.Equal(5_000_000L * 625 / 1000 + (25_000 * 500_000L) + (25_000 * 50_000L) + (25_000 * 625_000L) + (25_001 * 1_000_000L) - 3_125_000L,
            Price("claude-haiku-5-5", new TokenCounts(25_000, 0, 25_000, 25_000, 25_001, 0), UsageContext.None));

    [Theory]
    [InlineData("2026-09-27T23:59:59.999Z", 100_000)]
    [InlineData("2026-09-28T00:00:00.000Z", 200_000)]
    [InlineData("2026-10-06T23:59:59.999Z", 200_000)]
    [InlineData("2026-10-07T00:00:00.000Z", 100_000)]
    [InlineData("2026-10-07T01:00:00.000+02:00", 200_000)]
    [InlineData(null, 100_000)]
    public void A_dated_row_covers_its_days_in_utc(string? time, long pico)
    {
        var at = time is null ? null : Timestamp.Parse(Encoding.UTF8.GetBytes(time));
        var table = PriceTable.Embedded;
        Assert.Equal(pico, table.Price(table.Resolve("claude-sonnet-5-5"), new TokenCounts(0, 0, 1, 0, 0, 0), UsageContext.None, at).Pico);
    }

    [Fact]
    public void A_price_that_does_not_fit_is_a_fault() =>
        Assert.Throws<HookFault>(() => Price("claude-opus-5", new TokenCounts(0, 900_000_000_000_000L, 0, 0, 0, 0), UsageContext.None));

    [Fact]
    public void A_users_file_replaces_and_adds_rows()
    {
        using var home = new TemporaryDirectory();
        var path = home.Write("prices.json", """
            { "models": { "claude-haiku-4-5": { "rates": { "input": 2, "output": 5, "cache_write_5m": 1.25, "cache_write_1h": 2, "cache_read": 0.1 } },
                          "house-model": { "rates": { "input": 100, "output": 5, "cache_write_5m": 1.25, "cache_write_1h": 2, "cache_read": 0.000001 } } } }
            """);
        var table = PriceTable.Load(FileSystem.Real, path);
        Assert.Equal(2_000_000L, table.Resolve("claude-haiku-4-5-20251001").Row.Rates.Input);
        Assert.Equal(1, table.Resolve("house-model").Row.Rates.CacheRead);
        Assert.Equal(5_000_000L, table.Resolve("claude-opus-5").Row.Rates.Input);
        Assert.Equal(new Rates(100_000_000L, 75_000_000L, 18_750_000L, 30_000_000L, 1_500_000L), table.UnknownRates);
        Assert.NotEqual(PriceTable.Embedded.Version, table.Version);
    }

    [Theory]
    [InlineData("{", "not readable")]
    [InlineData("""{ "models": { "m": { } } }""", "models.m has no \"rates\"")]
    [InlineData("""{ "models": { "m": { "rates": { "input": "1" } } } }""", "\"input\"")]
    [InlineData("""{ "models": { "m": { "rates": { "input": -1 } } } }""", "\"input\"")]
    [InlineData("""{ "models": { "m": { "rates": { "input": 0.0000001 } } } }""", "\"input\"")]
    public void A_wrong_file_is_a_fault_that_names_file_and_key(string json, string expected)
    {
        using var home = new TemporaryDirectory();
        var path = home.Write("prices.json", json);
        var fault = Assert.Throws<HookFault>(() => PriceTable.Load(FileSystem.Real, path));
        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    private static long Price(string model, TokenCounts tokens, UsageContext context) =>
        PriceTable.Embedded.Price(PriceTable.Embedded.Resolve(model), tokens, context, null).Pico;
}
