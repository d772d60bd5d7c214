using System.Buffers.Text;
using System.Globalization;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>One pass over an object of a built-in kind.</summary>
internal sealed class ObjectDecoding
{
    private const string IntOrStringType = "int32";

    // Field names and list indexes that lead to the present place.
    private readonly List<object> _path = [];
    private string _struct = "";

    public string? Error { get; private set; }

    public List<string> UnknownFields { get; } = [];

    public MapValue Struct(MapValue value, Schema schema)
    {
        var outer = _struct;
        _struct = StructName(schema);
        var result = new MapValue(value.Count + 2);
        foreach (var (key, item) in value)
        {
            if (schema.Property(key) is not { } property)
            {
                _path.Add(key);
                UnknownFields.Add(Place());
                _path.RemoveAt(_path.Count - 1);
                continue;
            }

            _path.Add(key);
            if (Field(item, property) is { } kept)
            {
                result[key] = kept;
            }

            _path.RemoveAt(_path.Count - 1);
        }

        foreach (var property in schema.AlwaysWritten)
        {
            if (!value.ContainsKey(property.Name))
            {
                result[property.Name] = Absent(property);
            }
        }

        _struct = outer;
        return result;
    }

    private Value? Field(Value value, SchemaProperty property)
    {
        var decoded = Any(value, property.Schema, property.GoType);
        if (decoded is null || decoded.IsNull)
        {
            return property.Shape is FieldShape.AlwaysStruct or FieldShape.AlwaysScalar or FieldShape.AlwaysNullable ? Absent(property) : null;
        }

        return property.Shape switch
        {
            FieldShape.OmitsEmpty when IsEmpty(decoded) => null,
            FieldShape.OmitsZeroStruct when decoded is MapValue { Count: 0 } => null,
            _ => decoded,
        };
    }

    private static Value Absent(SchemaProperty property) => property.Shape switch
    {
        FieldShape.AlwaysStruct => new ObjectDecoding().Struct([], property.Schema),
        FieldShape.AlwaysScalar => ZeroScalar(property.Schema),
        _ => NullValue.Instance,
    };

    private static Value ZeroScalar(Schema schema) => schema switch
    {
        { IsIntOrString: true } or { Type: SchemaType.Integer or SchemaType.Number } => 0,
        { Type: SchemaType.Boolean } => false,
        { Format: "quantity" } => "0",
        _ => "",
    };

    private static bool IsEmpty(Value value) => value switch
    {
        StringValue s => s.Value.Length == 0,
        IntValue i => i.Value == 0,
        FloatValue f => f.Value == 0,
        BoolValue b => !b.Value,
        ListValue l => l.Count == 0,
        MapValue m => m.Count == 0,
        _ => false,
    };

    private Value? Any(Value value, Schema schema, string goType)
    {
        if (value.IsNull)
        {
            return null;
        }

        if (schema.PreservesUnknownFields || schema.Type == SchemaType.Any)
        {
            return value.DeepClone();
        }

        switch (schema.Type)
        {
            case SchemaType.Object when value is MapValue map:
                return schema.AdditionalProperties is { } values ? Map(map, values, ElementType(goType)) : Struct(map, schema);
            case SchemaType.Array when value is ListValue list:
                return List(list, schema.Items!, ElementType(goType));
            case SchemaType.Object or SchemaType.Array:
                return Wrong(value, goType);
            default:
                return Scalar(value, schema, goType);
        }
    }

    private MapValue Map(MapValue map, Schema values, string goType)
    {
        var result = new MapValue(map.Count);
        foreach (var (key, item) in map)
        {
            result[key] = Any(item, values, goType) ?? Zero(values);
        }

        return result;
    }

    private ListValue List(ListValue list, Schema items, string goType)
    {
        var result = new ListValue(list.Count);
        for (var i = 0; i < list.Count; i++)
        {
            _path.Add(i);
            result.Add(Any(list[i], items, goType) ?? Zero(items));
            _path.RemoveAt(_path.Count - 1);
        }

        return result;
    }

    private static Value Zero(Schema schema) => schema.Type switch
    {
        SchemaType.Object when schema.AdditionalProperties is null && !schema.PreservesUnknownFields => new ObjectDecoding().Struct([], schema),
        SchemaType.Object or SchemaType.Array or SchemaType.Any => NullValue.Instance,
        _ => ZeroScalar(schema),
    };

    private Value? Scalar(Value value, Schema schema, string goType)
    {
        if (schema.IsIntOrString)
        {
            return value is IntValue or StringValue ? value : Wrong(value, IntOrStringType);
        }

        switch (schema.Type)
        {
            case SchemaType.Integer:
                return value switch
                {
                    IntValue i when schema.Format != "int32" || i.Value is >= int.MinValue and <= int.MaxValue => value,
                    FloatValue f when f.Value == Math.Floor(f.Value) && Math.Abs(f.Value) < 1e15 => (long)f.Value,
                    _ => Wrong(value, goType),
                };
            case SchemaType.Number:
                return value is IntValue or FloatValue ? value : Wrong(value, goType);
            case SchemaType.Boolean:
                return value is BoolValue ? value : Wrong(value, goType);
            default:
                return Text(value, schema, goType);
        }
    }

    private Value? Text(Value value, Schema schema, string goType)
    {
        if (schema.Format == "quantity" && value is IntValue or FloatValue or StringValue)
        {
            var text = value is FloatValue f ? GoFloat.Format(f.Value, 'g', -1) : value.ToString()!;
            if (Quantity.TryParse(text, out var quantity, out var error))
            {
                return quantity.ToString();
            }

            Error ??= error;
            return null;
        }

        if (value is not StringValue s)
        {
            return Wrong(value, goType);
        }

        switch (schema.Format)
        {
            case "byte" when !Base64.IsValid(s.Value):
                Error ??= "illegal base64 data at input byte " + Math.Max(0, s.Value.AsSpan().IndexOfAnyExcept(Base64Characters)).ToString(CultureInfo.InvariantCulture);
                return null;
            case "date-time" when goType.EndsWith("MicroTime", StringComparison.Ordinal) && MicroTimeProblem(s.Value) is { } problem:
                Error ??= problem;
                return null;
            case "date-time" when !KubernetesTime.TryParse(s.Value, out _):
                Error ??= $"parsing time {GoQuote.Quote(s.Value)} as \"2006-01-02T15:04:05Z07:00\": cannot parse {GoQuote.Quote(s.Value)} as \"2006\"";
                return null;
            default:
                return s;
        }
    }

    /// <summary>Times with microseconds are read strictly: six digits.</summary>
    private static string? MicroTimeProblem(string text)
    {
        const string layout = "2006-01-02T15:04:05.000000Z07:00";
        if (!KubernetesTime.TryParse(text, out _))
        {
            return $"parsing time {GoQuote.Quote(text)} as \"{layout}\": cannot parse {GoQuote.Quote(text)} as \"2006\"";
        }

        var rest = text.Length > 19 ? text[19..] : "";
        var digits = rest.StartsWith('.') ? rest.AsSpan(1).IndexOfAnyExceptInRange('0', '9') : 0;
        return digits == 6 ? null : $"parsing time {GoQuote.Quote(text)} as \"{layout}\": cannot parse {GoQuote.Quote(rest)} as \".000000\"";
    }

    private static System.Buffers.SearchValues<char> Base64Characters { get; } =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    private Value? Wrong(Value value, string goType)
    {
        Error ??= $"json: cannot unmarshal {JsonType(value, goType.Contains("int", StringComparison.Ordinal) || goType.Contains("float", StringComparison.Ordinal))} into Go struct field {_struct}.{string.Join('.', _path.OfType<string>())} of type {goType}";
        return null;
    }

    private static string JsonType(Value value, bool wantsNumber) => value switch
    {
        StringValue => "string",
        BoolValue => "bool",
        ListValue => "array",
        MapValue => "object",
        IntValue i when wantsNumber => "number " + i.Value.ToString(CultureInfo.InvariantCulture),
        FloatValue f when wantsNumber => "number " + GoFloat.Format(f.Value, 'g', -1),
        IntValue or FloatValue => "number",
        _ => "null",
    };

    private static string StructName(Schema schema) => schema.Name is { } name ? name[(name.LastIndexOf('.') + 1)..] : "";

    private static string ElementType(string goType) =>
        goType.StartsWith("[]", StringComparison.Ordinal) ? goType[2..].TrimStart('*')
        : goType.StartsWith("map[", StringComparison.Ordinal) ? goType[(goType.IndexOf(']', StringComparison.Ordinal) + 1)..]
        : goType;

    private string Place()
    {
        var text = new System.Text.StringBuilder();
        foreach (var step in _path)
        {
            if (step is int index)
            {
                text.Append(CultureInfo.InvariantCulture, $"[{index}]");
            }
            else
            {
                text.Append(text.Length > 0 ? "." : "").Append(step);
            }
        }

        return text.ToString();
    }
}
