using System.Text;

namespace Weir.Yaml.Scanning;

/// <summary>Scalars of all styles. One that needs no folding or unescaping stays a slice of the text.</summary>
internal sealed partial class Scanner
{
    private bool FetchPlainScalar()
    {
        if (!SaveKey())
        {
            return false;
        }

        _keyAllowed = false;
        return ScanPlain();
    }

    private bool ScanPlain()
    {
        var start = Here;
        var end = start;
        var indent = _indent + 1;
        var isCopied = false;
        var hasBreak = false;
        var firstBreak = '\n';
        _breaks.Clear();

        while (true)
        {
            if (Column == 0 && IsDocumentIndicator())
            {
                break;
            }

            if (Current == '#')
            {
                break;
            }

            var from = _position;
            SkipPlainRun();
            if (_position > from)
            {
                if (hasBreak && !isCopied)
                {
                    isCopied = true;
                    _buffer.Clear();
                    _buffer.Append(_text.AsSpan(start.Index, end.Index - start.Index));
                }

                if (hasBreak)
                {
                    Fold(firstBreak);
                    hasBreak = false;
                    _buffer.Append(_text.AsSpan(from, _position - from));
                }
                else if (isCopied)
                {
                    _buffer.Append(_text.AsSpan(end.Index, _position - end.Index));
                }

                end = Here;
            }

            if (!YamlChar.IsBlank(Current) && !YamlChar.IsBreak(Current))
            {
                break;
            }

            while (true)
            {
                if (YamlChar.IsBlank(Current))
                {
                    if (hasBreak && Column < indent && Current == '\t')
                    {
                        return Fail("found a tab character that violates indentation", start);
                    }

                    _position++;
                }
                else if (!YamlChar.IsBreak(Current))
                {
                    break;
                }
                else if (!hasBreak)
                {
                    firstBreak = ReadBreak();
                    hasBreak = true;
                }
                else
                {
                    _breaks.Append(ReadBreak());
                }
            }

            if (_flowLevel == 0 && Column < indent)
            {
                break;
            }
        }

        var token = new Token
        {
            Kind = TokenKind.Scalar,
            IsPlain = true,
            Start = start,
            End = end,
            Text = isCopied ? _buffer.ToString() : null,
            SliceStart = start.Index,
            SliceLength = end.Index - start.Index,
        };
        if (hasBreak)
        {
            _keyAllowed = true;
        }

        Append(ref token);
        return true;
    }

    /// <summary>Skips to the next blank, break, or indicator that ends a plain scalar.</summary>
    private void SkipPlainRun()
    {
        var text = _text;
        var i = _position;
        var isFlow = _flowLevel > 0;
        for (; i < text.Length; i++)
        {
            var c = text[i];
            if (YamlChar.IsBlankOrEnd(c)
                || (c == ':' && (i + 1 == text.Length || YamlChar.IsBlankOrEnd(text[i + 1])))
                || (isFlow && YamlChar.EndsPlainInFlow(c)))
            {
                break;
            }
        }

        _position = i;
    }

    /// <summary>One line break becomes a space, more become one less; LS and PS stay.</summary>
    private void Fold(char firstBreak)
    {
        if (firstBreak != '\n')
        {
            _buffer.Append(firstBreak);
        }
        else if (_breaks.Length == 0)
        {
            _buffer.Append(' ');
        }

        _breaks.MoveTo(_buffer);
    }

    private bool FetchQuotedScalar(char quote)
    {
        if (!SaveKey())
        {
            return false;
        }

        _keyAllowed = false;
        var start = Here;
        _position++;
        var token = new Token { Kind = TokenKind.Scalar, Start = start, SliceStart = _position };
        var rest = _text.AsSpan(_position);
        var length = quote == '"'
            ? rest.IndexOfAny(YamlChar.EndsDoubleQuotedSlice)
            : rest.IndexOfAny(YamlChar.EndsSingleQuotedSlice);
        if (length >= 0 && rest[length] == quote && !(quote == '\'' && length + 1 < rest.Length && rest[length + 1] == quote))
        {
            token.SliceLength = length;
            _position += length;
        }
        else
        {
            _buffer.Clear();
            if (!ScanQuoted(quote, start))
            {
                return false;
            }

            token.Text = _buffer.ToString();
        }

        _position++;
        token.End = Here;
        Append(ref token);
        return true;
    }

    /// <summary>Reads into the buffer up to the closing quote.</summary>
    private bool ScanQuoted(char quote, Mark start)
    {
        while (true)
        {
            if (Column == 0 && IsDocumentIndicator())
            {
                return Fail("found unexpected document indicator", start);
            }

            if (Current == YamlChar.End)
            {
                return Fail("found unexpected end of stream", start);
            }

            var hasBreak = false;
            while (!YamlChar.IsBlankOrEnd(Current))
            {
                var c = Current;
                if (c == quote)
                {
                    if (quote == '"' || At(1) != quote)
                    {
                        return true;
                    }

                    _buffer.Append(quote);
                    _position += 2;
                }
                else if (quote == '"' && c == '\\')
                {
                    if (YamlChar.IsBreak(At(1)))
                    {
                        _position++;
                        SkipBreak();
                        hasBreak = true;
                        break;
                    }

                    if (!ScanEscape(start))
                    {
                        return false;
                    }
                }
                else
                {
                    _buffer.Append(c);
                    _position++;
                }
            }

            if (Current == quote)
            {
                return true;
            }

            ScanQuotedBlanks(hasBreak);
        }
    }

    /// <param name="isEscaped">True after an escaped line break, which stands for nothing itself.</param>
    private void ScanQuotedBlanks(bool isEscaped)
    {
        var from = _position;
        var hasBreak = isEscaped;
        var firstBreak = '\0';
        _breaks.Clear();
        while (true)
        {
            if (YamlChar.IsBlank(Current))
            {
                _position++;
            }
            else if (!YamlChar.IsBreak(Current))
            {
                break;
            }
            else if (!hasBreak)
            {
                firstBreak = ReadBreak();
                hasBreak = true;
            }
            else
            {
                _breaks.Append(ReadBreak());
            }
        }

        if (!hasBreak)
        {
            _buffer.Append(_text.AsSpan(from, _position - from));
        }
        else if (firstBreak == '\0')
        {
            _breaks.MoveTo(_buffer);
        }
        else
        {
            Fold(firstBreak);
        }
    }

    private bool ScanEscape(Mark start)
    {
        var digits = 0;
        switch (At(1))
        {
            case '0':
                _buffer.Append('\0');
                break;
            case 'a':
                _buffer.Append('\a');
                break;
            case 'b':
                _buffer.Append('\b');
                break;
            case 't' or '\t':
                _buffer.Append('\t');
                break;
            case 'n':
                _buffer.Append('\n');
                break;
            case 'v':
                _buffer.Append('\v');
                break;
            case 'f':
                _buffer.Append('\f');
                break;
            case 'r':
                _buffer.Append('\r');
                break;
            case 'e':
                _buffer.Append('\e');
                break;
            case ' ' or '"' or '\'' or '\\':
                _buffer.Append(At(1));
                break;
            case 'N':
                _buffer.Append('\u0085');
                break;
            case '_':
                _buffer.Append('\u00A0');
                break;
            case 'L':
                _buffer.Append('\u2028');
                break;
            case 'P':
                _buffer.Append('\u2029');
                break;
            case 'x':
                digits = 2;
                break;
            case 'u':
                digits = 4;
                break;
            case 'U':
                digits = 8;
                break;
            default:
                return Fail("found unknown escape character", start);
        }

        _position += 2;
        if (digits == 0)
        {
            return true;
        }

        long value = 0;
        for (var i = 0; i < digits; i++)
        {
            if (!char.IsAsciiHexDigit(At(i)))
            {
                return Fail("did not find expected hexdecimal number", start);
            }

            value = (value << 4) + HexDigit(At(i));
        }

        if (value is (>= 0xD800 and <= 0xDFFF) or > 0x10FFFF)
        {
            return Fail("found invalid Unicode character escape code", start);
        }

        Span<char> units = stackalloc char[2];
        _buffer.Append(units[..new Rune((int)value).EncodeToUtf16(units)]);
        _position += digits;
        return true;
    }

    private bool FetchBlockScalar(bool isLiteral)
    {
        if (!RemoveKey())
        {
            return false;
        }

        _keyAllowed = true;
        var start = Here;
        _position++;
        if (!ScanBlockHeader(start, out var chomping, out var increment))
        {
            return false;
        }

        var indent = increment == 0 ? 0 : Math.Max(_indent, 0) + increment;
        var end = Here;
        _buffer.Clear();
        _breaks.Clear();
        if (!ScanBlockBreaks(ref indent, start, ref end))
        {
            return false;
        }

        var lineBreak = '\0';
        var wasBlank = false;
        while (Column == indent && Current != YamlChar.End)
        {
            var isBlank = YamlChar.IsBlank(Current);
            if (!isLiteral && lineBreak == '\n' && !wasBlank && !isBlank)
            {
                if (_breaks.Length == 0)
                {
                    _buffer.Append(' ');
                }
            }
            else if (lineBreak != '\0')
            {
                _buffer.Append(lineBreak);
            }

            _breaks.MoveTo(_buffer);
            wasBlank = isBlank;
            var rest = _text.AsSpan(_position);
            var length = rest.IndexOfAny(YamlChar.Breaks);
            if (length < 0)
            {
                length = rest.Length;
            }

            _buffer.Append(rest[..length]);
            _position += length;
            lineBreak = Current == YamlChar.End ? '\0' : ReadBreak();
            if (!ScanBlockBreaks(ref indent, start, ref end))
            {
                return false;
            }
        }

        if (chomping >= 0 && lineBreak != '\0')
        {
            _buffer.Append(lineBreak);
        }

        if (chomping > 0)
        {
            _buffer.Append(_breaks.Span);
        }

        var token = new Token { Kind = TokenKind.Scalar, Start = start, End = end, Text = _buffer.ToString() };
        Append(ref token);
        return true;
    }

    private bool ScanBlockHeader(Mark start, out int chomping, out int increment)
    {
        chomping = 0;
        increment = 0;
        for (var i = 0; i < 2; i++)
        {
            if (Current is '+' or '-' && chomping == 0)
            {
                chomping = Current == '+' ? 1 : -1;
                _position++;
            }
            else if (char.IsAsciiDigit(Current) && increment == 0)
            {
                if (Current == '0')
                {
                    return Fail("found an indentation indicator equal to 0", start);
                }

                increment = Current - '0';
                _position++;
            }
        }

        SkipBlanks();
        if (Current == '#')
        {
            SkipComment();
        }

        if (!YamlChar.IsBreakOrEnd(Current))
        {
            return Fail("did not find expected comment or line break", start);
        }

        if (YamlChar.IsBreak(Current))
        {
            SkipBreak();
        }

        return true;
    }

    /// <summary>Skips indentation and empty lines; finds the indentation of the scalar when it is not known (0).</summary>
    private bool ScanBlockBreaks(ref int indent, Mark start, ref Mark end)
    {
        end = Here;
        var deepest = 0;
        while (true)
        {
            while ((indent == 0 || Column < indent) && Current == ' ')
            {
                _position++;
            }

            deepest = Math.Max(deepest, Column);
            if ((indent == 0 || Column < indent) && Current == '\t')
            {
                return Fail("found a tab character where an indentation space is expected", start);
            }

            if (!YamlChar.IsBreak(Current))
            {
                break;
            }

            _breaks.Append(ReadBreak());
            end = Here;
        }

        if (indent == 0)
        {
            indent = Math.Max(Math.Max(deepest, _indent + 1), 1);
        }

        return true;
    }
}
