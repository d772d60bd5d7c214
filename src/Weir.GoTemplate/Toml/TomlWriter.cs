using System.Globalization;
using System.Text;
using Weir.GoTemplate.Sprig;
using Weir.Values;

namespace Weir.GoTemplate.Toml;

/// <summary>Writes TOML as BurntSushi/toml v1.6 does: sorted, plain keys before tables, two spaces a level.</summary>
public sealed class TomlWriter
{
    private const int MaxDepth = 1_000;

    private readonly StringBuilder _output = new();

    private TomlWriter()
    {
    }

    /// <summary>The document; <see langword="null"/> with an error in the library's words when the value has no TOML.</summary>
    public static string? Write(Value value, out string? error)
    {
        if (!GoValue.IsBounded(value))
        {
            error = $"toml: {GoValue.Unbounded}";
            return null;
        }

        var writer = new TomlWriter();
        error = writer.Encode([], value);
        return error is null ? writer._output.ToString() : null;
    }

    private static Value Plain(Value value) =>
        value is OpaqueValue opaque and not GoTime ? opaque.ToPlain() ?? value : value;

    private string? Encode(List<string> key, Value value)
    {
        value = Plain(value);
        if (key.Count > MaxDepth)
        {
            return "toml: the value is nested too deeply";
        }

        switch (value)
        {
            case NullValue:
                return null;
            case MapValue map:
                return EncodeTable(key, map);
            case ListValue list:
                var error = CheckTables(list, out var isTables);
                return error ?? (isTables ? EncodeTables(key, list) : WriteKeyValue(key, value, inline: false));
            case OpaqueValue opaque and not GoTime:
                return $"unsupported type for key '{KeyText(key)}': {GoValue.KindName(opaque)}";
            default:
                return WriteKeyValue(key, value, inline: false);
        }
    }

    private string? EncodeTables(List<string> key, ListValue list)
    {
        if (key.Count == 0)
        {
            return "toml: top-level values must be Go maps or structs";
        }

        foreach (var item in list)
        {
            NewLine();
            Indent(key);
            _output.Append("[[").Append(KeyText(key)).Append("]]");
            NewLine();
            if (EncodeEntries(key, (MapValue)Plain(item), inline: false) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private string? EncodeTable(List<string> key, MapValue map)
    {
        if (key.Count == 1)
        {
            NewLine();
        }

        if (key.Count > 0)
        {
            Indent(key);
            _output.Append('[').Append(KeyText(key)).Append(']');
            NewLine();
        }

        return EncodeEntries(key, map, inline: false);
    }

    private string? EncodeEntries(List<string> key, MapValue map, bool inline)
    {
        var (plain, tables) = (new List<string>(), new List<string>());
        foreach (var (name, value) in map)
        {
            var error = IsTable(Plain(value), out var isTable);
            if (error is not null)
            {
                return error;
            }

            (isTable ? tables : plain).Add(name);
        }

        plain.Sort(GoString.Comparer);
        tables.Sort(GoString.Comparer);
        if (inline)
        {
            _output.Append('{');
        }

        var failed = EncodeNames(key, map, plain, inline, trailingComma: tables.Count > 0)
            ?? EncodeNames(key, map, tables, inline, trailingComma: false);
        if (inline)
        {
            _output.Append('}');
        }

        return failed;
    }

    private string? EncodeNames(List<string> key, MapValue map, List<string> names, bool inline, bool trailingComma)
    {
        for (var i = 0; i < names.Count; i++)
        {
            var value = map[names[i]]!;
            if (Plain(value) is NullValue)
            {
                continue;
            }

            string? error;
            if (inline)
            {
                error = WriteKeyValue([names[i]], value, inline: true);
                if (trailingComma || i != names.Count - 1)
                {
                    _output.Append(", ");
                }
            }
            else
            {
                key.Add(names[i]);
                error = Encode(key, value);
                key.RemoveAt(key.Count - 1);
            }

            if (error is not null)
            {
                return error;
            }
        }

        return null;
    }

    private string? WriteKeyValue(List<string> key, Value value, bool inline)
    {
        if (key.Count == 0)
        {
            return WriteElement(value, 0);
        }

        Indent(key);
        _output.Append(KeyPart(key[^1])).Append(" = ");
        var error = WriteElement(value, 0);
        if (!inline)
        {
            NewLine();
        }

        return error;
    }

    private string? WriteElement(Value value, int depth)
    {
        value = Plain(value);
        switch (value)
        {
            case StringValue text:
                _output.Append(Quoted(text.Value));
                return null;
            case BoolValue or IntValue:
                _output.Append(value);
                return null;
            case FloatValue number:
                _output.Append(Float(number.Value));
                return null;
            case GoTime time:
                _output.Append(time.Value.Format(Layout(time.Value.Zone)));
                return null;
            case ListValue list:
                return WriteList(list, depth);
            case MapValue map:
                return depth > MaxDepth ? "toml: the value is nested too deeply" : EncodeEntries([], map, inline: true);
            case NullValue:
                return "toml: cannot encode array with nil element";
            default:
                return $"unexpected type: {Formatting.GoFormat.TypeName(value)}";
        }
    }

    private string? WriteList(ListValue list, int depth)
    {
        if (depth > MaxDepth)
        {
            return "toml: the value is nested too deeply";
        }

        _output.Append('[');
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0)
            {
                _output.Append(", ");
            }

            if (WriteElement(list[i], depth + 1) is { } error)
            {
                return error;
            }
        }

        _output.Append(']');
        return null;
    }

    private static string? IsTable(Value value, out bool isTable)
    {
        isTable = value is MapValue;
        return value is ListValue list ? CheckTables(list, out isTable) : null;
    }

    /// <summary>True for a list of tables only; a list with a nil is an error.</summary>
    private static string? CheckTables(ListValue list, out bool isTables)
    {
        isTables = list.Count > 0;
        foreach (var item in list)
        {
            switch (Plain(item))
            {
                case NullValue:
                    return "toml: cannot encode array with nil element";
                case MapValue:
                    break;
                case ListValue inner:
                    isTables = false;
                    if (CheckTables(inner, out _) is { } error)
                    {
                        return error;
                    }

                    break;
                default:
                    isTables = false;
                    break;
            }
        }

        return null;
    }

    /// <summary>A date that was read without an offset is written without one.</summary>
    private static string Layout(GoZone zone) => zone switch
    {
        _ when ReferenceEquals(zone, TomlReader.LocalDatetime) => "2006-01-02T15:04:05.999999999",
        _ when ReferenceEquals(zone, TomlReader.LocalDate) => "2006-01-02",
        _ when ReferenceEquals(zone, TomlReader.LocalTime) => "15:04:05.999999999",
        _ => GoTimeLayout.Rfc3339Nano,
    };

    private static string Float(double value)
    {
        if (double.IsNaN(value))
        {
            return "nan";
        }

        if (double.IsInfinity(value))
        {
            return value < 0 ? "-inf" : "inf";
        }

        var text = GoFloat.Format(value, 'g', -1);
        return text.AsSpan().IndexOfAny('e', '.') >= 0 ? text : text + ".0";
    }

    private void NewLine()
    {
        if (_output.Length > 0)
        {
            _output.Append('\n');
        }
    }

    private void Indent(List<string> key) => _output.Append(' ', 2 * (key.Count - 1));

    private static string KeyText(List<string> key) => string.Join('.', key.Select(KeyPart));

    internal static string KeyPart(string part) =>
        part.Length > 0 && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? part : Quoted(part);

    private static string Quoted(string text)
    {
        var output = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => output.Append("\\\""),
                '\\' => output.Append(@"\\"),
                '\b' => output.Append(@"\b"),
                '\t' => output.Append(@"\t"),
                '\n' => output.Append(@"\n"),
                '\f' => output.Append(@"\f"),
                '\r' => output.Append(@"\r"),
                < ' ' or '\x7F' => output.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => output.Append(c),
            };
        }

        return output.Append('"').ToString();
    }
}
