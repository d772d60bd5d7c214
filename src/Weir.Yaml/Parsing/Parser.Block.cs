using Weir.Yaml.Scanning;

namespace Weir.Yaml.Parsing;

/// <summary>Collections by indentation.</summary>
internal sealed partial class Parser
{
    private bool ParseBlockSequenceEntry(ref ParseEvent found)
    {
        if (!Peek(out var kind))
        {
            return false;
        }

        if (kind == TokenKind.BlockEntry)
        {
            var mark = scanner.Head.End;
            scanner.Skip();
            if (!Peek(out kind))
            {
                return false;
            }

            if (kind is not (TokenKind.BlockEntry or TokenKind.BlockEnd))
            {
                _states.Push(ParserState.BlockSequenceEntry);
                return ParseNode(ref found, isBlock: true, isIndentless: false);
            }

            _state = ParserState.BlockSequenceEntry;
            return EmptyScalar(ref found, mark);
        }

        return kind == TokenKind.BlockEnd
            ? CloseCollection(ref found, EventKind.SequenceEnd)
            : Fail("did not find expected '-' indicator", scanner.Head.Start, _marks.Pop().Line);
    }

    private bool ParseIndentlessSequenceEntry(ref ParseEvent found)
    {
        if (!Peek(out var kind))
        {
            return false;
        }

        if (kind != TokenKind.BlockEntry)
        {
            _state = _states.Pop();
            found.Kind = EventKind.SequenceEnd;
            found.Start = scanner.Head.Start;
            return true;
        }

        var mark = scanner.Head.End;
        scanner.Skip();
        if (!Peek(out kind))
        {
            return false;
        }

        if (kind is not (TokenKind.BlockEntry or TokenKind.Key or TokenKind.Value or TokenKind.BlockEnd))
        {
            _states.Push(ParserState.IndentlessSequenceEntry);
            return ParseNode(ref found, isBlock: true, isIndentless: false);
        }

        _state = ParserState.IndentlessSequenceEntry;
        return EmptyScalar(ref found, mark);
    }

    private bool ParseBlockMappingKey(ref ParseEvent found)
    {
        if (!Peek(out var kind))
        {
            return false;
        }

        if (kind == TokenKind.Key)
        {
            var mark = scanner.Head.End;
            scanner.Skip();
            if (!Peek(out kind))
            {
                return false;
            }

            if (kind is not (TokenKind.Key or TokenKind.Value or TokenKind.BlockEnd))
            {
                _states.Push(ParserState.BlockMappingValue);
                return ParseNode(ref found, isBlock: true, isIndentless: true);
            }

            _state = ParserState.BlockMappingValue;
            return EmptyScalar(ref found, mark);
        }

        return kind == TokenKind.BlockEnd
            ? CloseCollection(ref found, EventKind.MappingEnd)
            : Fail("did not find expected key", scanner.Head.Start, _marks.Pop().Line);
    }

    private bool ParseBlockMappingValue(ref ParseEvent found)
    {
        if (!Peek(out var kind))
        {
            return false;
        }

        var mark = scanner.Head.Start;
        if (kind == TokenKind.Value)
        {
            mark = scanner.Head.End;
            scanner.Skip();
            if (!Peek(out kind))
            {
                return false;
            }

            if (kind is not (TokenKind.Key or TokenKind.Value or TokenKind.BlockEnd))
            {
                _states.Push(ParserState.BlockMappingKey);
                return ParseNode(ref found, isBlock: true, isIndentless: true);
            }
        }

        _state = ParserState.BlockMappingKey;
        return EmptyScalar(ref found, mark);
    }
}
