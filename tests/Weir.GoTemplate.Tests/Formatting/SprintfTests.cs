using System.Numerics;
using Weir.GoTemplate.Formatting;
using Weir.Values;

namespace Weir.GoTemplate.Tests.Formatting;

public sealed class SprintfTests
{
    private static readonly Value List = new ListValue([new IntValue(1, IntegerType.Int), 2.5, "x", NullValue.Instance]);

    [Theory]
    [InlineData("%d", 12345, "12345")]
    [InlineData("%+d", 12345, "+12345")]
    [InlineData("% d", 12345, " 12345")]
    [InlineData("%08d", -12345, "-0012345")]
    [InlineData("%-8d|", 12, "12      |")]
    [InlineData("%20.8d", -1234, "           -00001234")]
    [InlineData("%020.8d", 1234, "            00001234")]
    [InlineData("%.0d", 0, "")]
    [InlineData("%6.0d", 0, "      ")]
    [InlineData("%b", -6, "-110")]
    [InlineData("%#b", 7, "0b111")]
    [InlineData("%o", 668, "1234")]
    [InlineData("%#o", 668, "01234")]
    [InlineData("%O", 668, "0o1234")]
    [InlineData("%x", 255, "ff")]
    [InlineData("%#X", 255, "0XFF")]
    [InlineData("%#-10.4x|", 255, "0x00ff    |")]
    [InlineData("%c", 0x672c, "本")]
    [InlineData("%3c", 'x', "  x")]
    [InlineData("%c", -1, "\uFFFD")]
    [InlineData("%q", '\n', "'\\n'")]
    [InlineData("%+q", 0x263a, "'\\u263a'")]
    [InlineData("%010q", 0x2318, "0000000'⌘'")]
    [InlineData("%U", 0x263a, "U+263A")]
    [InlineData("%#U", 0x263a, "U+263A '☺'")]
    [InlineData("%#14.6U", 0x2318, "  U+002318 '⌘'")]
    [InlineData("%U", -1, "U+FFFFFFFFFFFFFFFF")]
    [InlineData("%s", 3, "%!s(int=3)")]
    [InlineData("%5t", 3, "%!t(int=    3)")]
    [InlineData("%T", 3, "int")]
    [InlineData("%6T", 3, "   int")]
    [InlineData("%p", 27, "%!p(int=27)")]
    [InlineData("%.", 3, "%!.(int=3)")]
    [InlineData("%☠", 0, "%!☠(int=0)")]
    public void Formats_integers(string format, int number, string expected) =>
        Assert.Equal(expected, GoFormat.Sprintf(format, new IntValue(number, IntegerType.Int)));

    [Theory]
    [InlineData("%v", 1000000.0, "1e+06")]
    [InlineData("%v", 999999.0, "999999")]
    [InlineData("%v", 0.0001, "0.0001")]
    [InlineData("%v", 0.00001, "1e-05")]
    [InlineData("%f", 1234.5678e-8, "0.000012")]
    [InlineData("%.2f", 2.675, "2.67")]
    [InlineData("%.0f", 2.5, "2")]
    [InlineData("%+07.2f", 1.0, "+001.00")]
    [InlineData("%-07.2f|", -1.0, "-1.00  |")]
    [InlineData("% .3E", -1.0, "-1.000E+00")]
    [InlineData("%e", 1234.5678e3, "1.234568e+06")]
    [InlineData("%g", 1.23456789e20, "1.23456789e+20")]
    [InlineData("%.3g", 1234.5, "1.23e+03")]
    [InlineData("%#g", 123456.0, "123456.")]
    [InlineData("%#g", 1000000.0, "1.00000e+06")]
    [InlineData("%#.4g", 0.012, "0.01200")]
    [InlineData("%#.4g", 0.0, "0.000")]
    [InlineData("%x", 1.0, "0x1p+00")]
    [InlineData("%.3x", 1.0, "0x1.000p+00")]
    [InlineData("%#.4x", 123.0, "0x1.ec00p+06")]
    [InlineData("%b", 1.0, "4503599627370496p-52")]
    [InlineData("%d", 1.5, "%!d(float64=1.5)")]
    [InlineData("%20f", double.PositiveInfinity, "                +Inf")]
    [InlineData("% f", double.NaN, " NaN")]
    [InlineData("%+020e", double.NegativeInfinity, "                -Inf")]
    public void Formats_floats(string format, double number, string expected) =>
        Assert.Equal(expected, GoFormat.Sprintf(format, new FloatValue(number)));

    [Theory]
    [InlineData("%s", "abc", "abc")]
    [InlineData("%5s", "abc", "  abc")]
    [InlineData("%-5s|", "abc", "abc  |")]
    [InlineData("%05s", "abc", "00abc")]
    [InlineData("%.2s", "日本語", "日本")]
    [InlineData("%10.1q", "日本語", "       \"日\"")]
    [InlineData("%q", "a\"b\n", "\"a\\\"b\\n\"")]
    [InlineData("%#q", "abc", "`abc`")]
    [InlineData("%#q", "a`c", "\"a`c\"")]
    [InlineData("%x", "hello", "68656c6c6f")]
    [InlineData("% X", "hi", "68 69")]
    [InlineData("%# x", "hi", "0x68 0x69")]
    [InlineData("%#v", "foo", "\"foo\"")]
    [InlineData("%d", "x", "%!d(string=x)")]
    [InlineData("no verb", "x", "no verb%!(EXTRA string=x)")]
    [InlineData("%s %s", "x", "x %!s(MISSING)")]
    [InlineData("%s %", "x", "x %!(NOVERB)")]
    [InlineData("%%%s", "x", "%x")]
    [InlineData("%[1]s%[1]s", "x", "xx")]
    [InlineData("%[2]s", "x", "%!s(BADINDEX)")]
    [InlineData("%[x]s", "x", "%!s(BADINDEX)")]
    [InlineData("%[1]2s", "x", "%!s(BADINDEX)")]
    [InlineData("%*s", "x", "%!(BADWIDTH)%!s(MISSING)")]
    public void Formats_strings(string format, string text, string expected) =>
        Assert.Equal(expected, GoFormat.Sprintf(format, text));

    [Fact]
    public void Takes_width_and_precision_from_arguments()
    {
        var five = new IntValue(5, IntegerType.Int);
        Assert.Equal("    x", GoFormat.Sprintf("%*s", five, "x"));
        Assert.Equal("x    |", GoFormat.Sprintf("%*s|", new IntValue(-5, IntegerType.Int), "x"));
        Assert.Equal("1.50000", GoFormat.Sprintf("%.*f", five, 1.5));
        Assert.Equal("1.5%!(BADPREC)", GoFormat.Sprintf("%[2]v%[1].*[2]f", "x", 1.5)[..14]);
    }

    [Theory]
    [InlineData("%v", "[1 2.5 x <nil>]")]
    [InlineData("%#v", "[]interface {}{1, 2.5, \"x\", interface {}(nil)}")]
    [InlineData("%d", "[1 %!d(float64=2.5) %!d(string=x) <nil>]")]
    [InlineData("%q", "['\\x01' %!q(float64=2.5) \"x\" <nil>]")]
    [InlineData("%03v", "[001 2.5 00x <nil>]")]
    [InlineData("%T", "[]interface {}")]
    public void Formats_each_item_of_a_list(string format, string expected) => Assert.Equal(expected, GoFormat.Sprintf(format, List));

    [Fact]
    public void Formats_maps_by_key()
    {
        var map = new MapValue { ["b"] = 1.0, ["a"] = new MapValue(), ["ä"] = true };
        Assert.Equal("map[a:map[] b:1 ä:true]", GoFormat.ToText(map));
        Assert.Equal("map[string]interface {}{\"a\":map[string]interface {}{}, \"b\":1, \"ä\":true}", GoFormat.Sprintf("%#v", map));
    }

    [Fact]
    public void Formats_nil()
    {
        Assert.Equal("     <nil> %!s(<nil>) <nil>", GoFormat.Sprintf("%10v %s %T", NullValue.Instance, NullValue.Instance, NullValue.Instance));
        Assert.Equal("x%!(EXTRA <nil>)", GoFormat.Sprintf("x", NullValue.Instance));
    }

    [Fact]
    public void Formats_complex_numbers()
    {
        Assert.Equal("(1+2i)", GoFormat.ToText(new GoComplex(new Complex(1, 2))));
        Assert.Equal("(-001.00-002.00i)", GoFormat.Sprintf("%+07.2f", new GoComplex(new Complex(-1, -2))));
    }

    [Fact]
    public void Cuts_a_map_that_holds_itself()
    {
        var map = new MapValue { ["a"] = 1.0 };
        map["self"] = map;
        Assert.Equal("map[a:1 self:<cycle>]", GoFormat.ToText(map));
    }

    [Fact]
    public void Print_puts_spaces_between_operands_that_are_no_strings()
    {
        var one = new IntValue(1, IntegerType.Int);
        Assert.Equal("1 1a1b c", GoFormat.Sprint(one, one, "a", one, "b", " c"));
        Assert.Equal("1 a\n", GoFormat.Sprintln(one, "a"));
    }
}
