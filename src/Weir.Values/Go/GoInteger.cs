namespace Weir.Values;

/// <summary>Go's <c>strconv.ParseInt</c> and <c>ParseUint</c> for 64 bits.</summary>
public static class GoInteger
{
    /// <summary>
    /// Reads a signed number. With base 0 a prefix decides (<c>0x 0b 0o 0</c>) and underscores may stand between digits.
    /// Out of range, the value is the nearest number.
    /// </summary>
    public static NumberParse Parse(ReadOnlySpan<char> text, int radix, out long value)
    {
        value = 0;
        var isNegative = false;
        if (text.Length > 0 && text[0] is '+' or '-')
        {
            isNegative = text[0] == '-';
            text = text[1..];
        }

        var result = ParseUnsigned(text, radix, out var magnitude);
        if (result == NumberParse.InvalidSyntax)
        {
            return result;
        }

        var limit = isNegative ? 1UL << 63 : (1UL << 63) - 1;
        if (result == NumberParse.OutOfRange || magnitude > limit)
        {
            value = isNegative ? long.MinValue : long.MaxValue;
            return NumberParse.OutOfRange;
        }

        value = isNegative ? unchecked(-(long)magnitude) : (long)magnitude;
        return NumberParse.Ok;
    }

    /// <summary>Reads an unsigned number, which may have no sign.</summary>
    public static NumberParse ParseUnsigned(ReadOnlySpan<char> text, int radix, out ulong value)
    {
        value = 0;
        if (text.IsEmpty)
        {
            return NumberParse.InvalidSyntax;
        }

        var allowsUnderscores = radix == 0;
        var written = text;
        if (radix == 0)
        {
            radix = 10;
            if (text[0] == '0')
            {
                var prefix = text.Length >= 3 ? (char)(text[1] | 0x20) : '\0';
                radix = prefix switch { 'x' => 16, 'b' => 2, 'o' => 8, _ => 8 };
                text = text[(prefix is 'x' or 'b' or 'o' ? 2 : 1)..];
            }
        }

        var hasUnderscore = false;
        var overflows = false;
        foreach (var c in text)
        {
            int digit;
            if (c == '_' && allowsUnderscores)
            {
                hasUnderscore = true;
                continue;
            }
            else if (char.IsAsciiDigit(c))
            {
                digit = c - '0';
            }
            else if (char.IsAsciiLetter(c))
            {
                digit = (c | 0x20) - 'a' + 10;
            }
            else
            {
                return NumberParse.InvalidSyntax;
            }

            if (digit >= radix)
            {
                return NumberParse.InvalidSyntax;
            }

            if (overflows)
            {
                continue;
            }

            var next = unchecked((value * (ulong)radix) + (ulong)digit);
            overflows = value > (ulong.MaxValue - (ulong)digit) / (ulong)radix;
            value = next;
        }

        if (hasUnderscore && !AreUnderscoresPlaced(written))
        {
            return NumberParse.InvalidSyntax;
        }

        if (overflows)
        {
            value = ulong.MaxValue;
            return NumberParse.OutOfRange;
        }

        return NumberParse.Ok;
    }

    /// <summary>Underscores stand between digits, or between the base prefix and a digit.</summary>
    internal static bool AreUnderscoresPlaced(ReadOnlySpan<char> text)
    {
        // '^' start or sign, '0' digit, '_' underscore, '!' anything else.
        var last = '^';
        var i = 0;
        if (text.Length >= 1 && text[0] is '-' or '+')
        {
            text = text[1..];
        }

        var isHex = false;
        if (text.Length >= 2 && text[0] == '0' && (text[1] | 0x20) is 'b' or 'o' or 'x')
        {
            i = 2;
            last = '0';
            isHex = (text[1] | 0x20) == 'x';
        }

        for (; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAsciiDigit(c) || (isHex && char.IsAsciiHexDigit(c)))
            {
                last = '0';
            }
            else if (c == '_')
            {
                if (last != '0')
                {
                    return false;
                }

                last = '_';
            }
            else
            {
                if (last == '_')
                {
                    return false;
                }

                last = '!';
            }
        }

        return last != '_';
    }
}
