using System.Globalization;
using System.Numerics;

namespace Weir.Values;

/// <summary>Go's <c>strconv.ParseInt</c> and <c>strconv.ParseFloat</c>.</summary>
public static class GoNumber
{
    /// <summary>
    /// Reads a signed 64-bit number. Base 0 takes the base from <c>0x</c>, <c>0o</c>, <c>0b</c> or <c>0</c> and allows <c>_</c>
    /// between digits. When only the range is wrong, <paramref name="number"/> is the nearest there is.
    /// </summary>
    public static bool TryParseInt(string text, int @base, out long number, out bool isOutOfRange)
    {
        number = 0;
        isOutOfRange = false;
        var rest = text.AsSpan();
        var negative = rest.StartsWith("-");
        if (negative || rest.StartsWith("+"))
        {
            rest = rest[1..];
        }

        if (!TryParseMagnitude(rest, @base, out var magnitude, out isOutOfRange))
        {
            return false;
        }

        var limit = negative ? 1UL << 63 : (1UL << 63) - 1;
        if (isOutOfRange || magnitude > limit)
        {
            isOutOfRange = true;
            number = negative ? long.MinValue : long.MaxValue;
            return false;
        }

        number = negative ? unchecked(-(long)magnitude) : (long)magnitude;
        return true;
    }

    /// <summary>Reads a 64-bit float: decimal or hexadecimal, <c>inf</c>, <c>nan</c>. False for no number and for one too large.</summary>
    public static bool TryParseFloat(string text, out double number)
    {
        number = 0;
        var rest = text.AsSpan();
        var negative = rest.StartsWith("-");
        if (negative || rest.StartsWith("+"))
        {
            rest = rest[1..];
        }

        if (rest.Equals("inf", StringComparison.OrdinalIgnoreCase) || rest.Equals("infinity", StringComparison.OrdinalIgnoreCase))
        {
            number = negative ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        if (text.Equals("nan", StringComparison.OrdinalIgnoreCase))
        {
            number = double.NaN;
            return true;
        }

        if (rest.IsEmpty || !(char.IsAsciiDigit(rest[0]) || rest[0] == '.') || !TryDropUnderscores(rest, out var digits))
        {
            return false;
        }

        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            if (!TryParseHexFloat(digits.AsSpan(2), out number))
            {
                return false;
            }
        }
        else if (!IsDecimalFloat(digits)
            || !double.TryParse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number))
        {
            return false;
        }

        number = negative ? -number : number;
        return !double.IsInfinity(number);
    }

    private static bool TryParseMagnitude(ReadOnlySpan<char> text, int @base, out ulong number, out bool isOutOfRange)
    {
        number = 0;
        isOutOfRange = false;
        if (text.IsEmpty)
        {
            return false;
        }

        var digits = text.ToString();
        if (@base == 0)
        {
            @base = 10;
            if (digits[0] == '0')
            {
                (@base, var skip) = digits.Length >= 3 ? char.ToLowerInvariant(digits[1]) switch
                {
                    'b' => (2, 2),
                    'o' => (8, 2),
                    'x' => (16, 2),
                    _ => (8, 1),
                }
                : (8, 1);
                if (!TryDropUnderscores(text, out digits))
                {
                    return false;
                }

                digits = digits[skip..];
            }
            else if (!TryDropUnderscores(text, out digits))
            {
                return false;
            }
        }

        foreach (var c in digits)
        {
            var digit = DigitValue(c);
            if (digit >= @base)
            {
                return false;
            }

            if (isOutOfRange)
            {
                continue;
            }

            var next = (UInt128)number * (ulong)@base + (ulong)digit;
            isOutOfRange = next > ulong.MaxValue;
            number = isOutOfRange ? ulong.MaxValue : (ulong)next;
        }

        return true;
    }

    private static int DigitValue(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'z' => c - 'a' + 10,
        >= 'A' and <= 'Z' => c - 'A' + 10,
        _ => int.MaxValue,
    };

    /// <summary>Underscores may stand between digits and after a base's prefix, nowhere else.</summary>
    private static bool TryDropUnderscores(ReadOnlySpan<char> text, out string digits)
    {
        digits = text.ToString();
        if (!text.Contains('_'))
        {
            return true;
        }

        var start = 0;
        var hex = false;
        var previous = '^';
        if (text.Length >= 2 && text[0] == '0' && char.ToLowerInvariant(text[1]) is 'b' or 'o' or 'x' && text[0] == '0')
        {
            hex = char.ToLowerInvariant(text[1]) == 'x';
            start = 2;
            previous = '0';
        }

        foreach (var c in text[start..])
        {
            if (char.IsAsciiDigit(c) || (hex && char.IsAsciiHexDigit(c)))
            {
                previous = '0';
            }
            else if (c == '_')
            {
                if (previous != '0')
                {
                    return false;
                }

                previous = '_';
            }
            else if (previous == '_')
            {
                return false;
            }
            else
            {
                previous = '!';
            }
        }

        digits = digits.Replace("_", "", StringComparison.Ordinal);
        return previous != '_';
    }

    private static bool IsDecimalFloat(string text)
    {
        var at = 0;
        var digits = Digits(text, ref at);
        if (at < text.Length && text[at] == '.')
        {
            at++;
            digits += Digits(text, ref at);
        }

        if (digits == 0)
        {
            return false;
        }

        if (at < text.Length && text[at] is 'e' or 'E')
        {
            at++;
            if (at < text.Length && text[at] is '+' or '-')
            {
                at++;
            }

            if (Digits(text, ref at) == 0)
            {
                return false;
            }
        }

        return at == text.Length;
    }

    private static int Digits(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at - start;
    }

    private static bool TryParseHexFloat(ReadOnlySpan<char> text, out double number)
    {
        number = 0;
        var mantissa = BigInteger.Zero;
        var (exponent, digits, at, afterPoint) = (0, 0, 0, false);
        for (; at < text.Length; at++)
        {
            if (text[at] == '.' && !afterPoint)
            {
                afterPoint = true;
            }
            else if (char.IsAsciiHexDigit(text[at]))
            {
                digits++;
                mantissa = (mantissa * 16) + DigitValue(text[at]);
                exponent -= afterPoint ? 4 : 0;
            }
            else
            {
                break;
            }
        }

        if (digits == 0 || at >= text.Length || text[at] is not ('p' or 'P')
            || !int.TryParse(text[(at + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power))
        {
            return false;
        }

        number = (double)mantissa * Math.Pow(2, exponent + power);
        return true;
    }
}
