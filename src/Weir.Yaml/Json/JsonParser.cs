using System.Buffers.Text;
using System.Text;
using Weir.Values;
using Weir.Yaml.Composing;

namespace Weir.Yaml.Json;

/// <summary>
/// Parses JSON as <c>encoding/json</c> does: its grammar, its words for errors, U+FFFD for what is no Unicode, the last
/// of equal keys. Works off an explicit stack. A method that answers false has set the problem.
/// </summary>
internal ref struct JsonParser
{
    private const int MaxDepth = 10_000;

    private readonly ReadOnlySpan<byte> _utf8;
    private readonly string? _file;
    private readonly bool _numbersAsFloat;
    private readonly bool _keepsPlaces;
    private readonly Utf8Pool _pool;
    private Value?[] _stack;
    private string?[] _keys;
    private int _depth;
    private int _position;
    private int _line;
    private int _lineStart;

    public JsonParser(ReadOnlySpan<byte> utf8, string? file, bool numbersAsFloat)
    {
        _utf8 = utf8;
        _file = file;
        _keepsPlaces = file is not null;
        _numbersAsFloat = numbersAsFloat;
        _pool = Utf8Pool.Rent();
        _stack = new Value?[16];
        _keys = new string?[16];
        _line = 1;
    }

    /// <summary>Go's message, when the text is no JSON.</summary>
    public string? Problem { get; private set; }

    /// <summary>Where the problem is, or where reading stopped.</summary>
    public readonly int Position => _position;

    public readonly void Release() => Utf8Pool.Return(_pool);

    /// <summary>One value and nothing after it but white space.</summary>
    public Value? Parse()
    {
        var value = ParseValues();
        if (value is null)
        {
            return null;
        }

        SkipSpace();
        if (_position < _utf8.Length)
        {
            FailAt("after top-level value");
            return null;
        }

        return value;
    }

    private Value? ParseValues()
    {
        while (true)
        {
            SkipSpace();
            if (_position >= _utf8.Length)
            {
                FailEnd();
                return null;
            }

            Value? value;
            var span = Here();
            switch (_utf8[_position])
            {
                case (byte)'{':
                    _position++;
                    if (!Push(new MapValue { Span = span }))
                    {
                        return null;
                    }

                    SkipSpace();
                    if (Take((byte)'}'))
                    {
                        value = Pop();
                        break;
                    }

                    if (!ParseKey("looking for beginning of object key string"))
                    {
                        return null;
                    }

                    continue;
                case (byte)'[':
                    _position++;
                    if (!Push(new ListValue { Span = span }))
                    {
                        return null;
                    }

                    SkipSpace();
                    if (Take((byte)']'))
                    {
                        value = Pop();
                        break;
                    }

                    continue;
                case (byte)'"':
                    value = ParseString(isKey: false) is { } text ? new StringValue(text) { Span = span } : null;
                    break;
                case (byte)'t':
                    value = ParseWord("true"u8) ? (_keepsPlaces ? new BoolValue(true) { Span = span } : BoolValue.True) : null;
                    break;
                case (byte)'f':
                    value = ParseWord("false"u8) ? (_keepsPlaces ? new BoolValue(false) { Span = span } : BoolValue.False) : null;
                    break;
                case (byte)'n':
                    value = ParseWord("null"u8) ? (_keepsPlaces ? new NullValue { Span = span } : NullValue.Instance) : null;
                    break;
                case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                    value = ParseNumber(span);
                    break;
                default:
                    FailAt("looking for beginning of value");
                    return null;
            }

            if (value is null)
            {
                return null;
            }

            // Give the value to what it stands in, and close all that ends here.
            while (true)
            {
                if (_depth == 0)
                {
                    return value;
                }

                var container = _stack[_depth - 1];
                SkipSpace();
                if (container is MapValue map)
                {
                    map.Set(_keys[_depth - 1]!, value, default);
                    if (Take((byte)','))
                    {
                        SkipSpace();
                        if (!ParseKey("looking for beginning of object key string"))
                        {
                            return null;
                        }

                        break;
                    }

                    if (!Take((byte)'}'))
                    {
                        FailAt("after object key:value pair");
                        return null;
                    }
                }
                else
                {
                    ((ListValue)container!).Add(value);
                    if (Take((byte)','))
                    {
                        break;
                    }

                    if (!Take((byte)']'))
                    {
                        FailAt("after array element");
                        return null;
                    }
                }

                value = Pop();
            }
        }
    }

    private bool Push(Value container)
    {
        if (_depth == MaxDepth)
        {
            Problem = "exceeded max depth";
            return false;
        }

        if (_depth == _stack.Length)
        {
            Array.Resize(ref _stack, _depth * 2);
            Array.Resize(ref _keys, _depth * 2);
        }

        _stack[_depth++] = container;
        return true;
    }

    private Value Pop()
    {
        var container = _stack[--_depth]!;
        _stack[_depth] = null;
        return container;
    }

    private bool ParseKey(string context)
    {
        if (_position >= _utf8.Length)
        {
            return FailEnd();
        }

        if (_utf8[_position] != (byte)'"')
        {
            return FailAt(context);
        }

        if (ParseString(isKey: true) is not { } key)
        {
            return false;
        }

        _keys[_depth - 1] = key;
        SkipSpace();
        return Take((byte)':') || FailAt("after object key");
    }

    private bool Take(byte expected)
    {
        if (_position < _utf8.Length && _utf8[_position] == expected)
        {
            _position++;
            return true;
        }

        return false;
    }

    private void SkipSpace()
    {
        var utf8 = _utf8;
        var i = _position;
        while ((uint)i < (uint)utf8.Length && utf8[i] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            if (utf8[i++] == (byte)'\n')
            {
                _line++;
                _lineStart = i;
            }
        }

        _position = i;
    }

    private readonly SourceSpan Here() => _keepsPlaces ? new(_file, _line, _position - _lineStart + 1) : default;

    private bool ParseWord(ReadOnlySpan<byte> word)
    {
        for (var i = 0; i < word.Length; i++, _position++)
        {
            if (_position >= _utf8.Length)
            {
                return FailEnd();
            }

            if (_utf8[_position] != word[i])
            {
                return FailAt($"in literal {Encoding.ASCII.GetString(word)} (expecting {GoQuote.QuoteRune(word[i])})");
            }
        }

        return true;
    }

    private Value? ParseNumber(SourceSpan span)
    {
        var start = _position;
        Take((byte)'-');
        if (!Take((byte)'0') && SkipDigits() == 0)
        {
            FailAt("in numeric literal");
            return null;
        }

        var isWhole = true;
        if (Take((byte)'.'))
        {
            isWhole = false;
            if (SkipDigits() == 0)
            {
                FailAt("after decimal point in numeric literal");
                return null;
            }
        }

        if (_position < _utf8.Length && _utf8[_position] is (byte)'e' or (byte)'E')
        {
            isWhole = false;
            _position++;
            if (_position < _utf8.Length && _utf8[_position] is (byte)'+' or (byte)'-')
            {
                _position++;
            }

            if (SkipDigits() == 0)
            {
                FailAt("in exponent of numeric literal");
                return null;
            }
        }

        var text = _utf8[start.._position];
        if (isWhole && !_numbersAsFloat && Utf8Parser.TryParse(text, out long whole, out var used) && used == text.Length)
        {
            return new IntValue(whole) { Span = span };
        }

        if (!double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            Problem = $"json: cannot unmarshal number {Encoding.ASCII.GetString(text)} into Go value of type float64";
            _position = start;
            return null;
        }

        return new FloatValue(number) { Span = span };
    }

    private int SkipDigits()
    {
        var from = _position;
        while (_position < _utf8.Length && _utf8[_position] is >= (byte)'0' and <= (byte)'9')
        {
            _position++;
        }

        return _position - from;
    }

    private string? ParseString(bool isKey)
    {
        _position++;
        var rest = _utf8[_position..];
        var length = rest.IndexOfAny(JsonBytes.EndsPlainText);
        if (length >= 0 && rest[length] == (byte)'"')
        {
            _position += length + 1;
            return isKey ? _pool.Get(rest[..length]) : JsonBytes.Decode(rest[..length]);
        }

        return ParseEscapedString();
    }

    private string? ParseEscapedString()
    {
        var text = new StringBuilder();
        while (true)
        {
            var rest = _utf8[_position..];
            var length = rest.IndexOfAny(JsonBytes.EndsPlainText);
            if (length < 0)
            {
                _position = _utf8.Length;
                FailEnd();
                return null;
            }

            text.Append(JsonBytes.Decode(rest[..length]));
            _position += length;
            switch (rest[length])
            {
                case (byte)'"':
                    _position++;
                    return text.ToString();
                case (byte)'\\':
                    _position++;
                    if (!ParseEscape(text))
                    {
                        return null;
                    }

                    break;
                default:
                    FailAt("in string literal");
                    return null;
            }
        }
    }

    private bool ParseEscape(StringBuilder text)
    {
        if (_position >= _utf8.Length)
        {
            return FailEnd();
        }

        var c = _utf8[_position];
        if (c == (byte)'u')
        {
            _position++;
            return ParseUnicodeEscape(text);
        }

        var meant = c switch
        {
            (byte)'"' or (byte)'\\' or (byte)'/' => (char)c,
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            _ => '\0',
        };
        if (meant == '\0')
        {
            return FailAt("in string escape code");
        }

        _position++;
        text.Append(meant);
        return true;
    }

    private bool ParseUnicodeEscape(StringBuilder text)
    {
        if (!ParseHex(out var unit))
        {
            return false;
        }

        if (!char.IsSurrogate(unit))
        {
            text.Append(unit);
            return true;
        }

        // A pair needs its second half right after; otherwise the half is U+FFFD.
        var rest = _utf8[_position..];
        if (char.IsHighSurrogate(unit) && rest.Length >= 6 && rest[0] == (byte)'\\' && rest[1] == (byte)'u')
        {
            var saved = _position;
            _position += 2;
            if (!ParseHex(out var low))
            {
                return false;
            }

            if (char.IsLowSurrogate(low))
            {
                text.Append(unit).Append(low);
                return true;
            }

            _position = saved;
        }

        text.Append('\uFFFD');
        return true;
    }

    private bool ParseHex(out char unit)
    {
        unit = '\0';
        var value = 0;
        for (var i = 0; i < 4; i++, _position++)
        {
            if (_position >= _utf8.Length)
            {
                return FailEnd();
            }

            if (!char.IsAsciiHexDigit((char)_utf8[_position]))
            {
                return FailAt("in \\u hexadecimal character escape");
            }

            value = (value << 4) + Convert.ToInt32(((char)_utf8[_position]).ToString(), 16);
        }

        unit = (char)value;
        return true;
    }

    private bool FailEnd()
    {
        Problem = "unexpected end of JSON input";
        return false;
    }

    private bool FailAt(string context)
    {
        if (_position >= _utf8.Length)
        {
            return FailEnd();
        }

        Rune.DecodeFromUtf8(_utf8[_position..], out var rune, out _);
        var shown = _utf8[_position] switch
        {
            (byte)'\'' => @"'\''",
            (byte)'"' => "'\"'",
            < 0x80 => GoQuote.QuoteRune(rune.Value),
            var b => GoQuote.QuoteRune(b),
        };
        Problem = $"invalid character {shown} {context}";
        return false;
    }
}
