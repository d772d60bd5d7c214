using Weir.Values;

namespace Weir.Yaml.Emitting;

/// <summary>
/// Writes a value as one document, as the emitters of go-yaml v2 and v3 do: block collections, two spaces a level.
/// Works off an explicit stack.
/// </summary>
internal sealed partial class Emitter(EmitterOutput output, YamlWriteOptions options)
{
    private const int DashWidth = 2;

    /// <summary>Longest key in bytes that is written without <c>?</c>.</summary>
    private const int LongestSimpleKey = 128;

    private readonly bool _goYamlV3 = options.Dialect == YamlDialect.GoYamlV3;
    private readonly bool _throughJson = options.Dialect == YamlDialect.SigsYaml;
    private readonly int _indentation = options is { Dialect: YamlDialect.GoYamlV3, Indent: >= 2 and <= 9 } ? options.Indent : 2;
    private readonly int _width = options.Dialect == YamlDialect.GoYamlV3 ? int.MaxValue : 80;

    private EmitterFrame[] _frames = new EmitterFrame[16];
    private int _depth;
    private int _indent = -1;

    /// <summary>True when the last thing written was white space.</summary>
    private bool _isAfterSpace = true;

    /// <summary>True when the line holds nothing but indentation and indicators that count as such.</summary>
    private bool _isAtIndent = true;

    public void Emit(Value value)
    {
        WriteNode(value, isMapValue: false);
        while (_depth > 0)
        {
            Step();
        }

        WriteIndent();
    }

    private void Step()
    {
        ref var frame = ref _frames[_depth - 1];
        if (frame.List is { } list)
        {
            if (frame.Next == list.Count)
            {
                Close();
                return;
            }

            var item = list[frame.Next++];
            WriteIndent();
            WriteIndicator('-', needsSpace: true, isIndent: true);
            WriteNode(item, isMapValue: false);
            return;
        }

        if (frame.Next == frame.Entries!.Length)
        {
            Close();
            return;
        }

        var (key, value) = frame.Entries[frame.Next++];
        WriteIndent();
        WriteKey(key);
        WriteNode(value, isMapValue: true);
    }

    private void Close()
    {
        _indent = _frames[_depth - 1].OuterIndent;
        _frames[--_depth] = default;
    }

    private void WriteKey(string key)
    {
        if (_throughJson)
        {
            key = GoString.ToValidUtf8(key);
        }

        var scalar = Prepare(key);
        if (IsSimpleKey(scalar))
        {
            WriteScalar(scalar, isKey: true);
            WriteIndicator(':', needsSpace: false, isIndent: false);
            return;
        }

        WriteIndicator('?', needsSpace: true, isIndent: true);
        WriteScalar(scalar, isKey: false);
        WriteIndent();
        WriteIndicator(':', needsSpace: true, isIndent: true);
    }

    private static bool IsSimpleKey(in PreparedScalar scalar)
    {
        if (scalar.Analysis.IsMultiline)
        {
            return false;
        }

        var tag = scalar.IsBinary ? BinaryTag.Length : 0;
        return scalar.Text.Length + tag <= LongestSimpleKey / 3
            || GoString.ByteLength(scalar.Text) + tag <= LongestSimpleKey;
    }

    private void WriteNode(Value value, bool isMapValue)
    {
        if (value is OpaqueValue opaque)
        {
            value = opaque.ToPlain() ?? NullValue.Instance;
        }

        switch (value)
        {
            case MapValue { Count: 0 }:
                WriteFlow("{}");
                break;
            case MapValue map:
                Open(new EmitterFrame { Entries = Entries(map) }, isIndentless: false);
                break;
            case ListValue { Count: 0 }:
                WriteFlow("[]");
                break;
            case ListValue list:
                Open(new EmitterFrame { List = list }, isIndentless: isMapValue && !_isAtIndent && (!_goYamlV3 || options.CompactLists));
                break;
            case StringValue text:
                WriteScalar(Prepare(_throughJson ? GoString.ToValidUtf8(text.Value) : text.Value), isKey: false);
                break;
            default:
                WriteWord(WordOf(value));
                break;
        }
    }

    private KeyValuePair<string, Value>[] Entries(MapValue map) =>
        options.KeepOrder ? [.. map] : KeyOrder.Sort(map, _goYamlV3);

    private void Open(EmitterFrame frame, bool isIndentless)
    {
        if (_depth == _frames.Length)
        {
            Array.Resize(ref _frames, _depth * 2);
        }

        frame.OuterIndent = _indent;
        if (_indent < 0)
        {
            _indent = 0;
        }
        else if (!isIndentless)
        {
            _indent = Deeper();
        }

        _frames[_depth++] = frame;
    }

    /// <summary>The indentation of what stands in the present collection. In v3 the items of a list skip their dash.</summary>
    private int Deeper()
    {
        if (_indent < 0)
        {
            return _indentation;
        }

        return _depth > 0 && _frames[_depth - 1].List is not null
            ? _indent + DashWidth
            : _indentation * ((_indent + _indentation) / _indentation);
    }

    private void WriteFlow(string brackets)
    {
        WriteSpace();
        output.Put(brackets);
        _isAfterSpace = false;
        _isAtIndent = false;
    }

    /// <summary>A scalar that is never quoted or folded.</summary>
    private void WriteWord(string word) => WriteFlow(word);

    private void WriteSpace()
    {
        if (!_isAfterSpace)
        {
            output.Put(' ');
        }
    }

    private void WriteIndicator(char indicator, bool needsSpace, bool isIndent)
    {
        if (needsSpace)
        {
            WriteSpace();
        }

        output.Put(indicator);
        _isAfterSpace = false;
        _isAtIndent = _isAtIndent && isIndent;
    }

    private void WriteIndent() => WriteIndent(Math.Max(_indent, 0));

    private void WriteIndent(int indent)
    {
        if (!_isAtIndent || output.Column > indent || (output.Column == indent && !_isAfterSpace))
        {
            output.PutBreak('\n');
        }

        output.PadTo(indent);
        _isAfterSpace = true;
        _isAtIndent = true;
    }
}
