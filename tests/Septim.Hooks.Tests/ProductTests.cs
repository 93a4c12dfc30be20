namespace Septim.Hooks.Tests;

public sealed class ProductTests
{
    [Fact]
    public void The_version_is_that_of_the_build() => Assert.Equal(Product.Version, typeof(Product).Assembly.GetName().Version!.ToString(3));
}
