using System.Text;
using Weir.Values;

namespace Weir.Yaml.Scanning;

/// <summary>Directives, anchors, aliases and tags.</summary>
internal sealed partial class Scanner
{
    private const int MaxVersionDigits = 2;

    private bool FetchDirective()
    {
        UnrollIndent(-1);
        if (!RemoveKey())
        {
            return false;
        }

        _keyAllowed = false;
        var start = Here;
        _position++;
        var name = ReadAlpha();
        if (name.Length == 0)
        {
            return Fail("could not find expected directive name", start);
        }

        if (!YamlChar.IsBlankOrEnd(Current))
        {
            return Fail("found unexpected non-alphabetical character", start);
        }

        var token = new Token { Start = start };
        switch (name)
        {
            case "YAML":
                token.Kind = TokenKind.VersionDirective;
                if (!ScanVersion(start, ref token))
                {
                    return false;
                }

                break;
            case "TAG":
                token.Kind = TokenKind.TagDirective;
                if (!ScanTagDirective(start, ref token))
                {
                    return false;
                }

                break;
            default:
                return Fail("found unknown directive name", start);
        }

        token.End = Here;
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

        Append(ref token);
        return true;
    }

    private bool ScanVersion(Mark start, ref Token token)
    {
        SkipBlanks();
        if (!ScanVersionNumber(start, out token.SliceStart))
        {
            return false;
        }

        if (Current != '.')
        {
            return Fail("did not find expected digit or '.' character", start);
        }

        _position++;
        return ScanVersionNumber(start, out token.SliceLength);
    }

    private bool ScanVersionNumber(Mark start, out int number)
    {
        number = 0;
        var length = 0;
        while (char.IsAsciiDigit(Current))
        {
            if (++length > MaxVersionDigits)
            {
                return Fail("found extremely long version number", start);
            }

            number = (number * 10) + (Current - '0');
            _position++;
        }

        return length > 0 || Fail("did not find expected version number", start);
    }

    private bool ScanTagDirective(Mark start, ref Token token)
    {
        SkipBlanks();
        if (!ScanTagHandle(isDirective: true, start, out token.Text))
        {
            return false;
        }

        if (!YamlChar.IsBlank(Current))
        {
            return Fail("did not find expected whitespace", start);
        }

        SkipBlanks();
        if (!ScanTagUri("", start, out token.Suffix))
        {
            return false;
        }

        return YamlChar.IsBlankOrEnd(Current) || Fail("did not find expected whitespace or line break", start);
    }

    private bool FetchAnchor(TokenKind kind)
    {
        if (!SaveKey())
        {
            return false;
        }

        _keyAllowed = false;
        var start = Here;
        _position++;
        var name = ReadAlpha();
        if (name.Length == 0 || !(YamlChar.IsBlankOrEnd(Current) || Current is '?' or ':' or ',' or ']' or '}' or '%' or '@' or '`'))
        {
            return Fail("did not find expected alphabetic or numeric character", start);
        }

        var token = new Token { Kind = kind, Start = start, End = Here, Text = name };
        Append(ref token);
        return true;
    }

    private bool FetchTag()
    {
        if (!SaveKey())
        {
            return false;
        }

        _keyAllowed = false;
        var start = Here;
        string? handle;
        string? suffix;
        if (At(1) == '<')
        {
            _position += 2;
            handle = "";
            if (!ScanTagUri("", start, out suffix))
            {
                return false;
            }

            if (Current != '>')
            {
                return Fail("did not find the expected '>'", start);
            }

            _position++;
        }
        else if (!ScanTagHandle(isDirective: false, start, out handle))
        {
            return false;
        }
        else if (handle!.Length > 1 && handle[^1] == '!')
        {
            if (!ScanTagUri("", start, out suffix))
            {
                return false;
            }
        }
        else
        {
            if (!ScanTagUri(handle, start, out suffix))
            {
                return false;
            }

            handle = "!";
            if (suffix!.Length == 0)
            {
                // The tag '!' alone.
                (handle, suffix) = (suffix, handle);
            }
        }

        if (!YamlChar.IsBlankOrEnd(Current))
        {
            return Fail("did not find expected whitespace or line break", start);
        }

        var token = new Token { Kind = TokenKind.Tag, Start = start, End = Here, Text = handle, Suffix = suffix };
        Append(ref token);
        return true;
    }

    private bool ScanTagHandle(bool isDirective, Mark start, out string? handle)
    {
        handle = null;
        if (Current != '!')
        {
            return Fail("did not find expected '!'", start);
        }

        var from = _position;
        _position++;
        ReadAlpha();
        if (Current == '!')
        {
            _position++;
        }
        else if (isDirective && _position - from != 1)
        {
            return Fail("did not find expected '!'", start);
        }

        handle = _text[from.._position];
        return true;
    }

    /// <param name="head">What was read as a handle and belongs to the URI; its first character, <c>!</c>, does not.</param>
    /// <param name="start">Where the tag starts.</param>
    /// <param name="uri">The URI, unescaped.</param>
    private bool ScanTagUri(string head, Mark start, out string? uri)
    {
        uri = null;
        var found = head.Length > 0;
        var text = new StringBuilder();
        if (head.Length > 1)
        {
            text.Append(head, 1, head.Length - 1);
        }

        while (YamlChar.IsAlpha(Current) || (Current != YamlChar.End && ";/?:@&=+$,.!~*'()[]%".Contains(Current, StringComparison.Ordinal)))
        {
            if (Current == '%')
            {
                if (!ScanUriEscape(start, text))
                {
                    return false;
                }
            }
            else
            {
                text.Append(Current);
                _position++;
            }

            found = true;
        }

        if (!found)
        {
            return Fail("did not find expected tag URI", start);
        }

        uri = text.ToString();
        return true;
    }

    /// <summary>One character written as percent-escaped UTF-8.</summary>
    private bool ScanUriEscape(Mark start, StringBuilder text)
    {
        Span<byte> bytes = stackalloc byte[4];
        var width = 1;
        for (var i = 0; i < width; i++)
        {
            if (Current != '%' || !char.IsAsciiHexDigit(At(1)) || !char.IsAsciiHexDigit(At(2)))
            {
                return Fail("did not find URI escaped octet", start);
            }

            var octet = (byte)((HexDigit(At(1)) << 4) + HexDigit(At(2)));
            if (i == 0)
            {
                width = Utf8Width(octet);
                if (width == 0)
                {
                    return Fail("found an incorrect leading UTF-8 octet", start);
                }
            }
            else if ((octet & 0xC0) != 0x80)
            {
                return Fail("found an incorrect trailing UTF-8 octet", start);
            }

            bytes[i] = octet;
            _position += 3;
        }

        text.Append(GoString.FromBytes(bytes[..width]));
        return true;
    }

    private string ReadAlpha()
    {
        var from = _position;
        while (YamlChar.IsAlpha(Current))
        {
            _position++;
        }

        return _text[from.._position];
    }

    private void SkipBlanks()
    {
        while (YamlChar.IsBlank(Current))
        {
            _position++;
        }
    }

    private static int HexDigit(char c) => char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;

    private static int Utf8Width(byte octet) => octet switch
    {
        < 0x80 => 1,
        >= 0xC0 and < 0xE0 => 2,
        >= 0xE0 and < 0xF0 => 3,
        >= 0xF0 and < 0xF8 => 4,
        _ => 0,
    };
}
