using Weir.Values;

namespace Weir.Yaml.Json;

/// <summary>Writes a value as <c>encoding/json</c> does. Works off an explicit stack.</summary>
internal sealed class JsonEmitter(JsonOutput output, JsonWriteOptions options)
{
    private JsonFrame[] _frames = new JsonFrame[16];
    private int _depth;

    public void Emit(Value value)
    {
        WriteNode(value);
        while (_depth > 0)
        {
            Step();
        }
    }

    private void Step()
    {
        ref var frame = ref _frames[_depth - 1];
        if (frame.Next == frame.Count)
        {
            var closing = frame.List is null ? (byte)'}' : (byte)']';
            frame = default;
            _depth--;
            WriteLine();
            output.Put(closing);
            return;
        }

        if (frame.Next > 0)
        {
            output.Put((byte)',');
        }

        WriteLine();
        if (frame.List is { } list)
        {
            WriteNode(list[frame.Next++]);
            return;
        }

        var (key, value) = frame.Sorted is null ? frame.Map!.EntryAt(frame.Next) : frame.Sorted[frame.Next];
        frame.Next++;
        output.PutString(key, options.EscapeHtml);
        output.Put((byte)':');
        if (options.Indent.Length > 0)
        {
            output.Put((byte)' ');
        }

        WriteNode(value);
    }

    private void WriteNode(Value value)
    {
        if (value is OpaqueValue opaque)
        {
            value = opaque.ToPlain() ?? NullValue.Instance;
        }

        switch (value)
        {
            case StringValue text:
                output.PutString(text.Value, options.EscapeHtml);
                break;
            case MapValue { Count: 0 }:
                output.Put("{}"u8);
                break;
            case MapValue map:
                output.Put((byte)'{');
                Push(new JsonFrame { Map = map, Sorted = options.KeepOrder ? null : Sort(map) });
                break;
            case ListValue { Count: 0 }:
                output.Put("[]"u8);
                break;
            case ListValue list:
                output.Put((byte)'[');
                Push(new JsonFrame { List = list });
                break;
            case IntValue { IsUnsigned: false } number:
                output.Put(number.Value);
                break;
            case FloatValue number:
                output.Put(JsonText.Number(number.Value));
                break;
            case BoolValue b:
                output.Put(b.Value ? "true"u8 : "false"u8);
                break;
            case NullValue:
                output.Put("null"u8);
                break;
            default:
                output.Put(value.ToString());
                break;
        }
    }

    private void Push(JsonFrame frame)
    {
        if (_depth == _frames.Length)
        {
            Array.Resize(ref _frames, _depth * 2);
        }

        _frames[_depth++] = frame;
    }

    private void WriteLine()
    {
        if (options.Indent.Length > 0)
        {
            output.PutLine(options.Indent, _depth);
        }
    }

    /// <summary>The entries bytewise by key, or <see langword="null"/> when they stand so already.</summary>
    private static KeyValuePair<string, Value>[]? Sort(MapValue map)
    {
        var isSorted = true;
        var previous = map.EntryAt(0).Key;
        for (var i = 1; i < map.Count && isSorted; i++)
        {
            var key = map.EntryAt(i).Key;
            isSorted = GoString.Compare(previous, key) <= 0;
            previous = key;
        }

        if (isSorted)
        {
            return null;
        }

        var entries = new KeyValuePair<string, Value>[map.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = map.EntryAt(i);
        }

        Array.Sort(entries, static (a, b) => GoString.Compare(a.Key, b.Key));
        return entries;
    }
}
