using System.Globalization;
using System.Numerics;

namespace Weir.GoTemplate.Sprig;

/// <summary>shopspring/decimal v1.4: a whole number times a power of ten, exact but for division, which keeps 16 digits after the point.</summary>
internal readonly record struct GoDecimal(BigInteger Number, int Exponent)
{
    private const int DivisionPrecision = 16;

    /// <summary>The shortest decimal that reads back as this float. NaN and infinities have none.</summary>
    public static GoDecimal FromFloat(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
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

        return new GoDecimal(BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), exponent);
    }

    public static GoDecimal operator +(GoDecimal left, GoDecimal right)
    {
        var exponent = Math.Min(left.Exponent, right.Exponent);
        return new GoDecimal(left.Scale(exponent) + right.Scale(exponent), exponent);
    }

    public static GoDecimal operator -(GoDecimal left, GoDecimal right) => left + new GoDecimal(-right.Number, right.Exponent);

    public static GoDecimal operator *(GoDecimal left, GoDecimal right) =>
        new(left.Number * right.Number, left.Exponent + right.Exponent);

    /// <summary>Rounds half away from zero at the 16th digit after the point. The divisor must not be zero.</summary>
    public static GoDecimal operator /(GoDecimal left, GoDecimal right)
    {
        var shift = left.Exponent - right.Exponent + DivisionPrecision;
        var (numerator, denominator) = shift >= 0
            ? (left.Number * BigInteger.Pow(10, shift), right.Number)
            : (left.Number, right.Number * BigInteger.Pow(10, -shift));
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        if (BigInteger.Abs(remainder) * 2 >= BigInteger.Abs(denominator))
        {
            quotient += numerator.Sign * denominator.Sign;
        }

        return new GoDecimal(quotient, -DivisionPrecision);
    }

    public double ToFloat() =>
        double.Parse($"{Number.ToString(CultureInfo.InvariantCulture)}E{Exponent.ToString(CultureInfo.InvariantCulture)}", CultureInfo.InvariantCulture);

    private BigInteger Scale(int exponent) => Number * BigInteger.Pow(10, Exponent - exponent);
}
