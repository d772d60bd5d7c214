using Weir.Yaml.Scanning;

namespace Weir.Yaml.Parsing;

/// <summary>
/// Turns tokens into events by libyaml's grammar. Its state is an explicit stack, so that depth cannot overflow ours.
/// A method that answers false has set <see cref="Problem"/>.
/// </summary>
internal sealed partial class Parser(Scanner scanner)
{
    private const string TagPrefix = "tag:yaml.org,2002:";

    private readonly Stack<ParserState> _states = new();
    private readonly Stack<Mark> _marks = new();
    private List<(string Handle, string Prefix)>? _tagDirectives;
    private ParserState _state = ParserState.ImplicitDocumentStart;
    private YamlProblem? _problem;

    public YamlProblem? Problem => _problem ?? scanner.Problem;

    /// <summary>The next event; after the last one, <see cref="EventKind.StreamEnd"/> again and again.</summary>
    public bool Next(out ParseEvent found)
    {
        found = default;
        switch (_state)
        {
            case ParserState.ImplicitDocumentStart:
                return ParseDocumentStart(ref found, isImplicit: true);
            case ParserState.DocumentStart:
                return ParseDocumentStart(ref found, isImplicit: false);
            case ParserState.DocumentContent:
                return ParseDocumentContent(ref found);
            case ParserState.DocumentEnd:
                return ParseDocumentEnd(ref found);
            case ParserState.BlockNode:
                return ParseNode(ref found, isBlock: true, isIndentless: false);
            case ParserState.BlockSequenceFirstEntry:
                return OpenCollection() && ParseBlockSequenceEntry(ref found);
            case ParserState.BlockSequenceEntry:
                return ParseBlockSequenceEntry(ref found);
            case ParserState.IndentlessSequenceEntry:
                return ParseIndentlessSequenceEntry(ref found);
            case ParserState.BlockMappingFirstKey:
                return OpenCollection() && ParseBlockMappingKey(ref found);
            case ParserState.BlockMappingKey:
                return ParseBlockMappingKey(ref found);
            case ParserState.BlockMappingValue:
                return ParseBlockMappingValue(ref found);
            case ParserState.FlowSequenceFirstEntry:
                return OpenCollection() && ParseFlowSequenceEntry(ref found, isFirst: true);
            case ParserState.FlowSequenceEntry:
                return ParseFlowSequenceEntry(ref found, isFirst: false);
            case ParserState.FlowSequenceEntryMappingKey:
                return ParseFlowSequenceEntryMappingKey(ref found);
            case ParserState.FlowSequenceEntryMappingValue:
                return ParseFlowSequenceEntryMappingValue(ref found);
            case ParserState.FlowSequenceEntryMappingEnd:
                return ParseFlowSequenceEntryMappingEnd(ref found);
            case ParserState.FlowMappingFirstKey:
                return OpenCollection() && ParseFlowMappingKey(ref found, isFirst: true);
            case ParserState.FlowMappingKey:
                return ParseFlowMappingKey(ref found, isFirst: false);
            case ParserState.FlowMappingValue:
                return ParseFlowMappingValue(ref found, isEmpty: false);
            case ParserState.FlowMappingEmptyValue:
                return ParseFlowMappingValue(ref found, isEmpty: true);
            default:
                found.Kind = EventKind.StreamEnd;
                return true;
        }
    }

    private bool Fail(string message, Mark mark, int contextLine = 0)
    {
        _problem ??= new YamlProblem(message, mark, contextLine, ProblemOrigin.Parser);
        return false;
    }

    /// <summary>Answers the kind of the next token.</summary>
    private bool Peek(out TokenKind kind)
    {
        if (!scanner.Peek())
        {
            kind = default;
            return false;
        }

        kind = scanner.Head.Kind;
        return true;
    }

    private bool OpenCollection()
    {
        if (!scanner.Peek())
        {
            return false;
        }

        _marks.Push(scanner.Head.Start);
        scanner.Skip();
        return true;
    }

    private bool CloseCollection(ref ParseEvent found, EventKind kind)
    {
        _state = _states.Pop();
        _marks.Pop();
        found.Kind = kind;
        found.Start = scanner.Head.Start;
        scanner.Skip();
        return true;
    }

    private static bool EmptyScalar(ref ParseEvent found, Mark mark)
    {
        found.Kind = EventKind.Scalar;
        found.Start = mark;
        found.IsImplicit = true;
        found.IsPlain = true;
        found.Text = "";
        return true;
    }

    private bool ParseNode(ref ParseEvent found, bool isBlock, bool isIndentless)
    {
        if (!Peek(out var kind))
        {
            return false;
        }

        if (kind == TokenKind.Alias)
        {
            _state = _states.Pop();
            found.Kind = EventKind.Alias;
            found.Start = scanner.Head.Start;
            found.Anchor = scanner.Head.Text;
            scanner.Skip();
            return true;
        }

        found.Start = scanner.Head.Start;
        if (kind is TokenKind.Anchor or TokenKind.Tag && !ParseProperties(ref found, ref kind))
        {
            return false;
        }

        switch (kind)
        {
            case TokenKind.BlockEntry when isIndentless:
                _state = ParserState.IndentlessSequenceEntry;
                found.Kind = EventKind.SequenceStart;
                return true;
            case TokenKind.Scalar:
                ref var token = ref scanner.Head;
                _state = _states.Pop();
                found.Kind = EventKind.Scalar;
                found.IsPlain = token.IsPlain;
                found.IsImplicit = found.Tag is null ? token.IsPlain : found.Tag is "!";
                found.Text = token.Text;
                found.SliceStart = token.SliceStart;
                found.SliceLength = token.SliceLength;
                scanner.Skip();
                return true;
            case TokenKind.FlowSequenceStart:
                _state = ParserState.FlowSequenceFirstEntry;
                found.Kind = EventKind.SequenceStart;
                return true;
            case TokenKind.FlowMappingStart:
                _state = ParserState.FlowMappingFirstKey;
                found.Kind = EventKind.MappingStart;
                return true;
            case TokenKind.BlockSequenceStart when isBlock:
                _state = ParserState.BlockSequenceFirstEntry;
                found.Kind = EventKind.SequenceStart;
                return true;
            case TokenKind.BlockMappingStart when isBlock:
                _state = ParserState.BlockMappingFirstKey;
                found.Kind = EventKind.MappingStart;
                return true;
        }

        if (found.Anchor is not null || found.Tag is not null)
        {
            _state = _states.Pop();
            found.Kind = EventKind.Scalar;
            found.IsImplicit = found.Tag is null;
            found.IsPlain = true;
            found.Text = "";
            return true;
        }

        return Fail("did not find expected node content", scanner.Head.Start, found.Start.Line);
    }

    /// <summary>An anchor and a tag, in either order.</summary>
    private bool ParseProperties(ref ParseEvent found, ref TokenKind kind)
    {
        string? handle = null;
        var suffix = "";
        var tagMark = default(Mark);
        while ((kind == TokenKind.Anchor && found.Anchor is null) || (kind == TokenKind.Tag && handle is null))
        {
            ref var token = ref scanner.Head;
            if (kind == TokenKind.Anchor)
            {
                found.Anchor = token.Text;
            }
            else
            {
                handle = token.Text;
                suffix = token.Suffix;
                tagMark = token.Start;
            }

            scanner.Skip();
            if (!Peek(out kind))
            {
                return false;
            }
        }

        if (handle is null)
        {
            return true;
        }

        found.Tag = handle.Length == 0 ? suffix : ResolveTag(handle, suffix!);
        if (string.IsNullOrEmpty(found.Tag))
        {
            if (handle.Length != 0)
            {
                return Fail("found undefined tag handle", tagMark, found.Start.Line);
            }

            found.Tag = null;
        }

        return true;
    }

    private string? ResolveTag(string handle, string suffix)
    {
        if (_tagDirectives is not null)
        {
            foreach (var (known, prefix) in _tagDirectives)
            {
                if (string.Equals(known, handle, StringComparison.Ordinal))
                {
                    return prefix + suffix;
                }
            }
        }

        return handle switch
        {
            "!" => "!" + suffix,
            "!!" => TagPrefix + suffix,
            _ => null,
        };
    }
}
