using Weir.Values;

namespace Weir.GoTemplate.Sprig;

/// <summary>spf13/cast v1.7: any value as a number, and 0 for what is none.</summary>
internal static class GoCast
{
    public static long ToInt64(Value value) => GoValue.Plain(value) switch
    {
        IntValue i => i.Value,
        FloatValue f => Truncate(f.Value),
        StringValue s => GoNumber.TryParseInt(TrimZeroDecimals(s.Value), 0, out var number, out _) ? number : 0,
        BoolValue { Value: true } => 1,
        _ => 0,
    };

    public static double ToFloat64(Value value) => GoValue.Plain(value) switch
    {
        FloatValue f => f.Value,
        IntValue { IsUnsigned: true } i => i.UnsignedValue,
        IntValue i => i.Value,
        StringValue s => GoNumber.TryParseFloat(s.Value, out var number) ? number : 0,
        BoolValue { Value: true } => 1,
        _ => 0,
    };

    /// <summary>Go's conversion on amd64: what does not fit becomes the smallest number.</summary>
    private static long Truncate(double value) =>
        value is >= -9223372036854775808.0 and < 9223372036854775808.0 ? (long)value : long.MinValue;

    /// <summary><c>1.00</c> is <c>1</c>; anything else stays.</summary>
    private static string TrimZeroDecimals(string text)
    {
        var sawZero = false;
        for (var i = text.Length - 1; i >= 0; i--)
        {
            switch (text[i])
            {
                case '.' when sawZero:
                    return text[..i];
                case '.':
                    break;
                case '0':
                    sawZero = true;
                    break;
                default:
                    return text;
            }
        }

        return text;
    }
}
