using Weir.Yaml.Scanning;

namespace Weir.Yaml.Parsing;

/// <summary>Collections in brackets and braces.</summary>
internal sealed partial class Parser
{
    private bool ParseFlowSequenceEntry(ref ParseEvent found, bool isFirst)
    {
        if (!Peek(out var kind))
        {
            return false;
        }

        if (kind != TokenKind.FlowSequenceEnd && !isFirst && !SkipFlowEntry(ref kind, "did not find expected ',' or ']'"))
        {
            return false;
        }

        if (kind == TokenKind.Key)
        {
            // A mapping of one pair: [a: b].
            _state = ParserState.FlowSequenceEntryMappingKey;
            found.Kind = EventKind.MappingStart;
            found.Start = scanner.Head.Start;
            scanner.Skip();
            return true;
        }

        if (kind != TokenKind.FlowSequenceEnd)
        {
            _states.Push(ParserState.FlowSequenceEntry);
            return ParseNode(ref found, isBlock: false, isIndentless: false);
        }

        return CloseCollection(ref found, EventKind.SequenceEnd);
    }

    private bool ParseFlowSequenceEntryMappingKey(ref ParseEvent found)
    {
        if (!Peek(out var kind))
        {
            return false;
        }

        if (kind is not (TokenKind.Value or TokenKind.FlowEntry or TokenKind.FlowSequenceEnd))
        {
            _states.Push(ParserState.FlowSequenceEntryMappingValue);
            return ParseNode(ref found, isBlock: false, isIndentless: false);
        }

        // libyaml takes the token here, whatever it is.
        var mark = scanner.Head.End;
        scanner.Skip();
        _state = ParserState.FlowSequenceEntryMappingValue;
        return EmptyScalar(ref found, mark);
    }

    private bool ParseFlowSequenceEntryMappingValue(ref ParseEvent found)
    {
        if (!Peek(out var kind))
        {
            return false;
        }

        if (kind == TokenKind.Value)
        {
            scanner.Skip();
            if (!Peek(out kind))
            {
                return false;
            }

            if (kind is not (TokenKind.FlowEntry or TokenKind.FlowSequenceEnd))
            {
                _states.Push(ParserState.FlowSequenceEntryMappingEnd);
                return ParseNode(ref found, isBlock: false, isIndentless: false);
            }
        }

        _state = ParserState.FlowSequenceEntryMappingEnd;
        return EmptyScalar(ref found, scanner.Head.Start);
    }

    private bool ParseFlowSequenceEntryMappingEnd(ref ParseEvent found)
    {
        if (!Peek(out _))
        {
            return false;
        }

        _state = ParserState.FlowSequenceEntry;
        found.Kind = EventKind.MappingEnd;
        found.Start = scanner.Head.Start;
        return true;
    }

    private bool ParseFlowMappingKey(ref ParseEvent found, bool isFirst)
    {
        if (!Peek(out var kind))
        {
            return false;
        }

        if (kind != TokenKind.FlowMappingEnd && !isFirst && !SkipFlowEntry(ref kind, "did not find expected ',' or '}'"))
        {
            return false;
        }

        if (kind == TokenKind.Key)
        {
            scanner.Skip();
            if (!Peek(out kind))
            {
                return false;
            }

            if (kind is not (TokenKind.Value or TokenKind.FlowEntry or TokenKind.FlowMappingEnd))
            {
                _states.Push(ParserState.FlowMappingValue);
                return ParseNode(ref found, isBlock: false, isIndentless: false);
            }

            _state = ParserState.FlowMappingValue;
            return EmptyScalar(ref found, scanner.Head.Start);
        }

        if (kind != TokenKind.FlowMappingEnd)
        {
            _states.Push(ParserState.FlowMappingEmptyValue);
            return ParseNode(ref found, isBlock: false, isIndentless: false);
        }

        return CloseCollection(ref found, EventKind.MappingEnd);
    }

    private bool ParseFlowMappingValue(ref ParseEvent found, bool isEmpty)
    {
        if (!Peek(out var kind))
        {
            return false;
        }

        if (!isEmpty && kind == TokenKind.Value)
        {
            scanner.Skip();
            if (!Peek(out kind))
            {
                return false;
            }

            if (kind is not (TokenKind.FlowEntry or TokenKind.FlowMappingEnd))
            {
                _states.Push(ParserState.FlowMappingKey);
                return ParseNode(ref found, isBlock: false, isIndentless: false);
            }
        }

        _state = ParserState.FlowMappingKey;
        return EmptyScalar(ref found, scanner.Head.Start);
    }

    private bool SkipFlowEntry(ref TokenKind kind, string problem)
    {
        if (kind != TokenKind.FlowEntry)
        {
            return Fail(problem, scanner.Head.Start, _marks.Pop().Line);
        }

        scanner.Skip();
        return Peek(out kind);
    }
}
