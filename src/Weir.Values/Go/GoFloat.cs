using System.Globalization;

namespace Weir.Values;

/// <summary>Go's <c>strconv.FormatFloat</c>: the formats that templates, YAML and JSON print floats in.</summary>
public static class GoFloat
{
    /// <summary>
    /// Formats a number.
    /// </summary>
    /// <param name="value">The number.</param>
    /// <param name="format">One of <c>e E f F g G</c>.</param>
    /// <param name="precision">Digits after the point (<c>e</c>, <c>f</c>) or significant digits (<c>g</c>); -1 for the fewest that read back exactly.</param>
    public static string Format(double value, char format, int precision)
    {
        if (double.IsNaN(value))
        {
            return "NaN";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "+Inf" : "-Inf";
        }

        var (digits, exponent) = Digits(Math.Abs(value), format, precision);
        return Layout(digits, exponent, double.IsNegative(value), format, precision);
    }

    /// <summary>The same for a 32-bit number: its shortest form has fewer digits.</summary>
    public static string FormatSingle(float value, char format, int precision)
    {
        if (precision >= 0 || !float.IsFinite(value) || value == 0)
        {
            return Format(value, format, precision);
        }

        var (digits, exponent) = Split(Math.Abs(value).ToString("R", CultureInfo.InvariantCulture));
        return Layout(digits, exponent, float.IsNegative(value), format, precision);
    }

    private static string Layout(string digits, int exponent, bool negative, char format, int precision)
    {
        var text = char.ToLowerInvariant(format) switch
        {
            'e' => Scientific(digits, exponent, precision < 0 ? digits.Length - 1 : precision),
            'f' => Fixed(digits, exponent, precision < 0 ? Math.Max(digits.Length - exponent - 1, 0) : precision),
            'g' => General(digits, exponent, precision),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Not a float format."),
        };
        if (char.IsUpper(format))
        {
            text = text.ToUpperInvariant();
        }

        return negative ? "-" + text : text;
    }

    /// <summary>Decimal digits without leading or trailing zeros (one "0" for zero) and the exponent of the first.</summary>
    private static (string Digits, int Exponent) Digits(double value, char format, int precision)
    {
        if (value == 0)
        {
            return ("0", 0);
        }

        var dotnetFormat = char.ToLowerInvariant(format) switch
        {
            _ when precision < 0 => "R",
            'e' => $"E{precision}",
            'g' => $"E{Math.Max(precision - 1, 0)}",
            _ => $"F{precision}",
        };
        return Split(value.ToString(dotnetFormat, CultureInfo.InvariantCulture));
    }

    private static (string Digits, int Exponent) Split(string text)
    {
        var exponent = 0;
        var e = text.IndexOf('E', StringComparison.Ordinal);
        if (e >= 0)
        {
            exponent = int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..e];
        }

        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? text : text[..point];
        var digits = point < 0 ? text : whole + text[(point + 1)..];
        exponent += whole.Length - 1;
        var leading = 0;
        while (leading < digits.Length - 1 && digits[leading] == '0')
        {
            leading++;
        }

        digits = digits[leading..].TrimEnd('0');
        return digits.Length == 0 ? ("0", 0) : (digits, exponent - leading);
    }

    private static string Scientific(string digits, int exponent, int precision)
    {
        var fraction = digits[1..].PadRight(precision, '0');
        var sign = exponent < 0 ? '-' : '+';
        var magnitude = Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture);
        return precision > 0 ? $"{digits[0]}.{fraction}e{sign}{magnitude}" : $"{digits[0]}e{sign}{magnitude}";
    }

    private static string Fixed(string digits, int exponent, int precision)
    {
        string whole, fraction;
        if (exponent < 0)
        {
            whole = "0";
            fraction = new string('0', -exponent - 1) + digits;
        }
        else
        {
            digits = digits.PadRight(exponent + 1, '0');
            whole = digits[..(exponent + 1)];
            fraction = digits[(exponent + 1)..];
        }

        fraction = fraction.Length > precision ? fraction[..precision] : fraction.PadRight(precision, '0');
        return precision > 0 ? $"{whole}.{fraction}" : whole;
    }

    private static string General(string digits, int exponent, int precision)
    {
        // strconv: the exponent form starts at the precision, or at 6 when the digits are the shortest.
        var threshold = precision switch
        {
            < 0 => 6,
            0 => 1,
            _ when precision > digits.Length && digits.Length >= exponent + 1 => digits.Length,
            _ => precision,
        };
        return exponent < -4 || exponent >= threshold
            ? Scientific(digits, exponent, digits.Length - 1)
            : Fixed(digits, exponent, Math.Max(digits.Length - exponent - 1, 0));
    }
}
