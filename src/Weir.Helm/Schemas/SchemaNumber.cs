using System.Globalization;
using System.Numerics;
using Weir.Values;

namespace Weir.Helm;

/// <summary>A number as an exact fraction, so that <c>multipleOf: 0.01</c> means what it says.</summary>
internal readonly struct SchemaNumber : IComparable<SchemaNumber>
{
    private const int MaxExponent = 5000;

    private readonly BigInteger _numerator;
    private readonly BigInteger _denominator;

    private SchemaNumber(BigInteger numerator, BigInteger denominator)
    {
        _numerator = numerator;
        _denominator = denominator;
    }

    public bool IsInteger => BigInteger.Remainder(_numerator, _denominator).IsZero;

    public bool IsZero => _numerator.IsZero;

    /// <summary>The number of a value; <see langword="null"/> when it is none, or none that JSON has.</summary>
    public static SchemaNumber? Of(Value? value) => value switch
    {
        IntValue { IsUnsigned: true } i => new SchemaNumber(i.UnsignedValue, BigInteger.One),
        IntValue i => new SchemaNumber(i.Value, BigInteger.One),
        FloatValue { Value: var f } when double.IsInteger(f) && Math.Abs(f) < 1e15 => new SchemaNumber((long)f, BigInteger.One),
        FloatValue { Value: var f } when double.IsFinite(f) => OfFloat(f),
        _ => null,
    };

    public bool IsMultipleOf(SchemaNumber divisor) =>
        divisor.IsZero || BigInteger.Remainder(_numerator * divisor._denominator, _denominator * divisor._numerator).IsZero;

    public int CompareTo(SchemaNumber other) => (_numerator * other._denominator).CompareTo(other._numerator * _denominator);

    /// <summary>The whole number, held to what an int can be.</summary>
    public int ToInt() => (int)BigInteger.Max(int.MinValue, BigInteger.Min(int.MaxValue, BigInteger.Divide(_numerator, _denominator)));

    /// <summary>As the English printer of Go's text library writes a float.</summary>
    public override string ToString()
    {
        var number = (double)_numerator / (double)_denominator;
        var text = GoFloat.Format(number, 'g', -1);
        if (!double.IsInteger(number) && Math.Abs(number) < 1000)
        {
            return text;
        }

        return Math.Abs(number) < 1e21 && double.IsInteger(number)
            ? number.ToString("#,##0", CultureInfo.InvariantCulture)
            : number.ToString("#,##0.################", CultureInfo.InvariantCulture);
    }

    private static SchemaNumber OfFloat(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var exponent = 0;
        var e = text.IndexOf('E', StringComparison.Ordinal);
        if (e >= 0)
        {
            exponent = int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..e];
        }

        var point = text.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0)
        {
            exponent -= text.Length - point - 1;
            text = text.Remove(point, 1);
        }

        var digits = BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        exponent = Math.Clamp(exponent, -MaxExponent, MaxExponent);
        return exponent >= 0
            ? new SchemaNumber(digits * BigInteger.Pow(10, exponent), BigInteger.One)
            : new SchemaNumber(digits, BigInteger.Pow(10, -exponent));
    }
}
