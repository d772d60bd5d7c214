namespace Weir.Values.Tests.Quantities;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("1", "1")]
    [InlineData("1000m", "1")]
    [InlineData("1500m", "1500m")]
    [InlineData("0.5", "500m")]
    [InlineData("1000", "1k")]
    [InlineData("128Mi", "128Mi")]
    [InlineData("1024Mi", "1Gi")]
    [InlineData("1.5Gi", "1536Mi")]
    [InlineData("512Ki", "512Ki")]
    [InlineData("1023", "1023")]
    [InlineData("0Gi", "0")]
    [InlineData("1e3", "1e3")]
    [InlineData("12E6", "12e6")]
    [InlineData("-1", "-1")]
    [InlineData("+2.50", "2500m")]
    [InlineData("100E", "9223372036854775807")]
    [InlineData("0.5Ki", "512")]
    [InlineData("1n", "1n")]
    [InlineData("0.1n", "1n")]
    [InlineData(".5", "500m")]
    public void Has_a_canonical_form(string text, string canonical) => Assert.Equal(canonical, Quantity.Canonical(text));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("1x")]
    [InlineData("1 Gi")]
    [InlineData("Gi")]
    [InlineData("1.2.3")]
    [InlineData("1Kii")]
    public void Refuses_what_is_no_quantity(string text) => Assert.Null(Quantity.Canonical(text));

    [Fact]
    public void Compares_by_amount()
    {
        Assert.True(Quantity.TryParse("1Gi", out var gibi, out _) && Quantity.TryParse("1G", out var giga, out _) && gibi > giga);
        Assert.True(Quantity.TryParse("1000m", out var milli, out _) && milli == Quantity.Of(1));
        Assert.Equal(1, Quantity.TryParse("1m", out var small, out _) ? small.Value : 0);
    }
}
