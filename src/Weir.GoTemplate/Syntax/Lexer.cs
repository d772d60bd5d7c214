using System.Globalization;
using System.Text;
using Weir.Values;

namespace Weir.GoTemplate.Syntax;

/// <summary>
/// Cuts template text into tokens, with Go 1.27's rules of trimming, comments and literals. It ends with the end of the
/// text or with one error token.
/// </summary>
internal sealed class Lexer
{
    private const string LeftComment = "/*";
    private const string RightComment = "*/";

    private readonly string _text;
    private readonly string _left;
    private readonly string _right;
    private readonly LexerOptions _options;
    private readonly List<Token> _tokens = [];
    private int _start;
    private int _at;
    private int _line = 1;
    private int _parens;
    private bool _done;

    public Lexer(string text, LexerOptions options)
    {
        _text = text;
        _options = options;
        _left = options.LeftDelimiter;
        _right = options.RightDelimiter;
    }

    /// <summary>The tokens read so far; a reader may drop those at the front.</summary>
    public List<Token> Tokens => _tokens;

    /// <summary>True when the last token was read.</summary>
    public bool IsDone => _done;

    /// <summary>All tokens of a text.</summary>
    public static List<Token> Read(string text, LexerOptions options)
    {
        var lexer = new Lexer(text, options);
        while (!lexer.IsDone)
        {
            lexer.ReadMore();
        }

        return lexer.Tokens;
    }

    /// <summary>Reads everything up to the next action or comment, and that too.</summary>
    public void ReadMore()
    {
        var delimiter = _text.IndexOf(_left, _at, StringComparison.Ordinal);
        if (delimiter < 0)
        {
            _at = _text.Length;
            if (_at > _start)
            {
                Emit(TokenKind.Text);
            }

            Emit(TokenKind.EndOfText);
            _done = true;
            return;
        }

        var end = delimiter;
        if (HasLeftTrimMarker(delimiter + _left.Length))
        {
            while (end > _start && IsSpace(_text[end - 1]))
            {
                end--;
            }
        }

        if (end > _start)
        {
            _at = end;
            Emit(TokenKind.Text);
        }

        SkipTo(delimiter);
        ReadLeftDelimiter();
    }

    private void ReadLeftDelimiter()
    {
        var after = _at + _left.Length;
        var inside = HasLeftTrimMarker(after) ? after + 2 : after;
        if (StartsWith(inside, LeftComment))
        {
            SkipTo(inside);
            ReadComment();
            return;
        }

        _at = after;
        Emit(TokenKind.LeftDelimiter);
        SkipTo(inside);
        _parens = 0;
        while (!_done && ReadInsideAction())
        {
        }
    }

    private void ReadComment()
    {
        var close = _text.IndexOf(RightComment, _at + LeftComment.Length, StringComparison.Ordinal);
        if (close < 0)
        {
            Fail("unclosed comment");
            return;
        }

        _at = close + RightComment.Length;
        if (!AtRightDelimiter(out var trims))
        {
            Fail("comment ends before closing delimiter");
            return;
        }

        if (_options.KeepComments)
        {
            Emit(TokenKind.Comment);
        }

        SkipRightDelimiter(trims);
    }

    /// <summary>One token inside an action; false when the action ended.</summary>
    private bool ReadInsideAction()
    {
        if (AtRightDelimiter(out var trims))
        {
            if (_parens > 0)
            {
                return Fail("unclosed left paren");
            }

            EmitRightDelimiter(trims);
            return false;
        }

        if (_at >= _text.Length)
        {
            return Fail("unclosed action");
        }

        var c = _text[_at];
        switch (c)
        {
            case ' ' or '\t' or '\r' or '\n':
                return ReadSpace();
            case '=':
                return EmitOne(TokenKind.Assign);
            case ':':
                _at++;
                if (_at >= _text.Length || _text[_at] != '=')
                {
                    return Fail("expected :=");
                }

                return EmitOne(TokenKind.Declare);
            case '|':
                return EmitOne(TokenKind.Pipe);
            case '"':
                return ReadQuoted('"', TokenKind.String, "unterminated quoted string");
            case '`':
                return ReadRawString();
            case '$':
                _at++;
                return ReadName(TokenKind.Variable, TokenKind.Variable);
            case '\'':
                return ReadQuoted('\'', TokenKind.CharConstant, "unterminated character constant");
            case '.' when _at + 1 < _text.Length && !char.IsAsciiDigit(_text[_at + 1]):
                _at++;
                return ReadName(TokenKind.Field, TokenKind.Dot);
            case '.' or '+' or '-' or (>= '0' and <= '9'):
                return ReadNumber();
            case '(':
                _parens++;
                return EmitOne(TokenKind.LeftParen);
            case ')':
                _at++;
                return --_parens < 0 ? Fail("unexpected right paren") : Emit(TokenKind.RightParen);
        }

        if (IsAlphaNumeric(_at, out _))
        {
            return ReadIdentifier();
        }

        return c is > ' ' and < '\x7F'
            ? EmitOne(TokenKind.Char)
            : Fail($"unrecognized character in action: {Describe(RuneAt(_at))}");
    }

    private bool ReadSpace()
    {
        var spaces = 0;
        while (_at < _text.Length && IsSpace(_text[_at]))
        {
            _at++;
            spaces++;
        }

        // The space before a trim marker belongs to the closing delimiter.
        if (_at < _text.Length && _text[_at] == '-' && StartsWith(_at + 1, _right))
        {
            _at--;
            if (spaces == 1)
            {
                // Go does not look at open parentheses here; the parser complains.
                EmitRightDelimiter(trims: true);
                return false;
            }
        }

        return Emit(TokenKind.Space);
    }

    private bool ReadIdentifier()
    {
        SkipAlphaNumeric();
        var word = _text.AsSpan(_start, _at - _start);
        if (!AtTerminator())
        {
            return Fail($"bad character {Describe(RuneAt(_at))}");
        }

        return Emit(word switch
        {
            "block" => TokenKind.Block,
            "break" when _options.BreakIsKeyword => TokenKind.Break,
            "continue" when _options.ContinueIsKeyword => TokenKind.Continue,
            "define" => TokenKind.Define,
            "else" => TokenKind.Else,
            "end" => TokenKind.End,
            "if" => TokenKind.If,
            "range" => TokenKind.Range,
            "nil" => TokenKind.Nil,
            "template" => TokenKind.Template,
            "with" => TokenKind.With,
            "true" or "false" => TokenKind.Bool,
            _ => TokenKind.Identifier,
        });
    }

    /// <summary>A field or variable whose first character was read.</summary>
    private bool ReadName(TokenKind kind, TokenKind bareKind)
    {
        if (AtTerminator())
        {
            return Emit(bareKind);
        }

        SkipAlphaNumeric();
        return AtTerminator() ? Emit(kind) : Fail($"bad character {Describe(RuneAt(_at))}");
    }

    private bool ReadQuoted(char quote, TokenKind kind, string unterminated)
    {
        for (_at++; _at < _text.Length; _at++)
        {
            var c = _text[_at];
            if (c == '\\')
            {
                _at++;
                if (_at >= _text.Length || _text[_at] == '\n')
                {
                    break;
                }
            }
            else if (c == '\n')
            {
                break;
            }
            else if (c == quote)
            {
                return EmitOne(kind);
            }
        }

        return Fail(unterminated);
    }

    private bool ReadRawString()
    {
        var close = _text.IndexOf('`', _at + 1);
        if (close < 0)
        {
            return Fail("unterminated raw quoted string");
        }

        _at = close;
        return EmitOne(TokenKind.RawString);
    }

    private bool ReadNumber()
    {
        if (!ScanNumber())
        {
            return BadNumber();
        }

        if (_at >= _text.Length || _text[_at] is not ('+' or '-'))
        {
            return Emit(TokenKind.Number);
        }

        return ScanNumber() && _text[_at - 1] == 'i' ? Emit(TokenKind.Complex) : BadNumber();
    }

    private bool BadNumber() => Fail($"bad number syntax: {GoQuote.Quote(_text[_start.._at])}");

    private bool ScanNumber()
    {
        Accept("+-");
        var digits = "0123456789_";
        if (Accept("0"))
        {
            digits = Accept("xX") ? "0123456789abcdefABCDEF_" : Accept("oO") ? "01234567_" : Accept("bB") ? "01_" : digits;
        }

        AcceptRun(digits);
        if (Accept("."))
        {
            AcceptRun(digits);
        }

        if ((digits.Length == 11 && Accept("eE")) || (digits.Length == 23 && Accept("pP")))
        {
            Accept("+-");
            AcceptRun("0123456789_");
        }

        Accept("i");
        if (!IsAlphaNumeric(_at, out var width))
        {
            return true;
        }

        _at += width;
        return false;
    }

    private bool Accept(string set)
    {
        if (_at >= _text.Length || !set.Contains(_text[_at], StringComparison.Ordinal))
        {
            return false;
        }

        _at++;
        return true;
    }

    private void AcceptRun(string set)
    {
        while (Accept(set))
        {
        }
    }

    private void SkipAlphaNumeric()
    {
        while (IsAlphaNumeric(_at, out var width))
        {
            _at += width;
        }
    }

    private bool AtTerminator() =>
        _at >= _text.Length
        || _text[_at] is ' ' or '\t' or '\r' or '\n' or '.' or ',' or '|' or ':' or ')' or '('
        || StartsWith(_at, _right);

    private bool AtRightDelimiter(out bool trims)
    {
        trims = _at + 1 < _text.Length && IsSpace(_text[_at]) && _text[_at + 1] == '-' && StartsWith(_at + 2, _right);
        return trims || StartsWith(_at, _right);
    }

    private void EmitRightDelimiter(bool trims)
    {
        if (trims)
        {
            SkipTo(_at + 2);
        }

        _at += _right.Length;
        Emit(TokenKind.RightDelimiter);
        if (trims)
        {
            SkipTo(AfterSpaces(_at));
        }
    }

    private void SkipRightDelimiter(bool trims)
    {
        var end = _at + (trims ? 2 : 0) + _right.Length;
        SkipTo(trims ? AfterSpaces(end) : end);
    }

    private int AfterSpaces(int position)
    {
        while (position < _text.Length && IsSpace(_text[position]))
        {
            position++;
        }

        return position;
    }

    private bool HasLeftTrimMarker(int position) =>
        position + 1 < _text.Length && _text[position] == '-' && IsSpace(_text[position + 1]);

    private bool StartsWith(int position, string token) =>
        position <= _text.Length && _text.AsSpan(position).StartsWith(token, StringComparison.Ordinal);

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\r' or '\n';

    private bool IsAlphaNumeric(int position, out int width)
    {
        width = 1;
        if (position >= _text.Length)
        {
            return false;
        }

        var c = _text[position];
        if (c < 0x80)
        {
            return char.IsAsciiLetterOrDigit(c) || c == '_';
        }

        var rune = RuneAt(position);
        width = rune.Utf16SequenceLength;
        return Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber;
    }

    private Rune RuneAt(int position) => Rune.TryGetRuneAt(_text, position, out var rune) ? rune : Rune.ReplacementChar;

    /// <summary>Go's <c>%#U</c>.</summary>
    private static string Describe(Rune rune) => GoQuote.IsPrint(rune)
        ? string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4} '{rune}'")
        : string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}");

    private bool EmitOne(TokenKind kind)
    {
        _at++;
        return Emit(kind);
    }

    private bool Emit(TokenKind kind)
    {
        _tokens.Add(new Token(kind, _start, TextOf(kind), _line));
        SkipTo(_at);
        return true;
    }

    private string TextOf(TokenKind kind) => kind switch
    {
        TokenKind.Space when _at == _start + 1 && _text[_start] == ' ' => " ",
        TokenKind.LeftDelimiter => _left,
        TokenKind.RightDelimiter => _right,
        TokenKind.Pipe => "|",
        TokenKind.LeftParen => "(",
        TokenKind.RightParen => ")",
        TokenKind.Dot => ".",
        TokenKind.EndOfText => "",
        _ => _text[_start.._at],
    };

    /// <summary>Moves the start of the next token, counting the lines passed.</summary>
    private void SkipTo(int position)
    {
        if (position > _start + 1 || (position > _start && _text[_start] == '\n'))
        {
            _line += _text.AsSpan(_start, position - _start).Count('\n');
        }

        _start = _at = position;
    }

    private bool Fail(string message)
    {
        _tokens.Add(new Token(TokenKind.Error, _start, message, _line));
        _done = true;
        return false;
    }
}
