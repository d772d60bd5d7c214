using System.Diagnostics.CodeAnalysis;

namespace Weir.Yaml.Scanning;

/// <summary>
/// Cuts a text into tokens by the rules of libyaml, which both versions of go-yaml carry. A method that answers false
/// has set <see cref="Problem"/>, after which no more tokens come.
/// </summary>
internal sealed partial class Scanner
{
    private const int MaxNesting = 10_000;

    /// <summary>Characters a simple key may span.</summary>
    private const int MaxKeyLength = 1024;

    private readonly string _text;
    private readonly int _lookAhead;
    private readonly TokenQueue _tokens = new();
    private readonly TextBuffer _buffer = new();
    private readonly TextBuffer _breaks = new();
    private readonly Stack<int> _indents = new();

    private int _position;
    private int _line;
    private int _lineStart;
    private int _indent = -1;
    private int _flowLevel;
    private SimpleKey[] _keys = new SimpleKey[8];
    private int _keyCount = 1;
    private bool _keyAllowed = true;
    private int _savedKeyLevel = -1;
    private int _tokensParsed;
    private bool _isEndScanned;
    private bool _isTokenReady;

    /// <summary>A scanner of a text that holds no forbidden characters.</summary>
    /// <param name="text">The text.</param>
    /// <param name="goYamlV3">go-yaml v3 scans two tokens further ahead, for comments; it sees some problems earlier.</param>
    public Scanner(string text, bool goYamlV3)
    {
        _text = text;
        _lookAhead = goYamlV3 ? 2 : 0;
        if (text.Length > 0 && text[0] == '\uFEFF')
        {
            _position = 1;
            _lineStart = 1;
        }
    }

    public string Text => _text;

    public YamlProblem? Problem { get; private set; }

    private int Column => _position - _lineStart;

    private Mark Here => new(_position, _line, _position - _lineStart);

    private char Current => (uint)_position < (uint)_text.Length ? _text[_position] : YamlChar.End;

    /// <summary>The next token stays where it is; <see cref="Head"/> shows it.</summary>
    public bool Peek() => _isTokenReady || FetchMore();

    public ref Token Head => ref _tokens.Head;

    /// <summary>Takes the token that <see cref="Peek"/> showed.</summary>
    public void Skip()
    {
        _isTokenReady = false;
        _tokensParsed++;
        _tokens.RemoveHead();
    }

    private char At(int offset) =>
        (uint)(_position + offset) < (uint)_text.Length ? _text[_position + offset] : YamlChar.End;

    private bool Fail(string message, Mark context)
    {
        Problem ??= new YamlProblem(message, Here, context.Line, ProblemOrigin.Scanner);
        return false;
    }

    private bool FetchMore()
    {
        while (true)
        {
            if (_tokens.Count > _lookAhead || (_isEndScanned && _tokens.Count > 0))
            {
                // The head may turn out to be a key: then KEY has to come before it.
                var level = _tokens.Head.KeyLevel;
                if (level < 0 || level >= _keyCount || !_keys[level].IsPossible || _keys[level].TokenNumber != _tokensParsed)
                {
                    break;
                }

                if (!IsKeyStillPossible(ref _keys[level], out var isPossible))
                {
                    return false;
                }

                if (!isPossible)
                {
                    break;
                }
            }

            if (!FetchNext())
            {
                return false;
            }
        }

        _isTokenReady = true;
        return true;
    }

    private bool FetchNext()
    {
        SkipToToken();
        UnrollIndent(Column);
        var c = Current;
        if (c == YamlChar.End)
        {
            return FetchStreamEnd();
        }

        if (Column == 0)
        {
            if (c == '%')
            {
                return FetchDirective();
            }

            if (c is '-' or '.' && IsDocumentIndicator())
            {
                return FetchDocumentIndicator(c == '-' ? TokenKind.DocumentStart : TokenKind.DocumentEnd);
            }
        }

        switch (c)
        {
            case '[':
                return FetchFlowStart(TokenKind.FlowSequenceStart);
            case '{':
                return FetchFlowStart(TokenKind.FlowMappingStart);
            case ']':
                return FetchFlowEnd(TokenKind.FlowSequenceEnd);
            case '}':
                return FetchFlowEnd(TokenKind.FlowMappingEnd);
            case ',':
                return FetchFlowEntry();
            case '-' when YamlChar.IsBlankOrEnd(At(1)):
                return FetchBlockEntry();
            case '?' when _flowLevel > 0 || YamlChar.IsBlankOrEnd(At(1)):
                return FetchKey();
            case ':' when _flowLevel > 0 || YamlChar.IsBlankOrEnd(At(1)):
                return FetchValue();
            case '*':
                return FetchAnchor(TokenKind.Alias);
            case '&':
                return FetchAnchor(TokenKind.Anchor);
            case '!':
                return FetchTag();
            case '|' when _flowLevel == 0:
                return FetchBlockScalar(isLiteral: true);
            case '>' when _flowLevel == 0:
                return FetchBlockScalar(isLiteral: false);
            case '\'' or '"':
                return FetchQuotedScalar(c);
        }

        if (CanStartPlain(c))
        {
            return FetchPlainScalar();
        }

        return Fail("found character that cannot start any token", Here);
    }

    private bool CanStartPlain(char c) => c switch
    {
        '-' => !YamlChar.IsBlank(At(1)),
        '?' or ':' => _flowLevel == 0 && !YamlChar.IsBlankOrEnd(At(1)),
        ',' or '[' or ']' or '{' or '}' or '#' or '&' or '*' or '!' or '|' or '>' or '\'' or '"' or '%' or '@' or '`' => false,
        _ => !YamlChar.IsBlankOrEnd(c),
    };

    private bool IsDocumentIndicator()
    {
        var c = Current;
        return c is '-' or '.' && At(1) == c && At(2) == c && YamlChar.IsBlankOrEnd(At(3));
    }

    /// <summary>False with a problem when a required key lacks its <c>:</c>.</summary>
    private bool IsKeyStillPossible(ref SimpleKey key, out bool isPossible)
    {
        isPossible = key.IsPossible;
        if (!isPossible || (key.Mark.Line == _line && key.Mark.Index + MaxKeyLength >= _position))
        {
            return true;
        }

        isPossible = false;
        if (key.IsRequired)
        {
            return Fail("could not find expected ':'", key.Mark);
        }

        key.IsPossible = false;
        return true;
    }

    private bool SaveKey()
    {
        _savedKeyLevel = -1;
        if (!_keyAllowed)
        {
            return true;
        }

        var required = _flowLevel == 0 && _indent == Column;
        if (!RemoveKey())
        {
            return false;
        }

        _savedKeyLevel = _keyCount - 1;
        _keys[_savedKeyLevel] = new SimpleKey
        {
            IsPossible = true,
            IsRequired = required,
            TokenNumber = _tokensParsed + _tokens.Count,
            Mark = Here,
        };
        return true;
    }

    private bool RemoveKey()
    {
        ref var key = ref _keys[_keyCount - 1];
        if (key is { IsPossible: true, IsRequired: true })
        {
            return Fail("could not find expected ':'", key.Mark);
        }

        key.IsPossible = false;
        return true;
    }

    private void Append(TokenKind kind, Mark start, Mark end)
    {
        _tokens.Append(new Token { Kind = kind, KeyLevel = _savedKeyLevel, Start = start, End = end });
        _savedKeyLevel = -1;
    }

    private void Append(ref Token token)
    {
        token.KeyLevel = _savedKeyLevel;
        _tokens.Append(token);
        _savedKeyLevel = -1;
    }

    /// <summary>Opens a block collection when the column is deeper than the present one.</summary>
    /// <param name="column">The column of its first entry.</param>
    /// <param name="tokenNumber">The token it starts before, or -1 for the end of the queue.</param>
    /// <param name="kind">The start token.</param>
    /// <param name="mark">Where it starts.</param>
    private bool RollIndent(int column, int tokenNumber, TokenKind kind, Mark mark)
    {
        if (_flowLevel > 0 || _indent >= column)
        {
            return true;
        }

        _indents.Push(_indent);
        _indent = column;
        if (_indents.Count > MaxNesting)
        {
            return Fail($"exceeded max depth of {MaxNesting}", _keys[_keyCount - 1].Mark);
        }

        if (tokenNumber < 0)
        {
            Append(kind, mark, mark);
        }
        else
        {
            _tokens.Insert(tokenNumber - _tokensParsed, new Token { Kind = kind, KeyLevel = -1, Start = mark, End = mark });
        }

        return true;
    }

    private void UnrollIndent(int column)
    {
        if (_flowLevel > 0)
        {
            return;
        }

        while (_indent > column)
        {
            Append(TokenKind.BlockEnd, Here, Here);
            _indent = _indents.Pop();
        }
    }

    /// <summary>Skips blanks, comments and line breaks. A tab may not stand where a key may start.</summary>
    private void SkipToToken()
    {
        while (true)
        {
            var c = Current;
            while (c == ' ' || (c == '\t' && (_flowLevel > 0 || !_keyAllowed)))
            {
                _position++;
                c = Current;
            }

            if (c == '#')
            {
                SkipComment();
                c = Current;
            }

            if (!YamlChar.IsBreak(c))
            {
                return;
            }

            SkipBreak();
            if (_flowLevel == 0)
            {
                _keyAllowed = true;
            }
        }
    }

    private void SkipComment()
    {
        var length = _text.AsSpan(_position).IndexOfAny(YamlChar.Breaks);
        _position = length < 0 ? _text.Length : _position + length;
    }

    private void SkipBreak()
    {
        _position += Current == '\r' && At(1) == '\n' ? 2 : 1;
        _line++;
        _lineStart = _position;
    }

    /// <summary>Skips a line break and answers what it stands for in a scalar.</summary>
    private char ReadBreak()
    {
        var c = Current;
        SkipBreak();
        return c is '\u2028' or '\u2029' ? c : '\n';
    }
}
