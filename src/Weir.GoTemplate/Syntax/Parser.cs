using System.Globalization;
using System.Runtime.CompilerServices;
using Weir.Values;

namespace Weir.GoTemplate.Syntax;

/// <summary>
/// Builds nodes from tokens, as Go 1.27's <c>text/template/parse</c> accepts and refuses them. The first error ends it:
/// methods then answer <see langword="null"/> and nothing else is reported.
/// </summary>
internal sealed partial class Parser
{
    /// <summary>Tokens that were passed are dropped when there are more than this many.</summary>
    private const int MaxPassedTokens = 256;

    private readonly Lexer _lexer;
    private readonly List<Token> _tokens;
    private readonly ParsedText _source;
    private readonly FunctionTable? _functions;
    private readonly int _maxDepth;
    private Scope _scope = new();
    private int _next;
    private int _furthest;
    private int _actionLine;
    private int _rangeDepth;
    private int _parenDepth;
    private int _blockDepth;
    private TemplateError? _error;

    private Parser(ParsedText source, FunctionTable? functions, LexerOptions options, int maxDepth)
    {
        _source = source;
        _functions = functions;
        _maxDepth = maxDepth;
        _lexer = new Lexer(source.Text, options);
        _tokens = _lexer.Tokens;
    }

    /// <summary>The templates of a text, or <see langword="null"/> and the error.</summary>
    public static ParsedText? Parse(string name, string text, FunctionTable functions, TemplateSetOptions options, out TemplateError? error) =>
        Parse(name, text, functions, options, keepComments: false, out error);

    /// <summary>As the other; <paramref name="functions"/> may be absent to accept any function name.</summary>
    public static ParsedText? Parse(
        string name,
        string text,
        FunctionTable? functions,
        TemplateSetOptions options,
        bool keepComments,
        out TemplateError? error)
    {
        var source = new ParsedText(name, text, options.LeftDelimiter, options.RightDelimiter);
        var parser = new Parser(
            source,
            functions,
            new LexerOptions
            {
                LeftDelimiter = options.LeftDelimiter,
                RightDelimiter = options.RightDelimiter,
                KeepComments = keepComments,
                BreakIsKeyword = functions?.TryGet("break", out _) != true,
                ContinueIsKeyword = functions?.TryGet("continue", out _) != true,
            },
            options.MaxParseDepth);
        parser.ParseText();
        error = parser._error;
        return error is null ? source : null;
    }

    private void ParseText()
    {
        var statements = new List<Statement>();
        var start = Peek().Position;
        while (Peek().Kind != TokenKind.EndOfText)
        {
            if (Peek().Kind == TokenKind.LeftDelimiter && PeekIsDefine())
            {
                Next();
                NextNonSpace();
                if (!ParseDefinition())
                {
                    return;
                }

                continue;
            }

            var statement = ParseTextOrAction(out var terminator);
            if (_error is not null)
            {
                return;
            }

            if (terminator is not null)
            {
                Fail($"unexpected {terminator}");
                return;
            }

            statements.Add(statement!);
        }

        Define(new Template(_source.Name, _source, new StatementList(_source, start, [.. statements]), _scope.SlotCount));
    }

    private bool PeekIsDefine()
    {
        var at = _next + 1;
        while (TokenAt(at).Kind == TokenKind.Space)
        {
            at++;
        }

        return TokenAt(at).Kind == TokenKind.Define;
    }

    private bool ParseDefinition()
    {
        const string context = "define clause";
        if (ReadTemplateName(NextNonSpace(), context) is not { } name || !Expect(TokenKind.RightDelimiter, context, out _))
        {
            return false;
        }

        return ParseTemplateBody(name, context);
    }

    /// <summary>A body with its own variables, up to its end, which is defined as a template.</summary>
    private bool ParseTemplateBody(string name, string context)
    {
        var (outerScope, outerRange, outerAction) = (_scope, _rangeDepth, _actionLine);
        (_scope, _rangeDepth, _actionLine) = (new Scope(), 0, 0);
        var body = ParseStatements(out var terminator);
        if (body is null)
        {
            return false;
        }

        if (terminator!.Kind != TokenKind.End)
        {
            Fail($"unexpected {terminator} in {context}");
            return false;
        }

        var defined = Define(new Template(name, _source, body, _scope.SlotCount));
        (_scope, _rangeDepth, _actionLine) = (outerScope, outerRange, outerAction);
        return defined;
    }

    private bool Define(Template template)
    {
        var existing = _source.Templates.FindIndex(t => string.Equals(t.Name, template.Name, StringComparison.Ordinal));
        if (existing < 0)
        {
            _source.Templates.Add(template);
        }
        else if (_source.Templates[existing].IsEmpty)
        {
            _source.Templates[existing] = template;
        }
        else if (!template.IsEmpty)
        {
            Fail($"template: multiple definition of template {GoQuote.Quote(template.Name)}");
            return false;
        }

        return true;
    }

    private string? ReadTemplateName(Token token, string context)
    {
        if (token.Kind is TokenKind.String or TokenKind.RawString)
        {
            return ReadString(token);
        }

        Unexpected(token, context);
        return null;
    }

    private string? ReadString(Token token)
    {
        var text = GoLiteral.Unquote(token.Text, out var error);
        if (text is null)
        {
            Fail(error!);
        }

        return text;
    }

    private Token Next() => TokenAt(_next++);

    private Token Peek() => TokenAt(_next);

    /// <summary>The token at a place, read when it was not; behind the end stands the last one again.</summary>
    private Token TokenAt(int index)
    {
        while (index >= _tokens.Count && !_lexer.IsDone)
        {
            _lexer.ReadMore();
        }

        index = Math.Min(index, _tokens.Count - 1);
        _furthest = Math.Max(_furthest, index);
        return _tokens[index];
    }

    /// <summary>Forgets passed tokens; only between statements, since nothing goes back further.</summary>
    private void DropPassedTokens()
    {
        if (_next > MaxPassedTokens && _next < _tokens.Count)
        {
            // One stays, for an error right here.
            _tokens.RemoveRange(0, _next - 1);
            _furthest -= _next - 1;
            _next = 1;
        }
    }

    private void Back() => _next--;

    private Token NextNonSpace()
    {
        Token token;
        do
        {
            token = Next();
        }
        while (token.Kind == TokenKind.Space);
        return token;
    }

    private Token PeekNonSpace()
    {
        while (Peek().Kind == TokenKind.Space)
        {
            _next++;
        }

        return Peek();
    }

    private bool Expect(TokenKind kind, string context, out Token token)
    {
        token = NextNonSpace();
        if (token.Kind == kind)
        {
            return true;
        }

        Unexpected(token, context);
        return false;
    }

    private void Unexpected(Token token, string context)
    {
        if (token.Kind != TokenKind.Error)
        {
            Fail($"unexpected {token} in {context}");
            return;
        }

        var extra = "";
        if (_actionLine != 0 && _actionLine != token.Line)
        {
            extra = string.Create(CultureInfo.InvariantCulture, $" in action started at {_source.Name}:{_actionLine}");
            if (token.Text.EndsWith(" action", StringComparison.Ordinal))
            {
                extra = extra[" in action".Length..];
            }
        }

        Fail(token.Text + extra);
    }

    /// <summary>Records the error at the line of the token that was read furthest on.</summary>
    private void Fail(string message)
    {
        var token = _tokens[_furthest];
        _error ??= new TemplateError
        {
            Template = _source.Name,
            Line = token.Line,
            Column = _source.Locate(token.Position).Column,
            Message = message,
        };
    }

    private bool EnsureDepth(int depth)
    {
        if (depth < _maxDepth && RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return true;
        }

        Fail("max expression depth exceeded");
        return false;
    }
}
