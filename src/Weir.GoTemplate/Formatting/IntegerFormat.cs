using System.Globalization;
using System.Text;
using Weir.Values;

namespace Weir.GoTemplate.Formatting;

/// <summary>The verbs of integers.</summary>
internal static class IntegerFormat
{
    public const string LowerDigits = "0123456789abcdefx";
    public const string UpperDigits = "0123456789ABCDEFX";

    /// <summary>False when integers do not have the verb.</summary>
    public static bool TryWrite(FormatBuffer buffer, ulong bits, bool isSigned, Rune verb)
    {
        switch (verb.Value)
        {
            case 'v' when buffer.Flags.SharpV && !isSigned:
                WriteHex(buffer, bits, prefix: true);
                return true;
            case 'v' or 'd':
                Write(buffer, bits, 10, isSigned, 'd', LowerDigits);
                return true;
            case 'b':
                Write(buffer, bits, 2, isSigned, 'b', LowerDigits);
                return true;
            case 'o' or 'O':
                Write(buffer, bits, 8, isSigned, (char)verb.Value, LowerDigits);
                return true;
            case 'x':
                Write(buffer, bits, 16, isSigned, 'x', LowerDigits);
                return true;
            case 'X':
                Write(buffer, bits, 16, isSigned, 'X', UpperDigits);
                return true;
            case 'c':
                buffer.Pad(ToRune(bits).ToString());
                return true;
            case 'q':
                buffer.Pad(GoQuote.QuoteRune(ToRune(bits).Value, buffer.Flags.Plus));
                return true;
            case 'U':
                WriteUnicode(buffer, bits);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Hexadecimal with or without <c>0x</c>, whatever the sharp flag says.</summary>
    public static void WriteHex(FormatBuffer buffer, ulong bits, bool prefix)
    {
        var sharp = buffer.Flags.Sharp;
        buffer.Flags.Sharp = prefix;
        Write(buffer, bits, 16, isSigned: false, 'v', LowerDigits);
        buffer.Flags.Sharp = sharp;
    }

    public static void Write(FormatBuffer buffer, ulong bits, int numberBase, bool isSigned, char verb, string digits)
    {
        ref var flags = ref buffer.Flags;
        if (numberBase == 10 && flags.IsPlain && (isSigned || bits <= long.MaxValue))
        {
            buffer.Write((long)bits);
            return;
        }

        var negative = isSigned && (long)bits < 0;
        var magnitude = negative ? 0 - bits : bits;
        var wanted = 0;
        if (flags.Precision is { } precision)
        {
            wanted = precision;
            if (precision == 0 && magnitude == 0)
            {
                var zero = flags.Zero;
                flags.Zero = false;
                buffer.WritePadding(flags.Width ?? 0);
                flags.Zero = zero;
                return;
            }
        }
        else if (flags.Zero && !flags.Minus && flags.Width is { } width)
        {
            wanted = width - (negative || flags.Plus || flags.Space ? 1 : 0);
        }

        var text = new StringBuilder(Math.Max(wanted, 8) + 4);
        AppendSign(text, negative, flags);
        var number = Digits(magnitude, numberBase, digits).PadLeft(wanted, '0');
        if (flags.Sharp)
        {
            text.Append(numberBase switch
            {
                2 => "0b",
                8 when number[0] != '0' => "0",
                16 => "0" + digits[16],
                _ => "",
            });
        }

        if (verb == 'O')
        {
            text.Append("0o");
        }

        text.Append(number);
        var oldZero = flags.Zero;
        flags.Zero = false;
        buffer.Pad(text.ToString());
        flags.Zero = oldZero;
    }

    private static void AppendSign(StringBuilder text, bool negative, FormatFlags flags)
    {
        if (negative)
        {
            text.Append('-');
        }
        else if (flags.Plus)
        {
            text.Append('+');
        }
        else if (flags.Space)
        {
            text.Append(' ');
        }
    }

    private static string Digits(ulong magnitude, int numberBase, string digits)
    {
        if (numberBase == 10)
        {
            return magnitude.ToString(CultureInfo.InvariantCulture);
        }

        Span<char> reversed = stackalloc char[64];
        var at = reversed.Length;
        do
        {
            reversed[--at] = digits[(int)(magnitude % (ulong)numberBase)];
            magnitude /= (ulong)numberBase;
        }
        while (magnitude > 0);
        return reversed[at..].ToString();
    }

    private static Rune ToRune(ulong bits) =>
        bits <= 0x10FFFF && Rune.IsValid((int)bits) ? new Rune((int)bits) : Rune.ReplacementChar;

    private static void WriteUnicode(FormatBuffer buffer, ulong bits)
    {
        var digits = Digits(bits, 16, UpperDigits).PadLeft(Math.Max(4, buffer.Flags.Precision ?? 0), '0');
        var text = "U+" + digits;
        if (buffer.Flags.Sharp && bits <= 0x10FFFF && Rune.IsValid((int)bits) && GoQuote.IsPrint(new Rune((int)bits)))
        {
            text += $" '{new Rune((int)bits)}'";
        }

        var zero = buffer.Flags.Zero;
        buffer.Flags.Zero = false;
        buffer.Pad(text);
        buffer.Flags.Zero = zero;
    }
}
