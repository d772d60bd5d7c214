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
