using System.Globalization;
using System.Numerics;

namespace Weir.Values;

/// <summary>
/// A resource quantity (<c>500m</c>, <c>1Gi</c>, <c>12e6</c>): exact, at least a nano, at most 2^63-1. Equal when the amounts
/// are, however they were written.
/// </summary>
public readonly struct Quantity : IEquatable<Quantity>, IComparable<Quantity>
{
    /// <summary>Kubernetes' message for text that is no quantity.</summary>
    public const string FormatError = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    private const string NumericError = "unable to parse numeric part of quantity";
    private const string SuffixError = "unable to parse quantity's suffix";
    private const int NanoDigits = 9;
    private const int MaxExponent = 1_000;

    private static readonly string[] DecimalSuffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
    private static readonly string[] BinarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    private static readonly System.Buffers.SearchValues<char> SuffixCharacters = System.Buffers.SearchValues.Create("eEinumkKMGTP+-0123456789");
    private static readonly BigInteger Nano = BigInteger.Pow(10, NanoDigits);
    private static readonly BigInteger MaxNanos = long.MaxValue * Nano;

    private readonly BigInteger _nanos;

    private Quantity(BigInteger nanos, QuantityFormat format)
    {
        _nanos = nanos;
        Format = format;
    }

    public QuantityFormat Format { get; }

    public bool IsZero => _nanos.IsZero;

    public int Sign => _nanos.Sign;

    /// <summary>Whole units, rounded up (away from zero).</summary>
    public long Value => (long)RoundUp(_nanos, Nano);

    /// <summary>Thousandths, rounded up (away from zero); the largest number when they do not fit.</summary>
    public long MilliValue => (long)BigInteger.Min(RoundUp(_nanos, Nano / 1000), long.MaxValue);

    /// <summary>The amount as near as a double comes to it.</summary>
    public double ToDouble()
    {
        var (whole, rest) = BigInteger.DivRem(_nanos, Nano);
        return (double)whole + ((double)rest / 1e9);
    }

    /// <summary>The amount when it is whole and fits; false otherwise.</summary>
    public bool TryGetInteger(out long whole)
    {
        var (units, rest) = BigInteger.DivRem(_nanos, Nano);
        var isWhole = rest.IsZero && units >= long.MinValue && units <= long.MaxValue;
        whole = isWhole ? (long)units : 0;
        return isWhole;
    }

    public static Quantity Of(long units, QuantityFormat format = QuantityFormat.DecimalSI) => new(units * Nano, format);

    /// <summary>Reads a quantity; false with Kubernetes' message when it is none.</summary>
    public static bool TryParse(string text, out Quantity quantity, out string error)
    {
        quantity = default;
        error = "";
        if (text.Length == 0)
        {
            error = FormatError;
            return false;
        }

        var at = text[0] is '+' or '-' ? 1 : 0;
        var start = at;
        var point = -1;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'))
        {
            if (text[at] == '.')
            {
                if (point >= 0)
                {
                    error = NumericError;
                    return false;
                }

                point = at;
            }

            at++;
        }

        var digits = text[start..at].Replace(".", "", StringComparison.Ordinal);
        var suffix = text[at..];
        if (digits.Length == 0 || suffix.AsSpan().IndexOfAnyExcept(SuffixCharacters) >= 0)
        {
            error = FormatError;
            return false;
        }

        if (!TrySuffix(suffix, out var factor, out var exponent, out var format))
        {
            error = SuffixError;
            return false;
        }

        var fraction = point < 0 ? 0 : at - point - 1;
        var mantissa = BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) * factor;
        var scale = exponent - fraction + NanoDigits;
        var nanos = scale >= 0 ? mantissa * BigInteger.Pow(10, scale) : RoundUp(mantissa, BigInteger.Pow(10, -scale));
        nanos = BigInteger.Min(nanos, MaxNanos);
        quantity = new(text[0] == '-' ? -nanos : nanos, format);
        return true;
    }

    /// <summary>The same amount as Kubernetes writes it, or <see langword="null"/> when the text is no quantity.</summary>
    public static string? Canonical(string text) => TryParse(text, out var quantity, out _) ? quantity.ToString() : null;

    public static Quantity operator +(Quantity left, Quantity right) => Add(left, right);

    public static Quantity operator -(Quantity left, Quantity right) => Subtract(left, right);

    /// <summary>The sum, in the format of the first that is not zero.</summary>
    public static Quantity Add(Quantity left, Quantity right) =>
        new(left._nanos + right._nanos, left.IsZero ? right.Format : left.Format);

    /// <summary>The difference, in the format of the first that is not zero.</summary>
    public static Quantity Subtract(Quantity left, Quantity right) =>
        new(left._nanos - right._nanos, left.IsZero ? right.Format : left.Format);

    /// <summary>The canonical form: the largest suffix that needs no fraction.</summary>
    public override string ToString()
    {
        if (_nanos.IsZero)
        {
            return "0";
        }

        if (Format == QuantityFormat.BinarySI && (_nanos % Nano).IsZero && BigInteger.Abs(_nanos) >= 1024 * Nano)
        {
            return Binary(_nanos / Nano);
        }

        var (mantissa, exponent) = (_nanos, -NanoDigits);
        while ((mantissa % 1000).IsZero)
        {
            mantissa /= 1000;
            exponent += 3;
        }

        if (Format == QuantityFormat.DecimalExponent)
        {
            return exponent == 0 ? Text(mantissa) : string.Create(CultureInfo.InvariantCulture, $"{mantissa}e{exponent}");
        }

        var index = (exponent / 3) + 3;
        return index < DecimalSuffixes.Length
            ? Text(mantissa) + DecimalSuffixes[index]
            : Text(mantissa * BigInteger.Pow(10, exponent - 18)) + "E";
    }

    public int CompareTo(Quantity other) => _nanos.CompareTo(other._nanos);

    public bool Equals(Quantity other) => _nanos == other._nanos;

    public override bool Equals(object? obj) => obj is Quantity other && Equals(other);

    public override int GetHashCode() => _nanos.GetHashCode();

    public static bool operator ==(Quantity left, Quantity right) => left.Equals(right);

    public static bool operator !=(Quantity left, Quantity right) => !left.Equals(right);

    public static bool operator <(Quantity left, Quantity right) => left.CompareTo(right) < 0;

    public static bool operator >(Quantity left, Quantity right) => left.CompareTo(right) > 0;

    public static bool operator <=(Quantity left, Quantity right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Quantity left, Quantity right) => left.CompareTo(right) >= 0;

    private static bool TrySuffix(string suffix, out BigInteger factor, out int exponent, out QuantityFormat format)
    {
        (factor, exponent, format) = (BigInteger.One, 0, QuantityFormat.DecimalSI);
        var place = Array.IndexOf(DecimalSuffixes, suffix);
        if (place >= 0)
        {
            exponent = (place - 3) * 3;
            return true;
        }

        place = Array.IndexOf(BinarySuffixes, suffix);
        if (place > 0)
        {
            factor = BigInteger.Pow(1024, place);
            format = QuantityFormat.BinarySI;
            return true;
        }

        format = QuantityFormat.DecimalExponent;
        return suffix.Length > 1 && suffix[0] is 'e' or 'E'
            && int.TryParse(suffix.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
            && Math.Abs(exponent) <= MaxExponent;
    }

    private static BigInteger RoundUp(BigInteger dividend, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(dividend, divisor, out var rest);
        return rest.IsZero ? quotient : quotient + rest.Sign;
    }

    private static string Binary(BigInteger units)
    {
        var index = 0;
        while (index < BinarySuffixes.Length - 1 && (units % 1024).IsZero)
        {
            units /= 1024;
            index++;
        }

        return Text(units) + BinarySuffixes[index];
    }

    private static string Text(BigInteger number) => number.ToString(CultureInfo.InvariantCulture);
}
