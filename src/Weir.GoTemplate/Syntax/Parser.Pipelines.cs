using System.Globalization;
using Weir.Values;

namespace Weir.GoTemplate.Syntax;

/// <summary>Pipelines, commands and operands.</summary>
internal sealed partial class Parser
{
    private Pipeline? ParsePipeline(string context, TokenKind end)
    {
        var start = PeekNonSpace().Position;
        if (!ParseDeclarations(context, out var names, out var assigns))
        {
            return null;
        }

        var commands = new List<Command>();
        while (true)
        {
            var token = NextNonSpace();
            if (token.Kind == end)
            {
                return FinishPipeline(start, names, assigns, commands, context);
            }

            if (!StartsOperand(token.Kind))
            {
                Unexpected(token, context);
                return null;
            }

            Back();
            var command = ParseCommand();
            if (command is null)
            {
                return null;
            }

            commands.Add(command);
        }
    }

    private static bool StartsOperand(TokenKind kind) => kind is TokenKind.Bool or TokenKind.CharConstant or TokenKind.Complex
        or TokenKind.Dot or TokenKind.Field or TokenKind.Identifier or TokenKind.Number or TokenKind.Nil
        or TokenKind.RawString or TokenKind.String or TokenKind.Variable or TokenKind.LeftParen;

    private Pipeline? FinishPipeline(int start, List<string> names, bool assigns, List<Command> commands, string context)
    {
        if (commands.Count == 0)
        {
            Fail($"missing value for {context}");
            return null;
        }

        for (var i = 1; i < commands.Count; i++)
        {
            if (commands[i].Words[0] is Literal or Dot or NilLiteral)
            {
                Fail(string.Create(CultureInfo.InvariantCulture, $"non executable command in pipeline stage {i + 1}"));
                return null;
            }
        }

        // The value is known before the variables are: what the commands say of the same names is older ones.
        var variables = new VariableTarget[names.Count];
        for (var i = 0; i < variables.Length; i++)
        {
            variables[i] = assigns ? _scope.Find(names[i]) : _scope.Declare(names[i]);
        }

        return new Pipeline(_source, start, variables, assigns, [.. commands]);
    }

    private bool ParseDeclarations(string context, out List<string> names, out bool assigns)
    {
        names = [];
        assigns = false;
        while (PeekNonSpace().Kind == TokenKind.Variable)
        {
            var start = _next;
            var variable = Next();
            var next = PeekNonSpace();
            if (next.Kind is TokenKind.Assign or TokenKind.Declare)
            {
                assigns = next.Kind == TokenKind.Assign;
                NextNonSpace();
                names.Add(variable.Text);
                _scope.MarkKnown(variable.Text);
                return true;
            }

            if (next is not { Kind: TokenKind.Char, Text: "," })
            {
                _next = start;
                return true;
            }

            NextNonSpace();
            names.Add(variable.Text);
            _scope.MarkKnown(variable.Text);
            if (context != "range" || names.Count >= 2)
            {
                Fail($"too many declarations in {context}");
                return false;
            }

            if (PeekNonSpace().Kind is not (TokenKind.Variable or TokenKind.RightDelimiter or TokenKind.RightParen))
            {
                Fail("range can only initialize variables");
                return false;
            }
        }

        return true;
    }

    private Command? ParseCommand()
    {
        var start = PeekNonSpace().Position;
        var words = new List<Operand>();
        while (true)
        {
            PeekNonSpace();
            var operand = ParseOperand();
            if (_error is not null)
            {
                return null;
            }

            if (operand is not null)
            {
                words.Add(operand);
            }

            var token = Next();
            if (token.Kind == TokenKind.Space)
            {
                continue;
            }

            if (token.Kind is TokenKind.RightDelimiter or TokenKind.RightParen)
            {
                Back();
            }
            else if (token.Kind != TokenKind.Pipe)
            {
                Unexpected(token, "operand");
                return null;
            }

            break;
        }

        if (words.Count == 0)
        {
            Fail("empty command");
            return null;
        }

        return new Command(_source, start, [.. words]);
    }

    /// <summary>A term and the fields that follow it; <see langword="null"/> when there is none here, or after an error.</summary>
    private Operand? ParseOperand()
    {
        var term = ParseTerm();
        if (term is null || Peek().Kind != TokenKind.Field)
        {
            return term;
        }

        var position = Peek().Position;
        var names = new List<string>();
        while (Peek().Kind == TokenKind.Field)
        {
            names.Add(Next().Text[1..]);
        }

        switch (term)
        {
            case Field field:
                return new Field(_source, position, [.. field.Names, .. names]);
            case Variable variable:
                return new Variable(_source, position, variable.Target, [.. variable.Names, .. names]);
            case Literal or NilLiteral or Dot:
                Fail($"unexpected . after term {GoQuote.Quote(term.ToString()!)}");
                return null;
            default:
                return new Chain(_source, position, term, [.. names]);
        }
    }

    private Operand? ParseTerm()
    {
        var token = NextNonSpace();
        switch (token.Kind)
        {
            case TokenKind.Identifier:
                return ParseFunctionName(token);
            case TokenKind.Dot:
                return new Dot(_source, token.Position);
            case TokenKind.Nil:
                return new NilLiteral(_source, token.Position);
            case TokenKind.Variable:
                return ParseVariable(token);
            case TokenKind.Field:
                return new Field(_source, token.Position, [token.Text[1..]]);
            case TokenKind.Bool:
                return new BoolLiteral(_source, token.Position, token.Text == "true");
            case TokenKind.CharConstant or TokenKind.Complex or TokenKind.Number:
                var number = GoNumber.Read(token.Kind, token.Text, out var error);
                if (number is null)
                {
                    Fail(error!);
                    return null;
                }

                return new NumberLiteral(_source, token.Position, number);
            case TokenKind.LeftParen:
                return ParseParentheses();
            case TokenKind.String or TokenKind.RawString:
                return ReadString(token) is { } text ? new StringLiteral(_source, token.Position, token.Text, text) : null;
            default:
                Back();
                return null;
        }
    }

    private FunctionName? ParseFunctionName(Token token)
    {
        TemplateFunction? function = null;
        if (_functions is not null && !_functions.TryGet(token.Text, out function))
        {
            Fail($"function {GoQuote.Quote(token.Text)} not defined");
            return null;
        }

        return new FunctionName(_source, token.Position, token.Text, function);
    }

    private Variable? ParseVariable(Token token)
    {
        if (!_scope.Knows(token.Text))
        {
            Fail($"undefined variable {GoQuote.Quote(token.Text)}");
            return null;
        }

        return new Variable(_source, token.Position, _scope.Find(token.Text), []);
    }

    private Pipeline? ParseParentheses()
    {
        if (!EnsureDepth(_parenDepth))
        {
            return null;
        }

        _parenDepth++;
        var pipeline = ParsePipeline("parenthesized pipeline", TokenKind.RightParen);
        _parenDepth--;
        return pipeline;
    }
}
