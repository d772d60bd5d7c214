namespace Weir.GoTemplate.Syntax;

/// <summary>Text, actions and blocks.</summary>
internal sealed partial class Parser
{
    /// <summary>Statements up to an end or else; <see langword="null"/> after an error.</summary>
    private StatementList? ParseStatements(out Terminator? terminator)
    {
        terminator = null;
        var start = PeekNonSpace().Position;
        var statements = new List<Statement>();
        while (PeekNonSpace().Kind != TokenKind.EndOfText)
        {
            var statement = ParseTextOrAction(out terminator);
            if (_error is not null)
            {
                return null;
            }

            if (terminator is not null)
            {
                return new StatementList(_source, start, [.. statements]);
            }

            statements.Add(statement!);
        }

        Fail("unexpected EOF");
        return null;
    }

    private Statement? ParseTextOrAction(out Terminator? terminator)
    {
        terminator = null;
        DropPassedTokens();
        var token = NextNonSpace();
        switch (token.Kind)
        {
            case TokenKind.Text:
                return new TextStatement(_source, token.Position, token.Text);
            case TokenKind.Comment:
                return new CommentStatement(_source, token.Position, token.Text);
            case TokenKind.LeftDelimiter:
                _actionLine = token.Line;
                var action = ParseAction(out terminator);
                if (_error is null)
                {
                    _actionLine = 0;
                }

                return action;
            default:
                Unexpected(token, "input");
                return null;
        }
    }

    private Statement? ParseAction(out Terminator? terminator)
    {
        terminator = null;
        var token = NextNonSpace();
        switch (token.Kind)
        {
            case TokenKind.Block:
                return ParseBlock();
            case TokenKind.Break:
                return ExpectLoopEnd("{{break}}") ? new BreakStatement(_source, token.Position) : null;
            case TokenKind.Continue:
                return ExpectLoopEnd("{{continue}}") ? new ContinueStatement(_source, token.Position) : null;
            case TokenKind.Else:
                terminator = ParseElse();
                return null;
            case TokenKind.End:
                if (Expect(TokenKind.RightDelimiter, "end", out var close))
                {
                    terminator = CreateTerminator(TokenKind.End, close.Position);
                }

                return null;
            case TokenKind.If or TokenKind.Range or TokenKind.With:
                return ParseBranch(token.Kind);
            case TokenKind.Template:
                return ParseTemplate();
        }

        Back();
        var start = Peek();
        var pipeline = ParsePipeline("command", TokenKind.RightDelimiter);
        return pipeline is null ? null : new ActionStatement(_source, start.Position, pipeline);
    }

    private bool ExpectLoopEnd(string action)
    {
        var token = NextNonSpace();
        if (token.Kind != TokenKind.RightDelimiter)
        {
            Unexpected(token, action);
            return false;
        }

        if (_rangeDepth == 0)
        {
            Fail($"{action} outside {{{{range}}}}");
            return false;
        }

        return true;
    }

    private Terminator? ParseElse()
    {
        var token = PeekNonSpace();
        if (token.Kind is TokenKind.If or TokenKind.With)
        {
            return CreateTerminator(TokenKind.Else, token.Position);
        }

        return Expect(TokenKind.RightDelimiter, "else", out token) ? CreateTerminator(TokenKind.Else, token.Position) : null;
    }

    private Terminator CreateTerminator(TokenKind kind, int position)
    {
        var word = kind == TokenKind.End ? "end" : "else";
        return new Terminator(kind, position, $"{_source.LeftDelimiter}{word}{_source.RightDelimiter}");
    }

    private BranchStatement? ParseBranch(TokenKind kind)
    {
        _blockDepth++;
        if (!EnsureDepth(_blockDepth))
        {
            return null;
        }

        var (known, visible) = (_scope.KnownCount, _scope.VisibleCount);
        var branch = ParseBranchParts(kind);
        if (branch is null)
        {
            return null;
        }

        _scope.ForgetKnown(known);
        _scope.Hide(visible);
        _blockDepth--;
        return branch;
    }

    private BranchStatement? ParseBranchParts(TokenKind kind)
    {
        var context = kind switch
        {
            TokenKind.If => "if",
            TokenKind.With => "with",
            _ => "range",
        };
        var pipeline = ParsePipeline(context, TokenKind.RightDelimiter);
        if (pipeline is null)
        {
            return null;
        }

        var inHead = _scope.VisibleCount;
        _rangeDepth += kind == TokenKind.Range ? 1 : 0;
        var body = ParseStatements(out var terminator);
        if (body is null)
        {
            return null;
        }

        _rangeDepth -= kind == TokenKind.Range ? 1 : 0;
        StatementList? otherwise = null;
        if (terminator!.Kind == TokenKind.Else)
        {
            _scope.Hide(inHead);
            otherwise = ParseOtherwise(kind, terminator);
            if (otherwise is null)
            {
                return null;
            }
        }

        return kind switch
        {
            TokenKind.If => new IfStatement(_source, pipeline.Position, pipeline, body, otherwise),
            TokenKind.With => new WithStatement(_source, pipeline.Position, pipeline, body, otherwise),
            _ => new RangeStatement(_source, pipeline.Position, pipeline, body, otherwise),
        };
    }

    /// <summary>What follows an else; <c>else if</c> and <c>else with</c> are a branch of their own that shares the end.</summary>
    private StatementList? ParseOtherwise(TokenKind kind, Terminator terminator)
    {
        if (kind is TokenKind.If or TokenKind.With && Peek().Kind == kind)
        {
            Next();
            var nested = ParseBranch(kind);
            return nested is null ? null : new StatementList(_source, terminator.Position, [nested]);
        }

        var otherwise = ParseStatements(out var end);
        if (otherwise is not null && end!.Kind != TokenKind.End)
        {
            Fail($"expected end; found {end}");
            return null;
        }

        return otherwise;
    }

    private TemplateStatement? ParseBlock()
    {
        const string context = "block clause";
        var token = NextNonSpace();
        if (ReadTemplateName(token, context) is not { } name
            || ParsePipeline(context, TokenKind.RightDelimiter) is not { } pipeline)
        {
            return null;
        }

        _blockDepth++;
        if (!EnsureDepth(_blockDepth) || !ParseTemplateBody(name, context))
        {
            return null;
        }

        _blockDepth--;
        return new TemplateStatement(_source, token.Position, name, pipeline);
    }

    private TemplateStatement? ParseTemplate()
    {
        const string context = "template clause";
        var token = NextNonSpace();
        if (ReadTemplateName(token, context) is not { } name)
        {
            return null;
        }

        if (NextNonSpace().Kind == TokenKind.RightDelimiter)
        {
            return new TemplateStatement(_source, token.Position, name, null);
        }

        Back();
        return ParsePipeline(context, TokenKind.RightDelimiter) is { } pipeline
            ? new TemplateStatement(_source, token.Position, name, pipeline)
            : null;
    }
}
