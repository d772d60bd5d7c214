using System.Globalization;
using System.Text;
using Weir.Values;

namespace Weir.Cel.Syntax;

/// <summary>What string and bytes literals mean.</summary>
internal static class StringText
{
    /// <summary>The text of a literal; <see langword="null"/> with cel-go's message when an escape in it means nothing.</summary>
    public static string? Read(string literal, out string error)
    {
        error = "";
        var content = Content(literal, out var isRaw);
        if (isRaw || !content.Contains('\\', StringComparison.Ordinal))
        {
            return content;
        }

        var text = new StringBuilder(content.Length);
        for (var i = 0; i < content.Length;)
        {
            if (content[i] != '\\')
            {
                text.Append(content[i++]);
                continue;
            }

            var (code, length) = Escape(content, i);
            if (!Rune.IsValid((int)Math.Min(code, int.MaxValue)))
            {
                error = "invalid unicode code point";
                return null;
            }

            text.Append(new Rune((int)code).ToString());
            i += length;
        }

        return text.ToString();
    }

    /// <summary>The bytes of a literal (without its b); <see langword="null"/> when an escape in it names no byte.</summary>
    public static byte[]? ReadBytes(string literal, out string error)
    {
        error = "";
        var content = Content(literal, out var isRaw);
        if (isRaw)
        {
            return GoString.ToBytes(content);
        }

        var bytes = new List<byte>(content.Length);
        for (var i = 0; i < content.Length;)
        {
            if (content[i] != '\\')
            {
                var width = Data.Runes.Width(content, i);
                bytes.AddRange(GoString.ToBytes(content.Substring(i, width)));
                i += width;
                continue;
            }

            if (content[i + 1] is 'u' or 'U')
            {
                error = "unable to unescape string";
                return null;
            }

            var (code, length) = Escape(content, i);
            bytes.Add((byte)code);
            i += length;
        }

        return [.. bytes];
    }

    private static string Content(string literal, out bool isRaw)
    {
        isRaw = literal[0] is 'r' or 'R';
        var text = literal.AsSpan(isRaw ? 1 : 0);
        var quotes = text.Length >= 6 && text[1] == text[0] && text[2] == text[0] ? 3 : 1;
        return text[quotes..^quotes].ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
    }

    private static (long Code, int Length) Escape(string text, int at)
    {
        var c = text[at + 1];
        var simple = "abfnrtv".IndexOf(c, StringComparison.Ordinal);
        if (simple >= 0)
        {
            return ("\a\b\f\n\r\t\v"[simple], 2);
        }

        var (digits, isOctal) = c switch
        {
            'x' or 'X' => (2, false),
            'u' => (4, false),
            'U' => (8, false),
            >= '0' and <= '3' => (3, true),
            _ => (0, false),
        };
        if (digits == 0)
        {
            return (c, 2);
        }

        if (!isOctal)
        {
            return (long.Parse(text.AsSpan(at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), 2 + digits);
        }

        return (((c - '0') * 64) + ((text[at + 2] - '0') * 8) + text[at + 3] - '0', 4);
    }
}
