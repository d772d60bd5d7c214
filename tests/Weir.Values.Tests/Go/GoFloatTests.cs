using Weir.Values;

namespace Weir.Values.Tests.Go;

public sealed class GoFloatTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(20, "20")]
    [InlineData(200000, "200000")]
    [InlineData(1000000, "1e+06")]
    [InlineData(1234567.8, "1.2345678e+06")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(1e23, "1e+23")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(-1.5, "-1.5")]
    public void Shortest_general_form_has_an_exponent_from_1e6_on(double value, string expected) =>
        Assert.Equal(expected, GoFloat.Format(value, 'g', -1));

    [Theory]
    [InlineData(0.5, 0, "0")]
    [InlineData(1.5, 0, "2")]
    [InlineData(2.5, 0, "2")]
    [InlineData(0.125, 2, "0.12")]
    [InlineData(0.375, 2, "0.38")]
    [InlineData(0.05, 1, "0.1")]
    [InlineData(0.05, 0, "0")]
    [InlineData(999.9995, 3, "1000.000")]
    [InlineData(1e23, 2, "99999999999999991611392.00")]
    public void Fixed_form_rounds_the_exact_value_half_to_even(double value, int precision, string expected) =>
        Assert.Equal(expected, GoFloat.Format(value, 'f', precision));

    [Theory]
    [InlineData(400, 2, "4e+02")]
    [InlineData(40, 2, "40")]
    [InlineData(.00004, 2, "4e-05")]
    [InlineData(123456700, 5, "1.2346e+08")]
    [InlineData(32, 0, "3e+01")]
    public void General_form_keeps_significant_digits(double value, int precision, string expected) =>
        Assert.Equal(expected, GoFloat.Format(value, 'g', precision));

    [Fact]
    public void Numbers_that_are_none_have_names()
    {
        Assert.Equal("NaN", GoFloat.Format(double.NaN, 'g', -1));
        Assert.Equal("+Inf", GoFloat.Format(double.PositiveInfinity, 'f', 2));
        Assert.Equal("-Inf", GoFloat.Format(double.NegativeInfinity, 'e', 2));
    }

    [Theory]
    [InlineData("1e23", 1e23)]
    [InlineData("0x1ep-1", 15)]
    [InlineData("0x.1p+2", 0.25)]
    [InlineData("1_000.5", 1000.5)]
    [InlineData("0x_1p4", 16)]
    [InlineData("0x0.00000000000058p-1022", 3e-323)]
    [InlineData("-infinity", double.NegativeInfinity)]
    [InlineData("1e-400", 0)]
    public void Parses_what_Go_parses(string text, double expected)
    {
        Assert.Equal(NumberParse.Ok, GoFloat.Parse(text, out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1x")]
    [InlineData("1p2")]
    [InlineData("0x1")]
    [InlineData("1__0")]
    [InlineData("_1")]
    [InlineData(" 1")]
    [InlineData("-nan")]
    [InlineData("1,000")]
    public void Refuses_what_Go_refuses(string text) =>
        Assert.Equal(NumberParse.InvalidSyntax, GoFloat.Parse(text, out _));

    [Theory]
    [InlineData("1e309")]
    [InlineData("0x1p1024")]
    public void Tells_what_is_too_large(string text)
    {
        Assert.Equal(NumberParse.OutOfRange, GoFloat.Parse(text, out var value));
        Assert.Equal(double.PositiveInfinity, value);
    }
}
