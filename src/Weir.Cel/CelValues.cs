using System.Text;
using Weir.Cel.Data;
using Weir.Values;

namespace Weir.Cel;

/// <summary>Brings values of Kubernetes objects into expressions.</summary>
public static class CelValues
{
    /// <summary>
    /// A value with the meaning that its schema gives it: a text becomes a duration, a list a set. What does not fit its schema
    /// becomes a <see cref="CelError"/>, as do nulls where none may be.
    /// </summary>
    public static Value Typed(Value value, CelSchema schema)
    {
        if (value is NullValue)
        {
            return schema.IsNullable ? value : new CelError("invalid data, got null for schema with nullable=false");
        }

        return schema.Kind switch
        {
            CelSchemaKind.Object or CelSchemaKind.Map => value is MapValue map
                ? new ObjectMap(map, schema)
                : new CelError("invalid data, expected a map for the provided schema with type=object"),
            CelSchemaKind.List when value is not ListValue => new CelError("invalid data, expected an array for the provided schema with type=array"),
            CelSchemaKind.List => schema.Element is null
                ? new CelError("invalid array type, expected Items with a non-empty Schema")
                : new CelList((ListValue)value, schema),
            CelSchemaKind.Double => value switch
            {
                FloatValue => value,
                IntValue i => new FloatValue(i.Value),
                _ => Misfit("float", value),
            },
            CelSchemaKind.Int => value is IntValue ? value : Misfit("int", value),
            CelSchemaKind.Bool => value is BoolValue ? value : Misfit("bool", value),
            CelSchemaKind.IntOrString => value is IntValue or StringValue
                ? value
                : new CelError("invalid data, expected XIntOrString value to be either a string or integer"),
            CelSchemaKind.Unknown => new PreservedValue(value),
            _ => value is StringValue text ? TypedText(text, schema.Kind) : Misfit("string", value),
        };
    }

    /// <summary>A map whose values are found when they are first read, and kept.</summary>
    public static Value Lazy(IReadOnlyList<string> keys, Func<string, Value> find) => new LazyMap(keys, find);

    /// <summary>
    /// What an expression answered as a value of an object: lists, maps and objects to their leaves, times as texts. An error when
    /// there is something that no object can hold.
    /// </summary>
    public static Value Plain(Value value)
    {
        switch (value)
        {
            case IReadOnlyList<Value> list:
                var items = new ListValue(list.Count);
                for (var i = 0; i < list.Count; i++)
                {
                    if (!WorkLimit.Take())
                    {
                        return WorkLimit.Exceeded;
                    }

                    var item = Plain(list[i]);
                    if (item is CelError)
                    {
                        return item;
                    }

                    items.Add(item);
                }

                return items;
            case CelObject built:
                return PlainMap(built.Fields);
            case CelOptional { Value: { } inner }:
                return Plain(inner);
            case MapValue or CelMap:
                return PlainMap(value);
            case CelError or NullValue or BoolValue or IntValue or FloatValue or StringValue:
                return value;
            default:
                return (value as OpaqueValue)?.ToPlain() ?? new CelError($"unsupported value of type {TypeNames.Of(value)}");
        }
    }

    private static Value PlainMap(Value value)
    {
        MapView.TryOf(value, out var view);
        var map = new MapValue(view.Count);
        for (var i = 0; i < view.Count; i++)
        {
            var key = view.KeyAt(i);
            if (key is not StringValue name)
            {
                return new CelError($"map key {key} is of type {TypeNames.Of(key)}, not string");
            }

            var item = view.TryFind(key, out var found) ? Plain(found) : NullValue.Instance;
            if (item is CelError)
            {
                return item;
            }

            map[name.Value] = item;
        }

        return map;
    }

    private static Value TypedText(StringValue text, CelSchemaKind kind) => kind switch
    {
        CelSchemaKind.Duration => SchemaTexts.Duration(text.Value),
        CelSchemaKind.Date => SchemaTexts.Date(text.Value),
        CelSchemaKind.DateTime => SchemaTexts.DateTime(text.Value),
        CelSchemaKind.Bytes => SchemaTexts.Bytes(text.Value),
        _ => text,
    };

    private static CelError Misfit(string expected, Value value) => new($"invalid data, expected {expected}, got {value switch
    {
        StringValue => "string",
        BoolValue => "bool",
        IntValue => "int64",
        FloatValue => "float64",
        ListValue => "[]interface {}",
        _ => "map[string]interface {}",
    }}");
}
