using System.Text;

namespace Weir.Fleet;

/// <summary>
/// Shows characters that a terminal or a page would obey instead of show: control characters, and those that turn the direction
/// of writing, and halves of pairs, which no encoding has. A report holds text of repositories, whose authors its reader may not trust.
/// </summary>
internal static class VisibleText
{
    /// <summary>The text itself when all of it can be shown.</summary>
    public static string Of(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (IsObeyed(text, i))
            {
                return Rewrite(text, i);
            }
        }

        return text;
    }

    private static string Rewrite(string text, int start)
    {
        var result = new StringBuilder(text, 0, start, text.Length + 16);
        for (var i = start; i < text.Length; i++)
        {
            var c = text[i];
            _ = !IsObeyed(text, i) ? result.Append(c)
                : c < ' ' ? result.Append((char)('\u2400' + c))
                : c == '\u007f' ? result.Append('\u2421')
                : char.IsSurrogate(c) ? result.Append('\ufffd')
                : result.Append($"[U+{(int)c:X4}]");
        }

        return result.ToString();
    }

    private static bool IsObeyed(string text, int index)
    {
        var c = text[index];
        return c < ' ' ? c is not ('\n' or '\t')
            : c >= '\u007f'
                && (c is <= '\u009f' or '\u061c' or '\u200b' or '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or (>= '\u2060' and <= '\u206f') or '\ufeff' or >= '\ufffe'
                    || (char.IsSurrogate(c) && !IsHalfOfPair(text, index)));
    }

    private static bool IsHalfOfPair(string text, int index) =>
        char.IsHighSurrogate(text[index])
            ? index + 1 < text.Length && char.IsLowSurrogate(text[index + 1])
            : index > 0 && char.IsHighSurrogate(text[index - 1]);
}
