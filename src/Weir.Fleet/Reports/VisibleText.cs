using System.Text;

namespace Weir.Fleet;

/// <summary>
/// Shows characters that a terminal or a page would obey instead of show: control characters, and those that turn the direction
/// of writing. A report holds text of repositories, whose authors its reader may not trust.
/// </summary>
internal static class VisibleText
{
    /// <summary>The text itself when all of it can be shown.</summary>
    public static string Of(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (IsObeyed(text[i]))
            {
                return Rewrite(text, i);
            }
        }

        return text;
    }

    private static string Rewrite(string text, int start)
    {
        var result = new StringBuilder(text, 0, start, text.Length + 16);
        foreach (var c in text.AsSpan(start))
        {
            _ = !IsObeyed(c) ? result.Append(c)
                : c < ' ' ? result.Append((char)('\u2400' + c))
                : c == '\u007f' ? result.Append('\u2421')
                : result.Append($"[U+{(int)c:X4}]");
        }

        return result.ToString();
    }

    private static bool IsObeyed(char c) =>
        c < ' ' ? c is not ('\n' or '\t')
        : c is >= '\u007f' and <= '\u009f' or '\u061c' or '\u200b' or '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or (>= '\u2060' and <= '\u206f') or '\ufeff';
}
