using Septim.Hooks.Spend;

namespace Septim.Hooks.Tests.Spend;

public sealed class UsdTests
{
    [Theory]
    [InlineData("5", 5_000_000_000_000)]
    [InlineData("$5", 5_000_000_000_000)]
    [InlineData("0.25", 250_000_000_000)]
    [InlineData(".5", 500_000_000_000)]
    [InlineData("0.000000000001", 1)]
    [InlineData("1.0000000000000", 1_000_000_000_000)]
    [InlineData("9223372.036854775807", long.MaxValue)]
    public void Reads_decimal_text_exactly(string text, long pico)
    {
        Assert.True(Usd.TryParse(text, out var amount));
        Assert.Equal(pico, amount.Pico);
    }

    [Theory]
    [InlineData("")]
    [InlineData("$")]
    [InlineData(".")]
    [InlineData("-1")]
    [InlineData("1e3")]
    [InlineData("1,5")]
    [InlineData("5 USD")]
    [InlineData("0.0000000000001")]
    [InlineData("9223372.036854775808")]
    public void Refuses_what_is_no_amount(string text) => Assert.False(Usd.TryParse(text, out _));

    [Theory]
    [InlineData(5_000_000_000_000, "5.00", "5.000000")]
    [InlineData(12_345_678_000_000, "12.345678", "12.345678")]
    [InlineData(1, "0.000000000001", "0.000000000001")]
    [InlineData(-1_500_000_000_000, "-1.50", "-1.500000")]
    [InlineData(long.MaxValue, "9223372.036854775807", "9223372.036854775807")]
    public void Writes_the_exact_figure(long pico, string two, string six)
    {
        Assert.Equal(two, new Usd(pico).ToString());
        Assert.Equal(six, new Usd(pico).ToText(6));
    }

    [Fact]
    public void Overflow_is_a_fault_and_never_a_small_figure()
    {
        var most = new Usd(long.MaxValue);
        Assert.Throws<HookFault>(() => most + new Usd(1));
        Assert.Throws<HookFault>(() => new Usd(long.MinValue) - new Usd(1));
        Assert.Throws<HookFault>(() => most * 2);
        Assert.Throws<HookFault>(() => most.Times(3, 2));
    }

    [Fact]
    public void A_percentage_is_rounded_up() => Assert.Equal(2, new Usd(3).Times(50, 100).Pico);
}
