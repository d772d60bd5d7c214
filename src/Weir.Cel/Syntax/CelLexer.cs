namespace Weir.Cel.Syntax;

/// <summary>Cuts an expression into tokens. What is no token is reported and skipped.</summary>
internal sealed class CelLexer(string text, SyntaxErrors errors)
{
    private static readonly (string Text, TokenKind Kind)[] Operators =
    [
        ("==", TokenKind.Equal), ("!=", TokenKind.NotEqual), ("<=", TokenKind.LessOrEqual), (">=", TokenKind.GreaterOrEqual),
        ("&&", TokenKind.And), ("||", TokenKind.Or), ("<", TokenKind.Less), (">", TokenKind.Greater), ("[", TokenKind.OpenBracket),
        ("]", TokenKind.CloseBracket), ("{", TokenKind.OpenBrace), ("}", TokenKind.CloseBrace), ("(", TokenKind.OpenParenthesis),
        (")", TokenKind.CloseParenthesis), (".", TokenKind.Dot), (",", TokenKind.Comma), ("-", TokenKind.Minus), ("!", TokenKind.Not),
        ("?", TokenKind.Question), (":", TokenKind.Colon), ("+", TokenKind.Plus), ("*", TokenKind.Star), ("/", TokenKind.Slash),
        ("%", TokenKind.Percent),
    ];

    private readonly List<Token> _tokens = [];
    private int _position;

    public List<Token> Read()
    {
        while (_position < text.Length)
        {
            ReadToken();
        }

        _tokens.Add(new(TokenKind.End, "<EOF>", text.Length));
        return _tokens;
    }

    private void ReadToken()
    {
        var c = text[_position];
        if (c is ' ' or '\t' or '\r' or '\n' or '\f')
        {
            _position++;
        }
        else if (Starts("//"))
        {
            var end = text.IndexOf('\n', _position);
            _position = end < 0 ? text.Length : end;
        }
        else if (StringScan.PrefixLength(text, _position) is { } prefix)
        {
            ReadString(prefix);
        }
        else if (char.IsAsciiLetter(c) || c == '_')
        {
            ReadWord();
        }
        else if (c == '`')
        {
            ReadEscapedIdentifier();
        }
        else if (char.IsAsciiDigit(c) || (c == '.' && IsDigit(_position + 1)))
        {
            ReadNumber();
        }
        else
        {
            ReadOperator();
        }
    }

    private void Add(TokenKind kind, int end)
    {
        _tokens.Add(new(kind, text[_position..end], _position));
        _position = end;
    }

    private void ReadWord()
    {
        var end = _position + 1;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        Add(text.AsSpan(_position, end - _position) switch
        {
            "in" => TokenKind.In,
            "true" => TokenKind.True,
            "false" => TokenKind.False,
            "null" => TokenKind.Null,
            _ => TokenKind.Identifier,
        }, end);
    }

    private void ReadEscapedIdentifier()
    {
        var end = _position + 1;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '.' or '-' or '/' or ' '))
        {
            end++;
        }

        if (end < text.Length && text[end] == '`' && end > _position + 1)
        {
            Add(TokenKind.EscapedIdentifier, end + 1);
            return;
        }

        Refuse(end);
    }

    private void ReadString(int prefix)
    {
        var scan = StringScan.Read(text, _position, prefix);
        if (scan.End >= 0)
        {
            Add(scan.IsBytes ? TokenKind.Bytes : TokenKind.String, scan.End);
        }
        else if (prefix > 0)
        {
            // The longest token that starts here is a word.
            ReadWord();
        }
        else
        {
            Refuse(scan.FailedAt);
        }
    }

    private void ReadNumber()
    {
        if (Starts("0x") && IsHexDigit(_position + 2))
        {
            var hex = _position + 2;
            while (IsHexDigit(hex))
            {
                hex++;
            }

            AddWhole(hex);
            return;
        }

        var end = _position;
        while (IsDigit(end))
        {
            end++;
        }

        var isDouble = false;
        if (end < text.Length && text[end] == '.' && IsDigit(end + 1))
        {
            isDouble = true;
            end++;
            while (IsDigit(end))
            {
                end++;
            }
        }

        if (end < text.Length && text[end] is 'e' or 'E')
        {
            var exponent = end + 1 < text.Length && text[end + 1] is '+' or '-' ? end + 2 : end + 1;
            if (IsDigit(exponent))
            {
                isDouble = true;
                end = exponent;
                while (IsDigit(end))
                {
                    end++;
                }
            }
        }

        if (isDouble)
        {
            Add(TokenKind.Double, end);
        }
        else
        {
            AddWhole(end);
        }
    }

    private void AddWhole(int end)
    {
        var isUnsigned = end < text.Length && text[end] is 'u' or 'U';
        Add(isUnsigned ? TokenKind.Uint : TokenKind.Int, isUnsigned ? end + 1 : end);
    }

    private void ReadOperator()
    {
        foreach (var (op, kind) in Operators)
        {
            if (Starts(op))
            {
                Add(kind, _position + op.Length);
                return;
            }
        }

        // "&" and "|" and "=" begin an operator; what does not continue it is refused with them.
        Refuse(text[_position] is '&' or '|' or '=' ? _position + 1 : _position);
    }

    /// <summary>Reports the text up to and with the character that no token can have there, and skips it.</summary>
    private void Refuse(int failedAt)
    {
        var end = failedAt >= text.Length ? text.Length : failedAt + Data.Runes.Width(text, failedAt);
        errors.AddSyntax(_position, $"token recognition error at: '{text[_position..end]}'");
        _position = end;
    }

    private bool Starts(string word) => string.CompareOrdinal(text, _position, word, 0, word.Length) == 0;

    private bool IsDigit(int at) => at < text.Length && char.IsAsciiDigit(text[at]);

    private bool IsHexDigit(int at) => at < text.Length && char.IsAsciiHexDigit(text[at]);
}
