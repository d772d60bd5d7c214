namespace Weir.Cel.Syntax;

/// <summary>Where a string literal ends, or where it fails to go on.</summary>
internal readonly record struct StringScan(int End, int FailedAt, bool IsBytes)
{
    /// <summary>The length of what stands before the quote (<c>r</c>, <c>b</c>, <c>br</c>), or <see langword="null"/> when no string starts here.</summary>
    public static int? PrefixLength(string text, int start)
    {
        var at = start;
        if (at < text.Length && text[at] is 'b' or 'B')
        {
            at++;
        }

        if (at < text.Length && text[at] is 'r' or 'R')
        {
            at++;
        }

        return at < text.Length && text[at] is '"' or '\'' ? at - start : null;
    }

    public static StringScan Read(string text, int start, int prefix)
    {
        var isBytes = prefix > 0 && text[start] is 'b' or 'B';
        var isRaw = prefix > 0 && text[start + prefix - 1] is 'r' or 'R';
        var open = start + prefix;
        var quote = text[open];
        if (string.CompareOrdinal(text, open, new string(quote, 3), 0, 3) == 0)
        {
            var (end, _) = Scan(text, open + 3, quote, 3, isRaw);
            return new(end >= 0 ? end : open + 2, -1, isBytes);
        }

        var (last, failedAt) = Scan(text, open + 1, quote, 1, isRaw);
        return new(last, failedAt, isBytes);
    }

    private static (int End, int FailedAt) Scan(string text, int at, char quote, int quotes, bool isRaw)
    {
        while (at < text.Length)
        {
            var c = text[at];
            if (c == quote && (quotes == 1 || string.CompareOrdinal(text, at, new string(quote, 3), 0, 3) == 0))
            {
                return (at + quotes, -1);
            }

            if (quotes == 1 && c is '\n' or '\r')
            {
                return (-1, at);
            }

            if (c != '\\' || isRaw)
            {
                at++;
                continue;
            }

            var (length, isWhole) = Escape(text, at);
            if (!isWhole)
            {
                return (-1, at + length);
            }

            at += length;
        }

        return (-1, text.Length);
    }

    /// <summary>How far an escape goes, and whether it is one.</summary>
    private static (int Length, bool IsWhole) Escape(string text, int at)
    {
        if (at + 1 >= text.Length)
        {
            return (1, false);
        }

        var (digits, isOctal) = text[at + 1] switch
        {
            'a' or 'b' or 'f' or 'n' or 'r' or 't' or 'v' or '"' or '\'' or '\\' or '?' or '`' => (0, false),
            'x' or 'X' => (2, false),
            'u' => (4, false),
            'U' => (8, false),
            >= '0' and <= '3' => (2, true),
            _ => (-1, false),
        };
        if (digits < 0)
        {
            return (1, false);
        }

        for (var i = 0; i < digits; i++)
        {
            var digit = at + 2 + i < text.Length ? text[at + 2 + i] : '\0';
            if (isOctal ? digit is < '0' or > '7' : !char.IsAsciiHexDigit(digit))
            {
                return (2 + i, false);
            }
        }

        return (2 + digits, true);
    }
}
