using System.Globalization;

namespace Weir.ApiServer.Encoding;

/// <summary>Says what is wrong with a JSON text in the words of Go's <c>encoding/json</c> scanner.</summary>
internal static class GoJsonError
{
    public static string Describe(ReadOnlySpan<byte> json)
    {
        var at = 0;
        var error = Value(json, ref at, 0);
        if (error is not null)
        {
            return error;
        }

        Skip(json, ref at);
        return at < json.Length ? Invalid(json[at], "after top-level value") : "unexpected end of JSON input";
    }

    private static string? Value(ReadOnlySpan<byte> json, ref int at, int depth)
    {
        Skip(json, ref at);
        if (at >= json.Length)
        {
            return "unexpected end of JSON input";
        }

        if (depth > 10_000)
        {
            return "exceeded max depth";
        }

        switch (json[at])
        {
            case (byte)'{':
                return Map(json, ref at, depth);
            case (byte)'[':
                return List(json, ref at, depth);
            case (byte)'"':
                return Text(json, ref at);
            case (byte)'t':
                return Literal(json, ref at, "true");
            case (byte)'f':
                return Literal(json, ref at, "false");
            case (byte)'n':
                return Literal(json, ref at, "null");
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                return Number(json, ref at);
            default:
                return Invalid(json[at], "looking for beginning of value");
        }
    }

    private static string? Map(ReadOnlySpan<byte> json, ref int at, int depth)
    {
        at++;
        Skip(json, ref at);
        if (at < json.Length && json[at] == '}')
        {
            at++;
            return null;
        }

        while (true)
        {
            Skip(json, ref at);
            if (at >= json.Length)
            {
                return "unexpected end of JSON input";
            }

            if (json[at] != '"')
            {
                return Invalid(json[at], "looking for beginning of object key string");
            }

            if (Text(json, ref at) is { } bad)
            {
                return bad;
            }

            Skip(json, ref at);
            if (at >= json.Length)
            {
                return "unexpected end of JSON input";
            }

            if (json[at] != ':')
            {
                return Invalid(json[at], "after object key");
            }

            at++;
            if (Value(json, ref at, depth + 1) is { } inner)
            {
                return inner;
            }

            Skip(json, ref at);
            if (at >= json.Length)
            {
                return "unexpected end of JSON input";
            }

            if (json[at] == '}')
            {
                at++;
                return null;
            }

            if (json[at] != ',')
            {
                return Invalid(json[at], "after object key:value pair");
            }

            at++;
        }
    }

    private static string? List(ReadOnlySpan<byte> json, ref int at, int depth)
    {
        at++;
        Skip(json, ref at);
        if (at < json.Length && json[at] == ']')
        {
            at++;
            return null;
        }

        while (true)
        {
            if (Value(json, ref at, depth + 1) is { } inner)
            {
                return inner;
            }

            Skip(json, ref at);
            if (at >= json.Length)
            {
                return "unexpected end of JSON input";
            }

            if (json[at] == ']')
            {
                at++;
                return null;
            }

            if (json[at] != ',')
            {
                return Invalid(json[at], "after array element");
            }

            at++;
        }
    }

    private static string? Text(ReadOnlySpan<byte> json, ref int at)
    {
        at++;
        while (at < json.Length)
        {
            var c = json[at++];
            if (c == '"')
            {
                return null;
            }

            if (c < 0x20)
            {
                return Invalid(c, "in string literal");
            }

            if (c != '\\')
            {
                continue;
            }

            if (at >= json.Length)
            {
                break;
            }

            c = json[at++];
            if (c == 'u')
            {
                for (var i = 0; i < 4; i++, at++)
                {
                    if (at >= json.Length)
                    {
                        return "unexpected end of JSON input";
                    }

                    if (!char.IsAsciiHexDigit((char)json[at]))
                    {
                        return Invalid(json[at], "in \\u hexadecimal character escape");
                    }
                }
            }
            else if (c is not ((byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t'))
            {
                return Invalid(c, "in string escape code");
            }
        }

        return "unexpected end of JSON input";
    }

    private static string? Literal(ReadOnlySpan<byte> json, ref int at, string word)
    {
        for (var i = 1; i < word.Length; i++)
        {
            if (at + i >= json.Length)
            {
                return "unexpected end of JSON input";
            }

            if (json[at + i] != word[i])
            {
                return Invalid(json[at + i], $"in literal {word} (expecting {Character(word[i])})");
            }
        }

        at += word.Length;
        return null;
    }

    private static string? Number(ReadOnlySpan<byte> json, ref int at)
    {
        if (json[at] == '-' && (++at >= json.Length || !char.IsAsciiDigit((char)json[at])))
        {
            return at >= json.Length ? "unexpected end of JSON input" : Invalid(json[at], "in numeric literal");
        }

        if (json[at] == '0')
        {
            at++;
        }
        else
        {
            Digits(json, ref at);
        }

        if (at < json.Length && json[at] == '.')
        {
            if (++at >= json.Length)
            {
                return "unexpected end of JSON input";
            }

            if (!Digits(json, ref at))
            {
                return Invalid(json[at], "after decimal point in numeric literal");
            }
        }

        if (at < json.Length && (json[at] is (byte)'e' or (byte)'E'))
        {
            at++;
            if (at < json.Length && (json[at] is (byte)'+' or (byte)'-'))
            {
                at++;
            }

            if (at >= json.Length)
            {
                return "unexpected end of JSON input";
            }

            if (!Digits(json, ref at))
            {
                return Invalid(json[at], "in exponent of numeric literal");
            }
        }

        return null;
    }

    private static bool Digits(ReadOnlySpan<byte> json, ref int at)
    {
        var start = at;
        while (at < json.Length && char.IsAsciiDigit((char)json[at]))
        {
            at++;
        }

        return at > start;
    }

    private static void Skip(ReadOnlySpan<byte> json, ref int at)
    {
        while (at < json.Length && (json[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
        {
            at++;
        }
    }

    private static string Invalid(byte c, string where) => $"invalid character {Character((char)c)} {where}";

    private static string Character(char c) => c switch
    {
        '\'' => "'\\''",
        '"' => "'\"'",
        '\\' => "'\\\\'",
        '\n' => "'\\n'",
        '\r' => "'\\r'",
        '\t' => "'\\t'",
        < ' ' or '\x7f' => string.Create(CultureInfo.InvariantCulture, $"'\\x{(int)c:x2}'"),
        >= '\x80' and < '\xa1' or '\xad' => string.Create(CultureInfo.InvariantCulture, $"'\\u{(int)c:x4}'"),
        _ => $"'{c}'",
    };
}
