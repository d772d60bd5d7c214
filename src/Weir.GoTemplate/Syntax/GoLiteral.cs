using System.Globalization;
using System.Text;
using Weir.Values;

namespace Weir.GoTemplate.Syntax;

/// <summary>Go's <c>strconv.Unquote</c>: what a quoted string or character literal says.</summary>
internal static class GoLiteral
{
    public const string InvalidSyntax = "invalid syntax";

    /// <summary>The text, or <see langword="null"/> with Go's error.</summary>
    public static string? Unquote(string literal, out string? error)
    {
        error = null;
        if (literal.Length < 2 || literal[0] != literal[^1])
        {
            error = InvalidSyntax;
            return null;
        }

        var quote = literal[0];
        var inner = literal.AsSpan(1, literal.Length - 2);
        if (quote == '`')
        {
            return inner.Contains('\r') ? inner.ToString().Replace("\r", "", StringComparison.Ordinal) : inner.ToString();
        }

        if (!inner.Contains('\\') && quote == '"')
        {
            return inner.ToString();
        }

        var result = UnquoteEscapes(inner, quote);
        if (result is null || (quote == '\'' && !IsOneCharacter(result)))
        {
            error = InvalidSyntax;
            return null;
        }

        return result;
    }

    private static bool IsOneCharacter(string text) =>
        text.Length == 1 || (text.Length == 2 && char.IsHighSurrogate(text[0]) && char.IsLowSurrogate(text[1]));

    private static string? UnquoteEscapes(ReadOnlySpan<char> inner, char quote)
    {
        var text = new StringBuilder(inner.Length);
        var bytes = new List<byte>();
        for (var i = 0; i < inner.Length; i++)
        {
            var c = inner[i];
            if (c == quote)
            {
                return null;
            }

            if (c != '\\')
            {
                Flush(text, bytes);
                text.Append(c);
                continue;
            }

            if (++i >= inner.Length)
            {
                return null;
            }

            c = inner[i];
            if (Simple(c, quote) is { } simple)
            {
                Flush(text, bytes);
                text.Append(simple);
                continue;
            }

            var (length, isByte) = c switch
            {
                'x' => (2, true),
                'u' => (4, false),
                'U' => (8, false),
                >= '0' and <= '7' => (3, true),
                _ => (0, false),
            };
            var start = c is >= '0' and <= '7' ? i : i + 1;
            if (length == 0 || start + length > inner.Length || !TryNumber(inner.Slice(start, length), length == 3, out var code))
            {
                return null;
            }

            i = start + length - 1;
            if (isByte && code > 255)
            {
                return null;
            }

            if (!isByte && !Rune.IsValid(code))
            {
                return null;
            }

            if (isByte && code >= 0x80 && quote == '"')
            {
                bytes.Add((byte)code);
                continue;
            }

            Flush(text, bytes);
            text.Append(new Rune(code));
        }

        Flush(text, bytes);
        return text.ToString();
    }

    private static void Flush(StringBuilder text, List<byte> bytes)
    {
        if (bytes.Count > 0)
        {
            text.Append(GoString.FromBytes(bytes.ToArray()));
            bytes.Clear();
        }
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, bool octal, out int code)
    {
        code = 0;
        foreach (var c in digits)
        {
            if (octal ? c is < '0' or > '7' : !char.IsAsciiHexDigit(c))
            {
                return false;
            }

            var digit = int.Parse(c.ToString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            var next = (long)code * (octal ? 8 : 16) + digit;
            if (next > 0x10FFFF)
            {
                return false;
            }

            code = (int)next;
        }

        return true;
    }

    private static char? Simple(char c, char quote) => c switch
    {
        'a' => '\a',
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\v',
        '\\' => '\\',
        '\'' when quote == '\'' => '\'',
        '"' when quote == '"' => '"',
        _ => null,
    };
}
