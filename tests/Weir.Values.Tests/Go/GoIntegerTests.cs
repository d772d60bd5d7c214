using Weir.Values;

namespace Weir.Values.Tests.Go;

public sealed class GoIntegerTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("+12", 12)]
    [InlineData("0777", 511)]
    [InlineData("0o17", 15)]
    [InlineData("0b101", 5)]
    [InlineData("-0xFF", -255)]
    [InlineData("1_000", 1000)]
    [InlineData("0x_1F", 31)]
    [InlineData("-9223372036854775808", long.MinValue)]
    public void Base_zero_reads_the_prefix(string text, long expected)
    {
        Assert.Equal(NumberParse.Ok, GoInteger.Parse(text, 0, out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("-", 0)]
    [InlineData("08", 0)]
    [InlineData("0x", 0)]
    [InlineData("1_", 0)]
    [InlineData("_1", 0)]
    [InlineData("1_000", 10)]
    [InlineData("0x1", 10)]
    [InlineData("12a", 10)]
    public void Refuses_what_Go_refuses(string text, int radix) =>
        Assert.Equal(NumberParse.InvalidSyntax, GoInteger.Parse(text, radix, out _));

    [Fact]
    public void Out_of_range_gives_the_nearest_number()
    {
        Assert.Equal(NumberParse.OutOfRange, GoInteger.Parse("9223372036854775808", 10, out var most));
        Assert.Equal(long.MaxValue, most);
        Assert.Equal(NumberParse.OutOfRange, GoInteger.Parse("-9223372036854775809", 10, out var least));
        Assert.Equal(long.MinValue, least);
        Assert.Equal(NumberParse.Ok, GoInteger.ParseUnsigned("18446744073709551615", 0, out var unsigned));
        Assert.Equal(ulong.MaxValue, unsigned);
        Assert.Equal(NumberParse.OutOfRange, GoInteger.ParseUnsigned("18446744073709551616", 0, out _));
    }

    [Fact]
    public void An_unsigned_number_has_no_sign() =>
        Assert.Equal(NumberParse.InvalidSyntax, GoInteger.ParseUnsigned("+1", 0, out _));
}
