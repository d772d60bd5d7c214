using Weir.Yaml.Scanning;

namespace Weir.Yaml.Parsing;

/// <summary>Documents and their directives.</summary>
internal sealed partial class Parser
{
    private bool ParseDocumentStart(ref ParseEvent found, bool isImplicit)
    {
        if (!Peek(out var kind))
        {
            return false;
        }

        while (!isImplicit && kind == TokenKind.DocumentEnd)
        {
            scanner.Skip();
            if (!Peek(out kind))
            {
                return false;
            }
        }

        found.Start = scanner.Head.Start;
        if (kind == TokenKind.StreamEnd)
        {
            _state = ParserState.End;
            found.Kind = EventKind.StreamEnd;
            return true;
        }

        found.Kind = EventKind.DocumentStart;
        if (isImplicit && kind is not (TokenKind.VersionDirective or TokenKind.TagDirective or TokenKind.DocumentStart))
        {
            _states.Push(ParserState.DocumentEnd);
            _state = ParserState.BlockNode;
            return true;
        }

        if (!ParseDirectives() || !Peek(out kind))
        {
            return false;
        }

        if (kind != TokenKind.DocumentStart)
        {
            return Fail("did not find expected <document start>", scanner.Head.Start);
        }

        _states.Push(ParserState.DocumentEnd);
        _state = ParserState.DocumentContent;
        scanner.Skip();
        return true;
    }

    private bool ParseDirectives()
    {
        var hasVersion = false;
        while (true)
        {
            if (!Peek(out var kind))
            {
                return false;
            }

            ref var token = ref scanner.Head;
            if (kind == TokenKind.VersionDirective)
            {
                if (hasVersion)
                {
                    return Fail("found duplicate %YAML directive", token.Start);
                }

                if (token is not { SliceStart: 1, SliceLength: 1 })
                {
                    return Fail("found incompatible YAML document", token.Start);
                }

                hasVersion = true;
            }
            else if (kind == TokenKind.TagDirective)
            {
                var handle = token.Text!;
                _tagDirectives ??= [];
                if (_tagDirectives.Exists(d => string.Equals(d.Handle, handle, StringComparison.Ordinal)))
                {
                    return Fail("found duplicate %TAG directive", token.Start);
                }

                _tagDirectives.Add((handle, token.Suffix!));
            }
            else
            {
                return true;
            }

            scanner.Skip();
        }
    }

    private bool ParseDocumentContent(ref ParseEvent found)
    {
        if (!Peek(out var kind))
        {
            return false;
        }

        if (kind is TokenKind.VersionDirective or TokenKind.TagDirective or TokenKind.DocumentStart or TokenKind.DocumentEnd or TokenKind.StreamEnd)
        {
            _state = _states.Pop();
            return EmptyScalar(ref found, scanner.Head.Start);
        }

        return ParseNode(ref found, isBlock: true, isIndentless: false);
    }

    private bool ParseDocumentEnd(ref ParseEvent found)
    {
        if (!Peek(out var kind))
        {
            return false;
        }

        found.Kind = EventKind.DocumentEnd;
        found.Start = scanner.Head.Start;
        if (kind == TokenKind.DocumentEnd)
        {
            scanner.Skip();
        }

        _tagDirectives?.Clear();
        _state = ParserState.DocumentStart;
        return true;
    }
}
