using System.Globalization;

namespace Weir.GoTemplate.Syntax;

/// <summary>Go's <c>strconv.ParseInt</c>, <c>ParseUint</c> with base 0 and <c>ParseFloat</c>.</summary>
internal static class GoNumberText
{
    public static bool TryParseInt(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        var negative = text.StartsWith("-", StringComparison.Ordinal);
        var digits = negative || text.StartsWith("+", StringComparison.Ordinal) ? text[1..] : text;
        if (!TryParseUInt(digits, out var magnitude))
        {
            return false;
        }

        if (magnitude > (negative ? 1UL << 63 : long.MaxValue))
        {
            return false;
        }

        value = negative ? unchecked((long)(0 - magnitude)) : (long)magnitude;
        return true;
    }

    public static bool TryParseUInt(ReadOnlySpan<char> text, out ulong value)
    {
        value = 0;
        var (numberBase, digits) = Base(text);
        if (digits.Length == 0 || !UnderscoresFit(text, numberBase != 10))
        {
            return false;
        }

        foreach (var c in digits)
        {
            if (c == '_')
            {
                continue;
            }

            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : 99;
            if (digit >= numberBase)
            {
                return false;
            }

            var next = (UInt128)value * (ulong)numberBase + (ulong)digit;
            if (next > ulong.MaxValue)
            {
                return false;
            }

            value = (ulong)next;
        }

        return true;
    }

    public static bool TryParseFloat(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        var unsigned = text.TrimStart("+-");
        if (text.Length - unsigned.Length > 1 || unsigned.IsEmpty)
        {
            return false;
        }

        if (unsigned.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return UnderscoresFit(unsigned, true) && TryParseHexFloat(unsigned[2..].ToString().Replace("_", "", StringComparison.Ordinal), text[0] == '-', out value);
        }

        if (unsigned.Contains('_'))
        {
            if (!UnderscoresFit(unsigned, false))
            {
                return false;
            }

            text = text.ToString().Replace("_", "", StringComparison.Ordinal);
        }

        return (char.IsAsciiDigit(unsigned[0]) || unsigned[0] == '.')
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }

    private static (int Base, string Digits) Base(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] != '0')
        {
            return (10, text.ToString());
        }

        return text[1] switch
        {
            'x' or 'X' => (16, text[2..].ToString()),
            'b' or 'B' => (2, text[2..].ToString()),
            'o' or 'O' => (8, text[2..].ToString()),
            _ => (8, text[1..].ToString()),
        };
    }

    /// <summary>Underscores stand between digits, or between prefix and digits, and only after a base prefix or in base 10 literals.</summary>
    private static bool UnderscoresFit(ReadOnlySpan<char> text, bool hasPrefix)
    {
        var previous = hasPrefix ? '0' : '^';
        var start = hasPrefix && text.Length > 1 && char.IsAsciiLetter(text[1]) ? 2 : 0;
        foreach (var c in text[start..])
        {
            if (c == '_')
            {
                if (previous != '0')
                {
                    return false;
                }

                previous = '_';
            }
            else if (char.IsAsciiHexDigit(c))
            {
                previous = '0';
            }
            else
            {
                if (previous == '_')
                {
                    return false;
                }

                previous = '!';
            }
        }

        return previous != '_';
    }

    private static bool TryParseHexFloat(ReadOnlySpan<char> text, bool negative, out double value)
    {
        value = 0;
        var p = text.IndexOfAny('p', 'P');
        if (p < 0 || !int.TryParse(text[(p + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent))
        {
            return false;
        }

        var mantissa = 0.0;
        var any = false;
        var seenPoint = false;
        foreach (var c in text[..p])
        {
            if (c == '.')
            {
                if (seenPoint)
                {
                    return false;
                }

                seenPoint = true;
                continue;
            }

            if (!char.IsAsciiHexDigit(c))
            {
                return false;
            }

            any = true;
            mantissa = mantissa * 16 + Convert.ToInt32(c.ToString(), 16);
            exponent -= seenPoint ? 4 : 0;
        }

        value = Math.ScaleB(mantissa, exponent) * (negative ? -1 : 1);
        return any && double.IsFinite(value);
    }
}
