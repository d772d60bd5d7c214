using System.Text;
using Weir.Values;

namespace Weir.GoTemplate.Formatting;

/// <summary>The verbs of strings and byte slices.</summary>
internal static class TextFormat
{
    /// <summary>False when strings do not have the verb.</summary>
    public static bool TryWrite(FormatBuffer buffer, string text, Rune verb)
    {
        switch (verb.Value)
        {
            case 'v' when buffer.Flags.SharpV:
            case 'q':
                WriteQuoted(buffer, text);
                return true;
            case 'v' or 's':
                buffer.Pad(buffer.Truncate(text));
                return true;
            case 'x':
                WriteHex(buffer, GoString.ToBytes(text), IntegerFormat.LowerDigits);
                return true;
            case 'X':
                WriteHex(buffer, GoString.ToBytes(text), IntegerFormat.UpperDigits);
                return true;
            default:
                return false;
        }
    }

    private static void WriteQuoted(FormatBuffer buffer, string text)
    {
        text = buffer.Truncate(text);
        if (buffer.Flags.Sharp && CanBackquote(text))
        {
            buffer.Pad($"`{text}`");
            return;
        }

        buffer.Pad(buffer.Flags.Plus ? GoQuote.QuoteToAscii(text) : GoQuote.Quote(text));
    }

    /// <summary>Go's <c>strconv.CanBackquote</c>: one line, no control characters but tab, no back quote.</summary>
    private static bool CanBackquote(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if ((c < ' ' && c != '\t') || c is '`' or '\x7F' or '\uFEFF' || GoString.IsEscapedByte(text, i))
            {
                return false;
            }
        }

        return true;
    }

    private static void WriteHex(FormatBuffer buffer, byte[] bytes, string digits)
    {
        ref var flags = ref buffer.Flags;
        var length = Math.Min(flags.Precision ?? bytes.Length, bytes.Length);
        if (length == 0)
        {
            buffer.WritePadding(flags.Width ?? 0);
            return;
        }

        var text = new StringBuilder(length * 2 + 2);
        for (var i = 0; i < length; i++)
        {
            if (flags.Space && i > 0)
            {
                text.Append(' ');
            }

            if (flags.Sharp && (flags.Space || i == 0))
            {
                text.Append('0').Append(digits[16]);
            }

            text.Append(digits[bytes[i] >> 4]).Append(digits[bytes[i] & 15]);
        }

        buffer.Pad(text.ToString());
    }
}
