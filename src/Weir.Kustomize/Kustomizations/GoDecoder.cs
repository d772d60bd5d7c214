using Weir.Values;

namespace Weir.Kustomize.Kustomizations;

/// <summary>
/// Brings a value into the shape of a Go struct as <c>encoding/json</c> does: keys of any case become the right ones,
/// nulls are as if absent, and what does not fit is reported in Go's words.
/// </summary>
internal sealed class GoDecoder(bool rejectsUnknownFields)
{
    private const int MaxReported = 20;

    private readonly List<Diagnostic> _errors = [];
    private readonly List<string> _path = [];
    private readonly Stack<GoStruct> _structs = new();

    /// <summary>All that did not fit, in the order in which Go meets it.</summary>
    public IReadOnlyList<Diagnostic> Errors => _errors;

    /// <summary>The value in the shape of a struct; parts that do not fit are left out.</summary>
    public MapValue Decode(Value value, GoStruct type) => Convert(value, type) as MapValue ?? [];

    private Value? Convert(Value value, GoType type)
    {
        if (value.IsNull)
        {
            return null;
        }

        switch (type)
        {
            case GoStruct structure when value is MapValue map:
                return ConvertStruct(map, structure);
            case GoMap mapType when value is MapValue map:
                return ConvertMap(map, mapType);
            case GoList listType when value is ListValue list:
                return ConvertList(list, listType);
            case GoScalar when ReferenceEquals(type, GoType.Any):
                return value;
            case GoScalar when Fits(value, type):
                return value is FloatValue f ? new IntValue((long)f.Value) { Span = value.Span } : value;
            default:
                ReportMismatch(value, type);
                return null;
        }
    }

    private MapValue ConvertStruct(MapValue map, GoStruct type)
    {
        var result = new MapValue(map.Count) { Span = map.Span };
        _structs.Push(type);
        foreach (var key in map.Keys.Order(GoString.Comparer))
        {
            if (type.Find(key) is not var (name, fieldType))
            {
                if (rejectsUnknownFields)
                {
                    Report("kustomize-unknown-field", $"json: unknown field \"{key}\"", map.KeySpan(key), Nearest(key, type));
                }

                continue;
            }

            _path.Add(type.PathOf(name));
            if (Convert(map[key]!, fieldType) is { } converted)
            {
                result.Set(name, converted, map.KeySpan(key));
            }

            _path.RemoveAt(_path.Count - 1);
        }

        _structs.Pop();
        return result;
    }

    private MapValue ConvertMap(MapValue map, GoMap type)
    {
        var result = new MapValue(map.Count) { Span = map.Span };
        foreach (var (key, value) in map)
        {
            // Go decodes a null into the zero value of a map entry.
            var converted = value.IsNull && ReferenceEquals(type.Value, GoType.String) ? StringValue.Empty : Convert(value, type.Value);
            if (converted is not null)
            {
                result.Set(key, converted, map.KeySpan(key));
            }
        }

        return result;
    }

    private ListValue ConvertList(ListValue list, GoList type)
    {
        var result = new ListValue(list.Count) { Span = list.Span };
        foreach (var item in list)
        {
            result.Add(Convert(item, type.Item) ?? Zero(type.Item));
        }

        return result;
    }

    private static Value Zero(GoType type) => type switch
    {
        GoStruct or GoMap => new MapValue(),
        GoList => new ListValue(),
        _ when ReferenceEquals(type, GoType.String) => StringValue.Empty,
        _ when ReferenceEquals(type, GoType.Bool) => BoolValue.False,
        _ => NullValue.Instance,
    };

    private static bool Fits(Value value, GoType type) => value switch
    {
        StringValue => ReferenceEquals(type, GoType.String),
        BoolValue => ReferenceEquals(type, GoType.Bool),
        IntValue => ReferenceEquals(type, GoType.Int) || ReferenceEquals(type, GoType.Int64),
        FloatValue f => (ReferenceEquals(type, GoType.Int) || ReferenceEquals(type, GoType.Int64)) && f.Value == Math.Floor(f.Value) && Math.Abs(f.Value) < 9e15,
        _ => false,
    };

    private void ReportMismatch(Value value, GoType type)
    {
        var kind = value switch
        {
            MapValue => "object",
            ListValue => "array",
            StringValue => "string",
            BoolValue => "bool",
            _ => "number",
        };
        var where = _path.Count == 0
            ? "Go value"
            : $"Go struct field {_structs.Peek().ShortName}.{string.Join('.', _path)}";
        Report("kustomize-wrong-type", $"json: cannot unmarshal {kind} into {where} of type {type.Name}", value.Span, Hint(value, type));
    }

    private static string? Hint(Value value, GoType type) =>
        ReferenceEquals(type, GoType.String) && value is IntValue or FloatValue or BoolValue ? "put the value in quotes" : null;

    private void Report(string code, string message, SourceSpan span, string? hint)
    {
        if (_errors.Count < MaxReported)
        {
            _errors.Add(Diagnostic.Error(code, message, span, hint));
        }
    }

    private static string? Nearest(string key, GoStruct type) =>
        NearestName.Find(key, type.Fields.Select(static f => f.Name)) is { } name ? $"did you mean {name}?" : null;
}
