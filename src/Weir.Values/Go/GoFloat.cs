using System.Globalization;
using System.Numerics;

namespace Weir.Values;

/// <summary>Go's <c>strconv.FormatFloat</c>: the formats that templates, YAML and JSON print floats in.</summary>
public static class GoFloat
{
    /// <summary>Digits that decide nearly every rounding; what they leave open is decided exactly.</summary>
    private const int GuardDigits = 20;

    /// <summary>More significant digits than any double has.</summary>
    private const int AllDigits = 770;

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

        var (digits, exponent) = precision < 0 ? Shortest(Math.Abs(value)) : Rounded(Math.Abs(value), format, precision);
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

    /// <summary>
    /// Go's <c>strconv.ParseFloat</c>: decimal and hexadecimal numbers, underscores between digits, <c>inf</c>,
    /// <c>infinity</c> and <c>nan</c> in any case. Out of range, the value is an infinity.
    /// </summary>
    public static NumberParse Parse(ReadOnlySpan<char> text, out double value)
    {
        if (TryParseSpecial(text, out value))
        {
            return NumberParse.Ok;
        }

        if (text.Contains('_'))
        {
            value = 0;
            return GoInteger.AreUnderscoresPlaced(text)
                ? Parse(text.ToString().Replace("_", "", StringComparison.Ordinal), out value)
                : NumberParse.InvalidSyntax;
        }

        var unsigned = text.Length > 0 && text[0] is '+' or '-' ? text[1..] : text;
        if (unsigned.Length > 2 && unsigned[0] == '0' && (unsigned[1] | 0x20) == 'x')
        {
            return ParseHexadecimal(text, unsigned[2..], out value);
        }

        if (!IsDecimal(unsigned)
            || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            value = 0;
            return NumberParse.InvalidSyntax;
        }

        return double.IsInfinity(value) ? NumberParse.OutOfRange : NumberParse.Ok;
    }

    private static bool TryParseSpecial(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        var isSigned = text.Length > 0 && text[0] is '+' or '-';
        var word = isSigned ? text[1..] : text;
        if (word.Equals("inf", StringComparison.OrdinalIgnoreCase) || word.Equals("infinity", StringComparison.OrdinalIgnoreCase))
        {
            value = isSigned && text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        if (!isSigned && word.Equals("nan", StringComparison.OrdinalIgnoreCase))
        {
            value = double.NaN;
            return true;
        }

        return false;
    }

    /// <summary>Digits with at most one point, and an exponent of digits.</summary>
    private static bool IsDecimal(ReadOnlySpan<char> text)
    {
        var digits = 0;
        var i = 0;
        var hasPoint = false;
        for (; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                digits++;
            }
            else if (text[i] == '.' && !hasPoint)
            {
                hasPoint = true;
            }
            else
            {
                break;
            }
        }

        return digits > 0 && (i == text.Length || ((text[i] | 0x20) == 'e' && IsExponent(text[(i + 1)..])));
    }

    private static bool IsExponent(ReadOnlySpan<char> text)
    {
        if (text.Length > 0 && text[0] is '+' or '-')
        {
            text = text[1..];
        }

        return text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');
    }

    /// <summary><c>0x1.8p3</c>: the exponent is obligatory.</summary>
    private static NumberParse ParseHexadecimal(ReadOnlySpan<char> written, ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        var mantissa = BigInteger.Zero;
        long exponent = 0;
        var digits = 0;
        var hasPoint = false;
        var i = 0;
        for (; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '.' && !hasPoint)
            {
                hasPoint = true;
                continue;
            }

            if (!char.IsAsciiHexDigit(c))
            {
                break;
            }

            mantissa = (mantissa * 16) + (char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
            digits++;
            exponent -= hasPoint ? 4 : 0;
        }

        if (digits == 0 || i == text.Length || (text[i] | 0x20) != 'p' || !IsExponent(text[(i + 1)..]))
        {
            return NumberParse.InvalidSyntax;
        }

        var power = text[(i + 1)..];
        exponent += long.TryParse(power, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var p)
            ? Math.Clamp(p, -100_000, 100_000)
            : power[0] == '-' ? -100_000 : 100_000;
        value = Scale(mantissa, exponent) * (written[0] == '-' ? -1 : 1);
        return double.IsInfinity(value) ? NumberParse.OutOfRange : NumberParse.Ok;
    }

    /// <summary>mantissa × 2^exponent, rounded once, half to even.</summary>
    private static double Scale(BigInteger mantissa, long exponent)
    {
        if (mantissa.IsZero)
        {
            return 0;
        }

        // Bring the mantissa to 53 bits, or to fewer when the result is subnormal.
        var drop = Math.Max(mantissa.GetBitLength() - 53, -1074 - exponent);
        if (drop > 0)
        {
            if (drop > mantissa.GetBitLength() + 1)
            {
                return 0;
            }

            var half = BigInteger.One << (int)(drop - 1);
            var rest = mantissa & ((half << 1) - 1);
            mantissa >>= (int)drop;
            if (rest > half || (rest == half && !mantissa.IsEven))
            {
                mantissa += 1;
            }

            exponent += drop;
        }

        return exponent > 2000 ? double.PositiveInfinity : Math.ScaleB((double)mantissa, (int)exponent);
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

    private static (string Digits, int Exponent) Shortest(double value) =>
        value == 0 ? ("0", 0) : Split(value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>The digits that a precision leaves, rounded half to even on the exact value.</summary>
    private static (string Digits, int Exponent) Rounded(double value, char format, int precision)
    {
        if (value == 0)
        {
            return ("0", 0);
        }

        var exponent = (int)Math.Floor(Math.Log10(value));
        var wanted = Wanted(format, precision, exponent) + GuardDigits;
        var (digits, first) = Split(value.ToString($"E{Math.Max(wanted, GuardDigits)}", CultureInfo.InvariantCulture));
        var keep = Wanted(format, precision, first);
        if (keep < 0)
        {
            return ("0", 0);
        }

        if (keep >= digits.Length)
        {
            return (digits, first);
        }

        if (IsOpen(digits.AsSpan(keep)))
        {
            (digits, first) = Split(value.ToString($"E{AllDigits}", CultureInfo.InvariantCulture));
            if (keep >= digits.Length)
            {
                return (digits, first);
            }
        }

        var rest = digits.AsSpan(keep);
        var isUp = rest[0] > '5'
            || (rest[0] == '5' && (rest[1..].ContainsAnyExcept('0') || (keep > 0 && (digits[keep - 1] - '0') % 2 == 1)));
        return isUp ? Increment(digits.AsSpan(0, keep), first) : Trim(digits[..keep], first);
    }

    /// <summary>Significant digits of the result; below zero when it is nothing but zeros.</summary>
    private static int Wanted(char format, int precision, int exponent) => char.ToLowerInvariant(format) switch
    {
        'e' => precision + 1,
        'g' => Math.Max(precision, 1),
        _ => precision + exponent + 1,
    };

    /// <summary>True when guard digits that were rounded themselves cannot decide.</summary>
    private static bool IsOpen(ReadOnlySpan<char> rest) =>
        (rest[0] == '5' && !rest[1..].ContainsAnyExcept('0')) || (rest[0] == '4' && rest.Length >= GuardDigits - 2 && !rest[1..^1].ContainsAnyExcept('9'));

    private static (string Digits, int Exponent) Increment(ReadOnlySpan<char> digits, int exponent)
    {
        var last = digits.Length - 1;
        while (last >= 0 && digits[last] == '9')
        {
            last--;
        }

        return last < 0
            ? ("1", exponent + 1)
            : (string.Concat(digits[..last], ((char)(digits[last] + 1)).ToString()), exponent);
    }

    private static (string Digits, int Exponent) Trim(string digits, int exponent)
    {
        digits = digits.TrimEnd('0');
        return digits.Length == 0 ? ("0", 0) : (digits, exponent);
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
