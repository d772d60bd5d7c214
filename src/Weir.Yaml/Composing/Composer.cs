using Weir.Values;
using Weir.Yaml.Parsing;
using Weir.Yaml.Scanning;

namespace Weir.Yaml.Composing;

/// <summary>
/// Builds values from events: anchors, aliases, merges, duplicate keys and what scalars mean. Works off an explicit
/// stack. Problems of one value are noted and reading goes on; problems of structure end the stream.
/// </summary>
internal sealed partial class Composer
{
    private readonly YamlReadOptions _options;
    private readonly string _text;
    private readonly Parser _parser;
    private readonly bool _goYamlV3;
    private readonly bool _toJson;
    private readonly KeyPool _keys = new();
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly Dictionary<string, Anchor> _anchors = new(StringComparer.Ordinal);
    private AliasBudget _budget;
    private Frame[] _frames = new Frame[16];
    private int _depth;
    private int _documentStart;
    private Value? _root;

    public Composer(string text, YamlReadOptions options)
    {
        _text = text;
        _options = options;
        _goYamlV3 = options.Dialect == YamlDialect.GoYamlV3;
        _toJson = options.Dialect == YamlDialect.SigsYaml;
        _parser = new Parser(new Scanner(text, _goYamlV3));
        _budget = new AliasBudget(options.MaxAliasNodes);
    }

    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    /// <summary>The next document; false at the end of the stream and after a problem that ends it.</summary>
    public bool NextDocument(out Value document)
    {
        document = NullValue.Instance;
        _root = null;
        _depth = 0;
        _documentStart = _diagnostics.Count;
        while (true)
        {
            if (!_parser.Next(out var found))
            {
                FailStructure();
                return false;
            }

            switch (found.Kind)
            {
                case EventKind.StreamEnd:
                    return false;
                case EventKind.DocumentStart:
                    _budget = new AliasBudget(_options.MaxAliasNodes);
                    if (!_goYamlV3)
                    {
                        _anchors.Clear();
                    }

                    break;
                case EventKind.DocumentEnd:
                    document = _root ?? NullValue.Instance;
                    return true;
                default:
                    if (!Handle(ref found))
                    {
                        return false;
                    }

                    break;
            }
        }
    }

    private bool Handle(ref ParseEvent found)
    {
        switch (found.Kind)
        {
            case EventKind.Scalar:
                _budget.Nodes++;
                return IsKeyExpected
                    ? HandleKey(ref found)
                    : HandleScalar(ref found);
            case EventKind.Alias:
                return HandleAlias(ref found);
            case EventKind.SequenceStart or EventKind.MappingStart:
                return Open(ref found);
            default:
                return Close();
        }
    }

    private bool HandleScalar(ref ParseEvent found)
    {
        var value = ComposeScalar(ref found);
        if (found.Anchor is not null)
        {
            _anchors[found.Anchor] = new Anchor { Value = value };
        }

        return Add(value, found.Start, isAlias: false, height: 0);
    }

    private bool HandleAlias(ref ParseEvent found)
    {
        var name = found.Anchor!;
        if (!_anchors.TryGetValue(name, out var anchor))
        {
            return FailFatal("yaml-unknown-anchor", $"yaml: unknown anchor '{name}' referenced", found.Start);
        }

        if (anchor.IsOpen)
        {
            Report("yaml-recursive-anchor", $"yaml: anchor '{name}' value contains itself", found.Start);
            return Add(new NullValue { Span = Span(found.Start) }, found.Start, isAlias: true, height: 0);
        }

        _budget.Nodes++;
        if (!_budget.TrySpend(anchor.Nodes))
        {
            return FailFatal("yaml-excessive-aliasing", "yaml: document contains excessive aliasing", found.Start);
        }

        if (_depth + anchor.Height > _options.MaxDepth)
        {
            return FailDepth(found.Start);
        }

        return Add(anchor.Value.DeepClone(), found.Start, isAlias: true, anchor.Height);
    }

    private bool Open(ref ParseEvent found)
    {
        if (_depth >= _options.MaxDepth)
        {
            return FailDepth(found.Start);
        }

        if (_depth == _frames.Length)
        {
            Array.Resize(ref _frames, _depth * 2);
        }

        var frame = new Frame { FirstNode = _budget.Nodes++ };
        Value value;
        if (found.Kind == EventKind.SequenceStart)
        {
            value = frame.List = new ListValue { Span = Span(found.Start) };
        }
        else
        {
            value = frame.Map = new MapValue { Span = Span(found.Start) };
        }

        if (found.Anchor is not null)
        {
            frame.Anchor = new Anchor { Value = value, IsOpen = true };
            _anchors[found.Anchor] = frame.Anchor;
        }

        _frames[_depth++] = frame;
        return true;
    }

    private bool Close()
    {
        ref var frame = ref _frames[_depth - 1];
        if (frame.MergeSource is not null)
        {
            MergeLast(ref frame);
        }

        var height = frame.Height + 1;
        if (frame.Anchor is { } anchor)
        {
            anchor.IsOpen = false;
            anchor.Nodes = _budget.Nodes - frame.FirstNode;
            anchor.Height = height;
        }

        var value = (Value?)frame.List ?? frame.Map!;
        frame = default;
        _depth--;
        return Add(value, mark: null, isAlias: false, height);
    }

    /// <summary>Gives a finished node to the collection it stands in.</summary>
    private bool Add(Value value, Mark? mark, bool isAlias, int height)
    {
        if (_depth == 0)
        {
            _root = value;
            return true;
        }

        ref var frame = ref _frames[_depth - 1];
        frame.Height = Math.Max(frame.Height, height);
        if (frame.List is not null)
        {
            frame.List.Add(value);
            return true;
        }

        var span = mark is { } m ? Span(m) : value.Span;
        if (frame.IsMerge)
        {
            frame.IsMerge = false;
            Merge(ref frame, value, span, isAlias);
        }
        else if (frame.Key is null)
        {
            SetKey(ref frame, value, span);
        }
        else
        {
            SetEntry(ref frame, value, span);
        }

        return true;
    }

    private SourceSpan Span(Mark mark) => new(_options.File, mark.Line + 1, mark.Column + 1);

    private void Report(string code, string message, Mark mark) => Report(code, message, Span(mark));

    private void Report(string code, string message, SourceSpan span) =>
        _diagnostics.Add(Diagnostic.Error(code, message, span));

    private bool FailFatal(string code, string message, Mark mark)
    {
        // go-yaml notices these before it decodes, so they come before the document's other problems.
        _diagnostics.Insert(_documentStart, Diagnostic.Error(code, message, Span(mark)));
        return false;
    }

    private bool FailDepth(Mark mark) =>
        FailFatal("yaml-too-deep", $"yaml: line {mark.Line + 1}: exceeded max depth of {_options.MaxDepth}", mark);

    private void FailStructure()
    {
        var problem = _parser.Problem!;
        FailFatal("yaml-syntax", problem.GoText(_goYamlV3), problem.Mark);
    }
}
