using System.Globalization;
using System.Text;
using Weir.Values;

namespace Weir.GoTemplate.Formatting;

/// <summary>The verbs of floats.</summary>
internal static class FloatFormat
{
    /// <summary>False when floats do not have the verb.</summary>
    public static bool TryWrite(FormatBuffer buffer, double value, Rune verb)
    {
        switch (verb.Value)
        {
            case 'v':
                Write(buffer, value, 'g', -1);
                return true;
            case 'b' or 'g' or 'G' or 'x' or 'X':
                Write(buffer, value, (char)verb.Value, -1);
                return true;
            case 'f' or 'e' or 'E':
                Write(buffer, value, (char)verb.Value, 6);
                return true;
            case 'F':
                Write(buffer, value, 'f', 6);
                return true;
            default:
                return false;
        }
    }

    private static void Write(FormatBuffer buffer, double value, char verb, int precision)
    {
        ref var flags = ref buffer.Flags;
        precision = flags.Precision ?? precision;
        var text = Digits(value, verb, precision);
        var sign = '+';
        if (text[0] is '-' or '+')
        {
            sign = text[0];
            text = text[1..];
        }

        if (flags.Space && sign == '+' && !flags.Plus)
        {
            sign = ' ';
        }

        if (text[0] is 'I' or 'N')
        {
            var zero = flags.Zero;
            flags.Zero = false;
            buffer.Pad(text[0] == 'N' && !flags.Space && !flags.Plus ? text : sign + text);
            flags.Zero = zero;
            return;
        }

        if (flags.Sharp && verb != 'b')
        {
            text = KeepZeros(text, verb, precision);
        }

        if (!flags.Plus && sign == '+')
        {
            buffer.Pad(text);
            return;
        }

        if (flags.Zero && !flags.Minus && flags.Width is { } width && width > text.Length + 1)
        {
            buffer.Write(sign);
            buffer.WritePadding(width - text.Length - 1);
            buffer.Write(text);
            return;
        }

        buffer.Pad(sign + text);
    }

    private static string Digits(double value, char verb, int precision) => verb switch
    {
        _ when !double.IsFinite(value) => GoFloat.Format(value, 'g', -1),
        'b' => Binary(value),
        'x' or 'X' => Hexadecimal(value, verb, precision),
        _ => GoFloat.Format(value, verb, precision),
    };

    /// <summary><c>%b</c>: the mantissa in decimal and a power of two.</summary>
    private static string Binary(double value)
    {
        var (negative, mantissa, exponent) = Split(value);
        return string.Create(CultureInfo.InvariantCulture, $"{(negative ? "-" : "")}{mantissa}p{exponent:+0;-0}");
    }

    /// <summary><c>%x</c>: <c>0x1.8p+01</c>.</summary>
    private static string Hexadecimal(double value, char verb, int precision)
    {
        var (negative, mantissa, exponent) = Split(value);
        if (mantissa == 0)
        {
            exponent = 0;
        }
        else
        {
            // The leading 1 stands at bit 60, so that 15 digits follow it.
            while ((mantissa & (1UL << 60)) == 0)
            {
                mantissa <<= 1;
                exponent--;
            }

            exponent += 60;
        }

        if (precision is >= 0 and < 15)
        {
            var shift = precision * 4;
            var extra = (mantissa << shift) & ((1UL << 60) - 1);
            mantissa >>= 60 - shift;
            if ((extra | (mantissa & 1)) > 1UL << 59)
            {
                mantissa++;
            }

            mantissa <<= 60 - shift;
            if ((mantissa & (1UL << 61)) != 0)
            {
                mantissa >>= 1;
                exponent++;
            }
        }

        var text = new StringBuilder(negative ? "-0x" : "0x").Append((char)('0' + ((mantissa >> 60) & 1)));
        mantissa <<= 4;
        if (precision > 0 || (precision < 0 && mantissa != 0))
        {
            text.Append('.');
            for (var i = 0; precision < 0 ? mantissa != 0 : i < precision; i++)
            {
                text.Append(IntegerFormat.LowerDigits[(int)((mantissa >> 60) & 15)]);
                mantissa <<= 4;
            }
        }

        text.Append(CultureInfo.InvariantCulture, $"p{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        return verb == 'X' ? text.ToString().ToUpperInvariant() : text.ToString();
    }

    private static (bool Negative, ulong Mantissa, int Exponent) Split(double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var mantissa = bits & ((1UL << 52) - 1);
        var exponent = (int)((bits >> 52) & 0x7FF);
        if (exponent == 0)
        {
            exponent++;
        }
        else
        {
            mantissa |= 1UL << 52;
        }

        return (bits >> 63 != 0, mantissa, exponent - 1075);
    }

    /// <summary>The sharp flag: a decimal point always, and for <c>%g</c> the zeros after it.</summary>
    private static string KeepZeros(string text, char verb, int precision)
    {
        var digits = verb is 'g' or 'G' or 'x' ? precision < 0 ? 6 : precision : 0;
        var end = text.Length;
        var hasPoint = false;
        var sawNonZero = false;
        for (var i = 0; i < end; i++)
        {
            var c = text[i];
            if (c == '.')
            {
                hasPoint = true;
            }
            else if (c is 'p' or 'P' || (c is 'e' or 'E' && verb is not ('x' or 'X')))
            {
                end = i;
            }
            else
            {
                sawNonZero = sawNonZero || c != '0';
                digits -= sawNonZero ? 1 : 0;
            }
        }

        var number = text[..end];
        if (!hasPoint)
        {
            digits -= number == "0" ? 1 : 0;
            number += '.';
        }

        return number + new string('0', Math.Max(digits, 0)) + text[end..];
    }
}
