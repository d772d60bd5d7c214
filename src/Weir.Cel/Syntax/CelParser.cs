using Weir.Values;
using static Weir.Cel.Syntax.TokenKind;

namespace Weir.Cel.Syntax;

/// <summary>Parses an expression by cel-go's grammar, one method a rule, and expands macros.</summary>
internal sealed class CelParser
{
    private const int MaxDepth = 250;
    private const int MaxErrors = 100;

    private static readonly TokenSet End = TokenSet.Of(TokenKind.End);
    private static readonly TokenSet RuleEnd = default(TokenSet).OrEnd;
    private static readonly TokenSet Literals = TokenSet.Of(Minus, True, False, Null, TokenKind.Double, Int, Uint, TokenKind.String, Bytes);
    private static readonly TokenSet MemberStart = Literals | TokenSet.Of(OpenBracket, OpenBrace, OpenParenthesis, Dot, Identifier);
    private static readonly TokenSet ExpressionStart = MemberStart | TokenSet.Of(Not);
    private static readonly TokenSet OptionalStart = ExpressionStart | TokenSet.Of(Question);
    private static readonly TokenSet FieldNames = TokenSet.Of(Identifier, EscapedIdentifier);
    private static readonly TokenSet Comparisons = TokenSet.Of(Less, LessOrEqual, GreaterOrEqual, Greater, Equal, NotEqual, In);
    private static readonly TokenSet Products = TokenSet.Of(Star, Slash, Percent);
    private static readonly TokenSet Sums = TokenSet.Of(Plus, Minus);
    private static readonly TokenSet MemberTail = TokenSet.Of(Dot, OpenBracket).OrEnd;

    private static readonly HashSet<string> Reserved =
    [
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return",
        "var", "void", "while",
    ];

    private readonly ErrorRecovery _tokens;
    private readonly SyntaxErrors _errors;
    private readonly MacroExpansion _macros;

    // Each rule may be open so many times at once.
    private int _expressions;
    private int _relations;
    private int _calculations;
    private int _members;

    private CelParser(string text, SyntaxErrors errors)
    {
        _errors = errors;
        _tokens = new(text, new CelLexer(text, errors).Read(), errors);
        _macros = new(errors);
    }

    /// <summary>The tree. It stands for the text only when there are no errors.</summary>
    public static CelNode? Parse(string text, SyntaxErrors errors)
    {
        var parser = new CelParser(text, errors);
        try
        {
            return errors.Count > MaxErrors ? null : parser.Start();
        }
        catch (SyntaxEnd)
        {
            return null;
        }
    }

    private Token Current => _tokens.Current;

    private CelNode Start()
    {
        var node = Expression(End);
        try
        {
            _tokens.Match(TokenKind.End, default);
        }
        catch (SyntaxFailure failure)
        {
            _tokens.Recover(failure);
        }

        return node;
    }

    private CelNode Expression(TokenSet follow)
    {
        Deepen(ref _expressions);
        _tokens.Enter(follow);
        CelNode node = new ErrorNode(Current.Position);
        try
        {
            node = Or(TokenSet.Of(Question).OrEnd);
            if (Current.Kind == Question)
            {
                var position = _tokens.Match(Question, ExpressionStart).Position;
                var then = Or(TokenSet.Of(Colon));
                _tokens.Match(Colon, ExpressionStart);
                node = new CallNode("_?_:_", null, [node, then, Expression(RuleEnd)], position);
            }
        }
        catch (SyntaxFailure failure)
        {
            _tokens.Recover(failure);
        }

        _tokens.Leave();
        _expressions--;
        return node;
    }

    private CelNode Or(TokenSet follow)
    {
        _tokens.Enter(follow);
        var again = TokenSet.Of(TokenKind.Or).OrEnd;
        List<CelNode> terms = [And(again)];
        List<int> positions = [];
        while (Current.Kind == TokenKind.Or)
        {
            positions.Add(_tokens.Match(TokenKind.Or, ExpressionStart).Position);
            terms.Add(And(again));
        }

        _tokens.Leave();
        return Balance("_||_", terms, positions, 0, positions.Count - 1);
    }

    private CelNode And(TokenSet follow)
    {
        _tokens.Enter(follow);
        var again = TokenSet.Of(TokenKind.And).OrEnd;
        List<CelNode> terms = [Relation(again, 0)];
        List<int> positions = [];
        while (Current.Kind == TokenKind.And)
        {
            positions.Add(_tokens.Match(TokenKind.And, ExpressionStart).Position);
            terms.Add(Relation(again, 0));
        }

        _tokens.Leave();
        return Balance("_&&_", terms, positions, 0, positions.Count - 1);
    }

    // Long chains become a balanced tree, as cel-go builds it: errors, costs and the order of evaluation follow from it.
    private static CelNode Balance(string function, List<CelNode> terms, List<int> positions, int low, int high)
    {
        if (positions.Count == 0)
        {
            return terms[0];
        }

        var middle = (low + high + 1) / 2;
        var left = middle == low ? terms[middle] : Balance(function, terms, positions, low, middle - 1);
        var right = middle == high ? terms[middle + 1] : Balance(function, terms, positions, middle + 1, high);
        return new CallNode(function, null, [left, right], positions[middle]);
    }

    private CelNode Relation(TokenSet follow, int precedence)
    {
        var open = Deepen(ref _relations);
        _tokens.Enter(follow);
        var node = Calculation(Comparisons.OrEnd, 0);
        while (precedence <= 1 && Comparisons.Contains(Current.Kind))
        {
            Deepen(ref _relations);
            var op = _tokens.TakeMatched();
            var right = Relation(Comparisons.OrEnd, 2);
            node = new CallNode(op.Kind == In ? "@in" : $"_{op.Text}_", null, [node, right], op.Position);
        }

        _tokens.Leave();
        _relations = open;
        return node;
    }

    private CelNode Calculation(TokenSet follow, int precedence)
    {
        var open = Deepen(ref _calculations);
        _tokens.Enter(follow);
        var operators = (Products | Sums).OrEnd;
        var node = Unary(operators);
        while ((precedence <= 2 && Products.Contains(Current.Kind)) || (precedence <= 1 && Sums.Contains(Current.Kind)))
        {
            Deepen(ref _calculations);
            var isProduct = Products.Contains(Current.Kind);
            var op = _tokens.TakeMatched();
            var right = Calculation(operators, isProduct ? 3 : 2);
            node = new CallNode($"_{op.Text}_", null, [node, right], op.Position);
        }

        _tokens.Leave();
        _calculations = open;
        return node;
    }

    private CelNode Unary(TokenSet follow)
    {
        _tokens.Enter(follow);
        CelNode node = new LiteralNode("<<error>>", Current.Position);
        try
        {
            _tokens.Sync(ExpressionStart);
            node = Current.Kind switch
            {
                Not => Prefixed(Not, "!_"),
                Minus when IsNegation() => Prefixed(Minus, "-_"),
                _ => Member(RuleEnd),
            };
        }
        catch (SyntaxFailure failure)
        {
            _tokens.Recover(failure);
        }

        _tokens.Leave();
        return node;
    }

    /// <summary>Whether a minus sign negates what follows, rather than beginning a number.</summary>
    private bool IsNegation()
    {
        var next = _tokens.Ahead(2);
        if (next is Int or TokenKind.Double)
        {
            return false;
        }

        return next == Minus || MemberStart.Contains(next) ? true : throw _tokens.NoAlternative(_tokens.Index, _tokens.Index + 1);
    }

    private CelNode Prefixed(TokenKind op, string function)
    {
        var position = Current.Position;
        var count = 0;
        var again = TokenSet.Of(op) | MemberStart;
        do
        {
            _tokens.Match(op, again);
            count++;
            _tokens.SyncLoop(again);
        }
        while (Current.Kind == op && (op == Not || _tokens.Ahead(2) == Minus || MemberStart.Contains(_tokens.Ahead(2))));
        var operand = Member(RuleEnd);
        return count % 2 == 0 ? operand : new CallNode(function, null, [operand], position);
    }

    private CelNode Member(TokenSet follow)
    {
        var open = Deepen(ref _members);
        _tokens.Enter(follow);
        CelNode node = new ErrorNode(Current.Position);
        try
        {
            node = Primary(MemberTail);
            while (Current.Kind is Dot or OpenBracket)
            {
                Deepen(ref _members);
                node = Current.Kind == OpenBracket ? Index(node) : AfterDot(node);
            }
        }
        catch (SyntaxFailure failure)
        {
            _tokens.Recover(failure);
        }

        _tokens.Leave();
        _members = open;
        return node;
    }

    private CelNode Index(CelNode operand)
    {
        var position = _tokens.Match(OpenBracket, OptionalStart).Position;
        _tokens.Sync(OptionalStart);
        var isOptional = Current.Kind == Question;
        if (isOptional)
        {
            _tokens.Match(Question, ExpressionStart);
        }

        var index = Expression(TokenSet.Of(CloseBracket));
        _tokens.Match(CloseBracket, MemberTail);
        return new CallNode(isOptional ? "_[?_]" : "_[_]", null, [operand, index], position);
    }

    private CelNode AfterDot(CelNode operand)
    {
        var next = _tokens.Ahead(2);
        if (next is not (Identifier or EscapedIdentifier or Question))
        {
            throw _tokens.NoAlternative(_tokens.Index, _tokens.Index + 1);
        }

        var dot = _tokens.Match(Dot, FieldNames | TokenSet.Of(Question));
        if (next == Identifier && _tokens.Ahead(2) == OpenParenthesis)
        {
            var function = _tokens.Match(Identifier, TokenSet.Of(OpenParenthesis));
            var (arguments, position) = Arguments();
            return _macros.Expand(function.Text, operand, arguments, position);
        }

        var isOptional = Current.Kind == Question;
        if (isOptional)
        {
            _tokens.Match(Question, FieldNames);
        }

        var name = FieldName(MemberTail);
        return isOptional
            ? new CallNode("_?._", null, [operand, new LiteralNode(name.Text, name.Position)], dot.Position)
            : new SelectNode(operand, name.Text, isTest: false, dot.Position);
    }

    private Token FieldName(TokenSet follow)
    {
        _tokens.Enter(follow);
        var name = Current;
        try
        {
            _tokens.Sync(FieldNames);
            name = Current;
            if (name.Kind == EscapedIdentifier)
            {
                _errors.Add(name.Position, "unsupported syntax: '`'");
            }

            _tokens.Match(name.Kind, RuleEnd);
        }
        catch (SyntaxFailure failure)
        {
            _tokens.Recover(failure);
        }

        _tokens.Leave();
        return name;
    }

    private (List<CelNode> Arguments, int Position) Arguments()
    {
        var position = _tokens.Match(OpenParenthesis, ExpressionStart | TokenSet.Of(CloseParenthesis)).Position;
        _tokens.Sync(ExpressionStart | TokenSet.Of(CloseParenthesis));
        List<CelNode> arguments = [];
        if (ExpressionStart.Contains(Current.Kind))
        {
            _tokens.Enter(TokenSet.Of(CloseParenthesis));
            var again = TokenSet.Of(Comma).OrEnd;
            arguments.Add(Expression(again));
            while (Current.Kind == Comma)
            {
                _tokens.Match(Comma, ExpressionStart);
                arguments.Add(Expression(again));
            }

            _tokens.Leave();
        }

        _tokens.Match(CloseParenthesis, MemberTail);
        return (arguments, position);
    }

    private CelNode Primary(TokenSet follow)
    {
        _tokens.Enter(follow);
        CelNode node = new ErrorNode(Current.Position);
        try
        {
            _tokens.Sync(MemberStart);
            node = Current.Kind switch
            {
                Identifier or Dot => Named(),
                OpenParenthesis => Nested(),
                OpenBracket => ListLiteral(),
                OpenBrace => MapLiteral(),
                _ => Literal(RuleEnd),
            };
        }
        catch (SyntaxFailure failure)
        {
            _tokens.Recover(failure);
        }

        _tokens.Leave();
        return node;
    }

    private CelNode Named()
    {
        var start = _tokens.Index;
        var word = Current.Kind == Dot ? 1 : 0;
        if (word == 1 && _tokens.Ahead(2) != Identifier)
        {
            throw _tokens.NoAlternative(start, start + 1);
        }

        if (IsObject(start + word))
        {
            return ObjectLiteral();
        }

        var isCall = _tokens.Ahead(word + 2) == OpenParenthesis;
        if (word == 1)
        {
            _tokens.Match(Dot, TokenSet.Of(Identifier));
        }

        var name = _tokens.Match(Identifier, isCall ? TokenSet.Of(OpenParenthesis) : RuleEnd);
        var (arguments, position) = isCall ? Arguments() : ([], name.Position);
        if (Reserved.Contains(name.Text))
        {
            _errors.Add(name.Position, $"reserved identifier: {name.Text}");
            return new ErrorNode(name.Position);
        }

        var full = word == 1 ? "." + name.Text : name.Text;
        return isCall ? _macros.Expand(full, null, arguments, position) : new IdentifierNode(full, name.Position);
    }

    /// <summary>Whether words with dots between them end at a brace.</summary>
    private bool IsObject(int index)
    {
        while (_tokens.At(index).Kind == Identifier)
        {
            switch (_tokens.At(index + 1).Kind)
            {
                case OpenBrace:
                    return true;
                case Dot:
                    index += 2;
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    private CelNode Nested()
    {
        _tokens.Match(OpenParenthesis, ExpressionStart);
        var node = Expression(TokenSet.Of(CloseParenthesis));
        _tokens.Match(CloseParenthesis, RuleEnd);
        return node;
    }

    private CelNode ListLiteral()
    {
        var rest = TokenSet.Of(Comma, CloseBracket);
        var position = _tokens.Match(OpenBracket, OptionalStart | rest).Position;
        _tokens.Sync(OptionalStart | rest);
        List<(CelNode, bool)> items = [];
        if (OptionalStart.Contains(Current.Kind))
        {
            _tokens.Enter(rest);
            var again = TokenSet.Of(Comma).OrEnd;
            items.Add(OptionalItem(again));
            while (Current.Kind == Comma && OptionalStart.Contains(_tokens.Ahead(2)))
            {
                _tokens.Match(Comma, OptionalStart);
                items.Add(OptionalItem(again));
            }

            _tokens.Leave();
        }

        _tokens.Sync(rest);
        if (Current.Kind == Comma)
        {
            _tokens.Match(Comma, TokenSet.Of(CloseBracket));
        }

        _tokens.Match(CloseBracket, RuleEnd);
        return new ListNode(items, position);
    }

    private (CelNode Item, bool IsOptional) OptionalItem(TokenSet follow)
    {
        _tokens.Enter(follow);
        CelNode node = new ErrorNode(Current.Position);
        var isOptional = false;
        try
        {
            _tokens.Sync(OptionalStart);
            isOptional = Current.Kind == Question;
            if (isOptional)
            {
                _tokens.Match(Question, ExpressionStart);
            }

            node = Expression(RuleEnd);
        }
        catch (SyntaxFailure failure)
        {
            _tokens.Recover(failure);
        }

        _tokens.Leave();
        return (node, isOptional);
    }

    private CelNode MapLiteral()
    {
        var rest = TokenSet.Of(Comma, CloseBrace);
        var position = _tokens.Match(OpenBrace, OptionalStart | rest).Position;
        _tokens.Sync(OptionalStart | rest);
        List<(CelNode, CelNode, bool)> entries = [];
        if (OptionalStart.Contains(Current.Kind))
        {
            Entries(rest, OptionalStart, () =>
            {
                var (key, isOptional) = OptionalItem(TokenSet.Of(Colon));
                _tokens.Match(Colon, ExpressionStart);
                entries.Add((key, Expression(TokenSet.Of(Comma).OrEnd), isOptional));
            });
        }

        CloseBraces(rest);
        return new MapNode(entries, position);
    }

    private CelNode ObjectLiteral()
    {
        var first = Current.Position;
        var name = "";
        if (Current.Kind == Dot)
        {
            name = _tokens.Match(Dot, TokenSet.Of(Identifier)).Text;
        }

        name += _tokens.Match(Identifier, TokenSet.Of(Dot, OpenBrace)).Text;
        while (Current.Kind == Dot)
        {
            _tokens.Match(Dot, TokenSet.Of(Identifier));
            name += "." + _tokens.Match(Identifier, TokenSet.Of(Dot, OpenBrace)).Text;
        }

        var start = FieldNames | TokenSet.Of(Question);
        var rest = TokenSet.Of(Comma, CloseBrace);
        var position = _tokens.Match(OpenBrace, start | rest).Position;
        _tokens.Sync(start | rest);
        List<(string, CelNode, bool, int)> fields = [];
        if (start.Contains(Current.Kind))
        {
            Entries(rest, start, () =>
            {
                var isOptional = Current.Kind == Question;
                if (isOptional)
                {
                    _tokens.Match(Question, FieldNames);
                }

                var field = FieldName(TokenSet.Of(Colon)).Text;
                var colon = _tokens.Match(Colon, ExpressionStart).Position;
                fields.Add((field, Expression(TokenSet.Of(Comma).OrEnd), isOptional, colon));
            });
        }

        CloseBraces(rest);
        return new ObjectNode(name, fields, Math.Max(first, position));
    }

    private void Entries(TokenSet follow, TokenSet start, Action entry)
    {
        _tokens.Enter(follow);
        try
        {
            entry();
            while (Current.Kind == Comma && start.Contains(_tokens.Ahead(2)))
            {
                _tokens.Match(Comma, start);
                entry();
            }
        }
        catch (SyntaxFailure failure)
        {
            _tokens.Recover(failure);
        }

        _tokens.Leave();
    }

    private void CloseBraces(TokenSet rest)
    {
        _tokens.Sync(rest);
        if (Current.Kind == Comma)
        {
            _tokens.Match(Comma, TokenSet.Of(CloseBrace));
        }

        _tokens.Match(CloseBrace, RuleEnd);
    }

    private CelNode Literal(TokenSet follow)
    {
        _tokens.Enter(follow);
        CelNode node = new ErrorNode(Current.Position);
        try
        {
            _tokens.Sync(Literals);
            var start = Current.Position;
            var isNegative = Current.Kind == Minus;
            if (isNegative)
            {
                if (_tokens.Ahead(2) is not (Int or TokenKind.Double))
                {
                    throw _tokens.NoAlternative(_tokens.Index, _tokens.Index + 1);
                }

                _tokens.Match(Minus, TokenSet.Of(Int, TokenKind.Double));
            }

            var token = _tokens.Match(Current.Kind, RuleEnd);
            var value = LiteralText.Read(token, isNegative, out var error);
            if (value is null)
            {
                _errors.Add(start, error);
            }
            else
            {
                node = new LiteralNode(value, start);
            }
        }
        catch (SyntaxFailure failure)
        {
            _tokens.Recover(failure);
        }

        _tokens.Leave();
        return node;
    }

    private int Deepen(ref int depth)
    {
        var before = depth;
        if (++depth > MaxDepth)
        {
            _errors.Add(SyntaxErrors.NoPlace, $"expression recursion limit exceeded: {MaxDepth}");
            throw new SyntaxEnd();
        }

        return before;
    }
}
