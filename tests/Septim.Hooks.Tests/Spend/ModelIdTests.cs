using Septim.Hooks.Spend;

namespace Septim.Hooks.Tests.Spend;

public sealed class ModelIdTests
{
    [Theory]
    [InlineData("claude-sonnet-4-5-20250929", "claude-sonnet-4-5", false)]
    [InlineData("claude-sonnet-4-5@20250929", "claude-sonnet-4-5", false)]
    [InlineData("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5", true)]
    [InlineData("us-gov.anthropic.claude-opus-5-v12:3", "claude-opus-5", true)]
    [InlineData("global.anthropic.claude-opus-5-v1:0", "claude-opus-5", false)]
    [InlineData("anthropic.claude-3-haiku-20240307-v1:0", "claude-3-haiku", false)]
    [InlineData("CLAUDE-SONNET-4-5", "claude-sonnet-4-5", false)]
    [InlineData("claude-sonnet-4-5[1m]", "claude-sonnet-4-5", false)]
    [InlineData("anthropic/claude-opus-4-8", "claude-opus-4-8", false)]
    [InlineData("claude-opus-4.8", "claude-opus-4-8", false)]
    [InlineData("claude-opus-5-20260101", "claude-opus-5", false)]
    [InlineData("claude-sonnet-4-20250514", "claude-sonnet-4", false)]
    [InlineData("claude-3-7-sonnet-20250219", "claude-3-7-sonnet", false)]
    [InlineData("claude-opus-4-0", "claude-opus-4", false)]
    [InlineData("claude-opus-5-6", "claude-opus-5-6", false)]
    [InlineData("claude-opus-5-19990101", "claude-opus-5-19990101", false)]
    [InlineData("mx.anthropic.claude-opus-5", "mx.anthropic.claude-opus-5", false)]
    [InlineData("", "", false)]
    public void Comes_to_the_form_of_the_table(string written, string normal, bool regional) =>
        Assert.Equal(new ModelId(normal, regional), ModelId.Parse(written));

    [Theory]
    [InlineData("claude-opus-5-6")]
    [InlineData("claude-opus")]
    [InlineData("claude-opus-5-5-preview")]
    [InlineData("gpt-5")]
    public void Nothing_is_found_by_prefix(string written) => Assert.False(PriceTable.Embedded.Resolve(written).Known);
}
