using System.Buffers;
using System.Globalization;
using System.Text;
using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>The builtins that escape text for other languages.</summary>
internal static class EscapeFunctions
{
    private static readonly SearchValues<char> HtmlSpecial = SearchValues.Create("'\"&<>\0");

    public static string Html(string text)
    {
        if (!text.AsSpan().ContainsAny(HtmlSpecial))
        {
            return text;
        }

        var output = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            _ = c switch
            {
                '\0' => output.Append('\uFFFD'),
                '"' => output.Append("&#34;"),
                '\'' => output.Append("&#39;"),
                '&' => output.Append("&amp;"),
                '<' => output.Append("&lt;"),
                '>' => output.Append("&gt;"),
                _ => output.Append(c),
            };
        }

        return output.ToString();
    }

    public static string JavaScript(string text)
    {
        var output = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c < 0x80)
            {
                AppendAscii(output, c);
                continue;
            }

            if (!Rune.TryGetRuneAt(text, i, out var rune))
            {
                // Go decodes a byte that is no UTF-8 as U+FFFD, which is printable, and writes the byte itself.
                output.Append(c);
                continue;
            }

            i += rune.Utf16SequenceLength - 1;
            if (GoQuote.IsPrint(rune))
            {
                output.Append(rune.ToString());
            }
            else
            {
                output.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
            }
        }

        return output.ToString();
    }

    /// <summary>Go's <c>url.QueryEscape</c>.</summary>
    public static string UrlQuery(string text)
    {
        var output = new StringBuilder(text.Length + 16);
        foreach (var b in GoString.ToBytes(text))
        {
            var c = (char)b;
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~')
            {
                output.Append(c);
            }
            else if (c == ' ')
            {
                output.Append('+');
            }
            else
            {
                output.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }

        return output.ToString();
    }

    private static void AppendAscii(StringBuilder output, char c)
    {
        _ = c switch
        {
            '\\' => output.Append("\\\\"),
            '\'' => output.Append("\\'"),
            '"' => output.Append("\\\""),
            '<' => output.Append("\\u003C"),
            '>' => output.Append("\\u003E"),
            '&' => output.Append("\\u0026"),
            '=' => output.Append("\\u003D"),
            < ' ' => output.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
            _ => output.Append(c),
        };
    }
}
