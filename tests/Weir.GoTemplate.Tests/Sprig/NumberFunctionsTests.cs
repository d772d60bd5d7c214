using Weir.Values;

namespace Weir.GoTemplate.Tests.Sprig;

public sealed class NumberFunctionsTests
{
    [Theory]
    [InlineData("{{ int \"0x1F\" }} {{ int \"010\" }} {{ int \"1.00\" }} {{ int \"1.5\" }} {{ int 3.9 }} {{ int true }} {{ int nil }}", "31 8 1 0 3 1 0")]
    [InlineData("{{ int64 \"08\" }} {{ int \"1_000\" }} {{ int 1e30 }}", "0 1000 -9223372036854775808")]
    [InlineData("{{ typeOf (int 1) }} {{ typeOf (int64 1) }} {{ typeOf (add 1) }} {{ typeOf (atoi \"1\") }} {{ typeOf (floor 1) }} {{ typeOf (until 1) }}", "int int64 int64 int float64 []int")]
    [InlineData("{{ atoi \"99999999999999999999\" }} {{ atoi \"x\" }} {{ atoi \"-5\" }}", "9223372036854775807 0 -5")]
    [InlineData("{{ toDecimal \"777\" }} {{ toDecimal 0755 }} {{ toDecimal \"9\" }}", "511 0 0")]
    [InlineData("{{ float64 \"1.5e3\" }} {{ float64 \"x\" }} {{ float64 \"1_0.5\" }}", "1500 0 10.5")]
    [InlineData("{{ add 1 \"2\" 3.9 }} {{ sub 3 5 }} {{ mul 2 3 4 }} {{ div -7 2 }} {{ mod -7 2 }} {{ add1 9223372036854775807 }}", "6 -2 24 -3 -1 -9223372036854775808")]
    [InlineData("{{ addf 0.1 0.2 }} {{ subf 1 0.9 }} {{ mulf 1.1 1.1 }} {{ divf 1 3 }} {{ divf 2 3 }} {{ add1f 0.5 }}", "0.3 0.1 1.21 0.3333333333333333 0.6666666666666667 1.5")]
    [InlineData("{{ max 1 \"7\" 3 }} {{ min 4 2 }} {{ maxf 1.5 2 }} {{ minf 1.5 2 }} {{ biggest 1 2 }}", "7 2 2 1.5 2")]
    [InlineData("{{ round 123.555555 3 }} {{ round 2.5 0 }} {{ round -2.5 0 }} {{ round 123.49999999 0 }} {{ round 3.4 0 0.3 }}", "123.556 3 -3 123 4")]
    [InlineData("{{ ceil 1.1 }} {{ floor -1.1 }}", "2 -2")]
    [InlineData("{{ until 3 }} {{ until -3 }} {{ untilStep 0 10 4 }} {{ untilStep 3 0 1 }}", "[0 1 2] [0 -1 -2] [0 4 8] []")]
    [InlineData("{{ seq 5 }}|{{ seq -2 }}|{{ seq 2 -1 }}|{{ seq 0 2 10 }}|{{ seq 5 -2 0 }}|{{ seq 5 2 0 }}", "1 2 3 4 5|1 0 -1 -2|2 1 0 -1|0 2 4 6 8 10|5 3 1|")]
    public void Print_what_sprig_prints(string template, string expected) => Assert.Equal(expected, Rendered.Text(template));

    [Theory]
    [InlineData("{{ div 1 0 }}", "error calling div: runtime error: integer divide by zero")]
    [InlineData("{{ mod 1 \"x\" }}", "error calling mod: runtime error: integer divide by zero")]
    [InlineData("{{ divf 1 0 }}", "error calling divf: decimal division by 0")]
    [InlineData("{{ until 1000000000 }}", "error calling until: more than 1000000 elements")]
    [InlineData("{{ seq \"1\" }}", "expected integer; found \"1\"")]
    public void Fail_as_Go_does(string template, string message) => Assert.Contains(message, Rendered.Error(template), StringComparison.Ordinal);

    [Fact]
    public void A_float_from_values_does_not_fit_an_integer_parameter() => Assert.Contains(
        "wrong type for value; expected int; got float64",
        Rendered.Error("{{ until .n }}", new MapValue { ["n"] = 3.0 }),
        StringComparison.Ordinal);
}
