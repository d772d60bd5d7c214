using System.Globalization;
using System.Text;

namespace Weir.Values;

/// <summary>Go's <c>strconv.Quote</c> family: how Go writes a string or a character as a literal.</summary>
public static class GoQuote
{
    /// <summary>The text in double quotes with Go's escapes, as <c>%q</c> prints it.</summary>
    public static string Quote(string text) => Quote(text, '"', asciiOnly: false);

    /// <summary><see cref="Quote(string)"/> with everything outside ASCII escaped, as <c>%+q</c> prints it.</summary>
    public static string QuoteToAscii(string text) => Quote(text, '"', asciiOnly: true);

    /// <summary>A character in single quotes, as <c>%q</c> prints a number; what is no character becomes U+FFFD.</summary>
    public static string QuoteRune(long rune, bool asciiOnly = false) =>
        Quote(Rune.IsValid((int)Math.Clamp(rune, -1, int.MaxValue)) ? new Rune((int)rune).ToString() : "\uFFFD", '\'', asciiOnly);

    /// <summary>Go's <c>unicode.IsPrint</c>: letters, marks, numbers, punctuation, symbols and the ASCII space.</summary>
    public static bool IsPrint(Rune rune) => rune.Value is >= 0x20 and < 0x7F || (rune.Value > 0x7F && IsGraphicCategory(Rune.GetUnicodeCategory(rune)));

    private static bool IsGraphicCategory(UnicodeCategory category) => category is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator);

    private static string Quote(string text, char quote, bool asciiOnly)
    {
        if (IsPlain(text, quote))
        {
            return string.Create(text.Length + 2, (text, quote), static (span, state) =>
            {
                span[0] = state.quote;
                state.text.CopyTo(span[1..]);
                span[^1] = state.quote;
            });
        }

        var output = new StringBuilder(text.Length + 8);
        output.Append(quote);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is >= ' ' and < '\x7F')
            {
                if (c == quote || c == '\\')
                {
                    output.Append('\\');
                }

                output.Append(c);
            }
            else if (GoString.IsEscapedByte(text, i))
            {
                output.Append(CultureInfo.InvariantCulture, $"\\x{c - 0xDC00:x2}");
            }
            else
            {
                Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var consumed);
                i += consumed - 1;
                AppendRune(output, rune, asciiOnly);
            }
        }

        return output.Append(quote).ToString();
    }

    private static bool IsPlain(string text, char quote)
    {
        foreach (var c in text)
        {
            if (c is < ' ' or >= '\x7F' or '\\' || c == quote)
            {
                return false;
            }
        }

        return true;
    }

    private static void AppendRune(StringBuilder output, Rune rune, bool asciiOnly)
    {
        if (rune.Value >= 0x80 && !asciiOnly && IsPrint(rune))
        {
            output.Append(rune.ToString());
            return;
        }

        _ = rune.Value switch
        {
            '\a' => output.Append("\\a"),
            '\b' => output.Append("\\b"),
            '\f' => output.Append("\\f"),
            '\n' => output.Append("\\n"),
            '\r' => output.Append("\\r"),
            '\t' => output.Append("\\t"),
            '\v' => output.Append("\\v"),
            < ' ' or 0x7F => output.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"),
            < 0x10000 => output.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
            _ => output.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}"),
        };
    }
}
