using System.Text;
using Weir.GoTemplate.Sprig;
using Weir.Values;

namespace Weir.GoTemplate.Toml;

/// <summary>Reads TOML 1.1 as BurntSushi/toml v1.6 does: whole numbers are int64, dates are <see cref="GoTime"/>.</summary>
public sealed class TomlReader
{
    private const int MaxDepth = 1_000;

    // Properties first: the table below reads them.
    internal static GoZone LocalDatetime { get; } = GoZone.Fixed("datetime-local", 0);

    internal static GoZone LocalDate { get; } = GoZone.Fixed("date-local", 0);

    internal static GoZone LocalTime { get; } = GoZone.Fixed("time-local", 0);

    private static readonly (string Layout, GoZone Zone)[] DateLayouts =
    [
        (GoTimeLayout.Rfc3339Nano, GoZone.Utc),
        ("2006-01-02T15:04:05.999999999", LocalDatetime),
        ("2006-01-02", LocalDate),
        ("15:04:05.999999999", LocalTime),
        ("2006-01-02T15:04Z07:00", GoZone.Utc),
        ("2006-01-02T15:04", LocalDatetime),
        ("15:04", LocalTime),
    ];

    private readonly string _text;
    private readonly TomlTables _tables = new();
    private int _at;
    private int _line = 1;
    private int _depth;

    private TomlReader(string text) => _text = text;

    /// <summary>The document; <see langword="null"/> with the library's error when the text is none.</summary>
    public static MapValue? Read(string text, out string? error)
    {
        var reader = new TomlReader(text.StartsWith('\uFEFF') ? text[1..] : text);
        try
        {
            reader.ReadDocument();
            error = null;
            return reader._tables.Root;
        }
        catch (TomlSyntaxException e)
        {
            var key = reader._tables.CurrentKey;
            var line = GoValue.Invariant(reader._line);
            error = key.Length == 0 ? $"toml: line {line}: {e.Message}" : $"toml: line {line} (last key {GoQuote.Quote(key)}): {e.Message}";
            return null;
        }
    }

    private void ReadDocument()
    {
        while (true)
        {
            SkipBlank(withNewlines: true);
            if (_at >= _text.Length)
            {
                return;
            }

            if (Peek() == '[')
            {
                ReadHeader();
            }
            else
            {
                ReadPair();
            }

            EndLine();
        }
    }

    private void ReadHeader()
    {
        _at++;
        var isArray = Take('[');
        var key = new List<string>();
        do
        {
            SkipSpace();
            if (Peek() is ']' or '\0')
            {
                throw Error("unexpected end of table name (table names cannot be empty)");
            }

            if (Peek() == '.')
            {
                throw Error("unexpected table separator (table names cannot be empty)");
            }

            key.Add(ReadKeyPart());
            SkipSpace();
        }
        while (Take('.'));
        if (!Take(']'))
        {
            throw Error($"expected '.' or ']' to end table name, but got {Shown()} instead");
        }

        if (isArray && !Take(']'))
        {
            throw Error($"expected end of table array name delimiter ']', but got {Shown()} instead");
        }

        _tables.OpenTable(key, isArray);
    }

    private void ReadPair()
    {
        var key = ReadKey();
        var outer = _tables.Enter(key);
        SkipSpace();
        var value = ReadValue();
        _tables.Set(value);
        _tables.Leave(outer);
    }

    private List<string> ReadKey()
    {
        SkipSpace();
        if (Peek() is '=' or '\0')
        {
            throw Error("unexpected '=': key name appears blank");
        }

        if (Peek() == '.')
        {
            throw Error("unexpected '.': keys cannot start with a '.'");
        }

        var key = new List<string>();
        while (true)
        {
            SkipSpace();
            if (key.Count > 0 && Peek() is ('=' or '.'))
            {
                throw Error($"unexpected '{Peek()}'");
            }

            key.Add(ReadKeyPart());
            SkipSpace();
            if (Take('='))
            {
                return key;
            }

            if (!Take('.'))
            {
                throw Error($"expected '.' or '=', but got {Shown()} instead");
            }
        }
    }

    private string ReadKeyPart()
    {
        if (Peek() is '"' or '\'')
        {
            return _text[_at++] == '"' ? ReadBasicString() : ReadRawString();
        }

        var start = _at;
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() is '_' or '-')
        {
            _at++;
        }

        return _text[start.._at];
    }

    private Value ReadValue()
    {
        SkipSpace();
        if (++_depth > MaxDepth)
        {
            throw Error("the value is nested too deeply");
        }

        var value = ReadValueInside();
        _depth--;
        return value;
    }

    private Value ReadValueInside()
    {
        var c = Peek();
        switch (c)
        {
            case '[':
                _at++;
                return ReadArray();
            case '{':
                _at++;
                return ReadInlineTable();
            case '"' when StartsWith("\"\"\""):
                _at += 3;
                return ReadMultilineString('"');
            case '"':
                _at++;
                return ReadBasicString();
            case '\'' when StartsWith("'''"):
                _at += 3;
                return ReadMultilineString('\'');
            case '\'':
                _at++;
                return ReadRawString();
            case '.':
                throw Error("floats must start with a digit, not '.'");
            case '\0' when _at >= _text.Length:
                throw Error("unexpected EOF; expected value");
            case >= '0' and <= '9':
                return ReadNumberOrDate();
            case '-' or '+':
                return ReadSigned();
        }

        if (StartsWith("inf") || StartsWith("nan"))
        {
            _at += 3;
            return Float(_text[(_at - 3).._at]);
        }

        if (!char.IsLetter(c))
        {
            throw Error($"expected value but found {Shown()} instead");
        }

        var start = _at;
        while (char.IsLetter(Peek()))
        {
            _at++;
        }

        return _text[start.._at] switch
        {
            "true" => true,
            "false" => false,
            var word => throw Error($"expected value but found {GoQuote.Quote(word)} instead"),
        };
    }

    private ListValue ReadArray()
    {
        var list = new ListValue();
        while (true)
        {
            SkipBlank(withNewlines: true);
            if (Peek() == ',')
            {
                throw Error("unexpected comma");
            }

            if (Take(']'))
            {
                return list;
            }

            list.Add(ReadValue());
            SkipBlank(withNewlines: true);
            if (Take(']'))
            {
                return list;
            }

            if (!Take(','))
            {
                throw Error($"expected a comma (',') or array terminator (']'), but got {ShownOrEnd()}");
            }
        }
    }

    private MapValue ReadInlineTable()
    {
        var table = new MapValue();
        var outer = _tables.EnterInline(table);
        while (true)
        {
            SkipBlank(withNewlines: true);
            if (Peek() == ',')
            {
                throw Error("unexpected comma");
            }

            if (Take('}'))
            {
                break;
            }

            ReadPair();
            SkipBlank(withNewlines: true);
            if (Take('}'))
            {
                break;
            }

            if (!Take(','))
            {
                throw Error($"expected a comma or an inline table terminator '}}', but got {ShownOrEnd()} instead");
            }
        }

        _tables.LeaveInline(outer);
        return table;
    }

    private Value ReadSigned()
    {
        var start = _at++;
        if (StartsWith("inf") || StartsWith("nan"))
        {
            _at += 3;
            return Float(_text[start.._at]);
        }

        switch (Peek())
        {
            case 'i' or 'n':
                _at++;
                throw Error($"invalid float: '{_text[start.._at]}'");
            case '0' when _at + 1 < _text.Length && _text[_at + 1] is ('b' or 'o' or 'x'):
                throw Error($"cannot use sign with non-decimal numbers: '{_text[start..(_at + 2)]}'");
            case '.':
                throw Error("floats must start with a digit, not '.'");
            case < '0' or > '9':
                throw Error($"expected a digit but got {Shown()}");
        }

        return ReadDecimal(start);
    }

    private Value ReadDecimal(int start)
    {
        while (char.IsAsciiDigit(Peek()) || Peek() == '_')
        {
            _at++;
        }

        return Peek() is '.' or 'e' or 'E' ? ReadFloat(start) : Integer(_text[start.._at]);
    }

    private FloatValue ReadFloat(int start)
    {
        while (char.IsAsciiDigit(Peek()) || Peek() is '_' or '.' or '-' or '+' or 'e' or 'E')
        {
            _at++;
        }

        return Float(_text[start.._at]);
    }

    private Value ReadNumberOrDate()
    {
        var start = _at;
        if (Peek() == '0' && _at + 1 < _text.Length && _text[_at + 1] is ('b' or 'o' or 'x'))
        {
            var (isDigit, name) = _text[_at + 1] switch
            {
                'b' => ((Func<char, bool>)(c => c is '0' or '1'), "a binary"),
                'o' => (c => c is >= '0' and <= '7', "an octal"),
                _ => (char.IsAsciiHexDigit, "a hexadecimal"),
            };
            _at += 2;
            if (!isDigit(Peek()))
            {
                throw Error($"not {name} number: '{_text[start.._at]}{Peek()}'");
            }

            while (isDigit(Peek()) || Peek() == '_')
            {
                _at++;
            }

            return Integer(_text[start.._at]);
        }

        while (char.IsAsciiDigit(Peek()))
        {
            _at++;
        }

        if (Peek() is not ('-' or ':'))
        {
            return ReadDecimal(start);
        }

        while (char.IsAsciiDigit(Peek()) || Peek() is '-' or ':' or 'T' or 't' or ' ' or '.' or 'Z' or 'z' or '+')
        {
            _at++;
        }

        return Date(_text[start.._at].Trim());
    }

    private static IntValue Integer(string text)
    {
        if (!UnderscoresFit(text))
        {
            throw Error($"Invalid integer {GoQuote.Quote(text)}: underscores must be surrounded by digits");
        }

        if (HasLeadingZero(text))
        {
            throw Error($"Invalid integer {GoQuote.Quote(text)}: cannot have leading zeroes");
        }

        return GoNumber.TryParseInt(text, 0, out var number, out _)
            ? new IntValue(number)
            : throw Error($"{text} is out of range for int64");
    }

    private static FloatValue Float(string text)
    {
        var parts = text.Split(['.', 'e', 'E'], StringSplitOptions.RemoveEmptyEntries);
        if (!parts.All(UnderscoresFit))
        {
            throw Error($"Invalid float {GoQuote.Quote(text)}: underscores must be surrounded by digits");
        }

        if (parts.Length > 0 && HasLeadingZero(parts[0]))
        {
            throw Error($"Invalid float {GoQuote.Quote(text)}: cannot have leading zeroes");
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '.' && (i + 1 == text.Length || !char.IsAsciiDigit(text[i + 1])))
            {
                throw Error($"Invalid float {GoQuote.Quote(text)}: '.' must be followed by one or more digits");
            }
        }

        var digits = text.Replace("_", "", StringComparison.Ordinal);
        if (digits is "+nan" or "-nan")
        {
            digits = "nan";
        }

        if (GoNumber.TryParseFloat(digits, out var number))
        {
            return new FloatValue(number);
        }

        throw Error(double.IsInfinity(number) ? $"{text} is out of range for float64" : $"Invalid float value: {GoQuote.Quote(text)}");
    }

    private static GoTime Date(string text)
    {
        var normal = text.Replace('z', 'Z').Replace('t', 'T').Replace(' ', 'T');
        foreach (var (layout, zone) in DateLayouts)
        {
            if (GoTimeLayout.TryParse(layout, normal, zone, out var time, out _) && HasAllZeros(normal, layout))
            {
                return new GoTime(time);
            }
        }

        throw Error($"invalid datetime: {GoQuote.Quote(normal)}");
    }

    /// <summary>Go takes <c>1:2</c> for <c>01:02</c>; TOML does not: the separators must stand where the layout has them.</summary>
    private static bool HasAllZeros(string text, string layout)
    {
        for (var i = 0; i < layout.Length && layout[i] is not ('.' or 'Z'); i++)
        {
            if (!char.IsAsciiDigit(layout[i]) && text[i] != layout[i])
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasLeadingZero(string text) =>
        (text.Length > 1 && text[0] == '0' && text[1] is not ('b' or 'o' or 'x'))
        || (text.Length > 2 && text[0] is ('-' or '+') && text[1] == '0');

    private static bool UnderscoresFit(string text)
    {
        if (text.TrimStart('+', '-') is "nan" or "inf")
        {
            return true;
        }

        var fits = false;
        foreach (var c in text)
        {
            if (c == '_' && !fits)
            {
                return false;
            }

            fits = char.IsAsciiHexDigit(c);
        }

        return fits;
    }

    private string ReadBasicString()
    {
        var output = new StringBuilder();
        while (true)
        {
            var c = NextInString('"');
            switch (c)
            {
                case '"':
                    return output.ToString();
                case '\n' or '\r':
                    throw Error("strings cannot contain newlines");
                case '\\':
                    ReadEscape(output);
                    break;
                default:
                    output.Append(c);
                    break;
            }
        }
    }

    private string ReadRawString()
    {
        var start = _at;
        while (true)
        {
            switch (NextInString('\''))
            {
                case '\'':
                    return _text[start..(_at - 1)];
                case '\n' or '\r':
                    throw Error("strings cannot contain newlines");
            }
        }
    }

    private string ReadMultilineString(char quote)
    {
        var fence = new string(quote, 3);
        if (StartsWith("\r\n"))
        {
            _at++;
        }

        if (Peek() == '\n')
        {
            _at++;
            _line++;
        }

        var output = new StringBuilder();
        while (true)
        {
            if (_at >= _text.Length)
            {
                throw Error($"unexpected EOF; expected {(quote == '"' ? "'\"\"\"'" : "\"'''\"")}");
            }

            if (StartsWith(fence))
            {
                return EndMultilineString(output, quote);
            }

            var c = NextInString(quote);
            if (c == '\n')
            {
                _line++;
            }

            if (c == '\\' && quote == '"')
            {
                if (!SkipEscapedNewline())
                {
                    ReadEscape(output);
                }
            }
            else
            {
                output.Append(c);
            }
        }
    }

    /// <summary>Up to two quotes may stand before the closing three.</summary>
    private string EndMultilineString(StringBuilder output, char quote)
    {
        var count = 0;
        while (count < 6 && Peek() == quote)
        {
            count++;
            _at++;
        }

        if (count == 6)
        {
            throw Error(quote == '"' ? "unexpected '\"\"\"\"\"\"'" : "unexpected \"''''''\"");
        }

        return output.Append(quote, count - 3).ToString();
    }

    private bool SkipEscapedNewline()
    {
        var end = _at;
        var sawNewline = false;
        while (end < _text.Length && _text[end] is (' ' or '\t' or '\r' or '\n'))
        {
            sawNewline |= _text[end] == '\n';
            end++;
        }

        if (!sawNewline)
        {
            return false;
        }

        _line += _text.AsSpan(_at, end - _at).Count('\n');
        _at = end;
        return true;
    }

    private void ReadEscape(StringBuilder output)
    {
        var c = Peek();
        _at++;
        _ = c switch
        {
            'b' => output.Append('\b'),
            't' => output.Append('\t'),
            'n' => output.Append('\n'),
            'f' => output.Append('\f'),
            'r' => output.Append('\r'),
            'e' => output.Append('\x1B'),
            '"' => output.Append('"'),
            '\\' => output.Append('\\'),
            'x' => output.Append(ReadHex('x', 2, "two")),
            'u' => output.Append(ReadHex('u', 4, "four")),
            'U' => output.Append(ReadHex('U', 8, "eight")),
            ' ' or '\t' => throw Error($"invalid escape: '\\{c}'"),
            _ => throw Error($"invalid escape in string '\\{c}'"),
        };
    }

    private string ReadHex(char letter, int count, string name)
    {
        var start = _at;
        while (_at < start + count)
        {
            if (!char.IsAsciiHexDigit(Peek()))
            {
                throw Error($"expected {name} hexadecimal digits after '\\{letter}', but got {GoQuote.Quote(_text[start..Math.Min(_at + 1, _text.Length)])} instead");
            }

            _at++;
        }

        var digits = _text[start.._at];
        var rune = Convert.ToUInt32(digits, 16);
        return Rune.IsValid(rune) ? new Rune(rune).ToString() : throw Error($"Escaped character '\\u{digits}' is not valid UTF-8.");
    }

    private char NextInString(char quote)
    {
        if (_at >= _text.Length)
        {
            throw Error(quote == '"' ? "unexpected EOF; expected '\"'" : "unexpected EOF; expected \"'\"");
        }

        var c = _text[_at];
        CheckCharacter(c);
        _at++;
        return c;
    }

    private void CheckCharacter(char c)
    {
        if (c is < ' ' and not ('\t' or '\n' or '\r') or '\x7F')
        {
            throw Error($"TOML files cannot contain control characters: '0x{(int)c:x2}'");
        }

        if (GoString.IsEscapedByte(_text, _at))
        {
            throw Error($"invalid UTF-8 byte: 0x{c - 0xDC00:x2}");
        }
    }

    private void EndLine()
    {
        SkipBlank(withNewlines: false);
        if (_at < _text.Length && Peek() is not ('\n' or '\r'))
        {
            throw Error($"expected a top-level item to end with a newline, comment, or EOF, but got {Shown()} instead");
        }
    }

    private void SkipSpace()
    {
        while (Peek() is ' ' or '\t')
        {
            _at++;
        }
    }

    private void SkipBlank(bool withNewlines)
    {
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c == '#')
            {
                while (_at < _text.Length && _text[_at] is not ('\n' or '\r'))
                {
                    CheckCharacter(_text[_at]);
                    _at++;
                }
            }
            else if (c is ' ' or '\t')
            {
                _at++;
            }
            else if (withNewlines && c is ('\n' or '\r'))
            {
                _line += c == '\n' ? 1 : 0;
                _at++;
            }
            else
            {
                return;
            }
        }
    }

    private char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private bool Take(char c)
    {
        if (_at >= _text.Length || _text[_at] != c)
        {
            return false;
        }

        _at++;
        return true;
    }

    private bool StartsWith(string text) => string.CompareOrdinal(_text, _at, text, 0, text.Length) == 0;

    private string Shown() => GoQuote.QuoteRune(_at < _text.Length && Rune.TryGetRuneAt(_text, _at, out var rune) ? rune.Value : 0);

    private string ShownOrEnd() => _at >= _text.Length ? "end of file" : $"'{Peek()}'";

    private static TomlSyntaxException Error(string message) => new(message);
}
