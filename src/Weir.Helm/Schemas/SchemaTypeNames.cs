using Weir.Values;

namespace Weir.Helm;

/// <summary>Names of the kinds of JSON.</summary>
internal static class SchemaTypeNames
{
    private static readonly SchemaTypes[] All =
    [
        SchemaTypes.Null, SchemaTypes.Boolean, SchemaTypes.Number, SchemaTypes.Integer, SchemaTypes.String, SchemaTypes.Array, SchemaTypes.Object,
    ];

    public static SchemaTypes Parse(Value? written) => written switch
    {
        StringValue name => Parse(name.Value),
        ListValue names => names.Aggregate(SchemaTypes.None, (types, name) => types | Parse((name as StringValue)?.Value ?? "")),
        _ => SchemaTypes.None,
    };

    /// <summary>The kind of a value; a whole number counts as a number here.</summary>
    public static SchemaTypes Of(Value value) => value.Kind switch
    {
        ValueKind.Null => SchemaTypes.Null,
        ValueKind.Bool => SchemaTypes.Boolean,
        ValueKind.Int or ValueKind.Float => SchemaTypes.Number,
        ValueKind.String => SchemaTypes.String,
        ValueKind.List => SchemaTypes.Array,
        _ => SchemaTypes.Object,
    };

    public static string Describe(SchemaTypes types) =>
        string.Join(" or ", All.Where(t => (types & t) != 0).Select(Name));

    private static string Name(SchemaTypes type) => type switch
    {
        SchemaTypes.Null => "null",
        SchemaTypes.Boolean => "boolean",
        SchemaTypes.Number => "number",
        SchemaTypes.Integer => "integer",
        SchemaTypes.String => "string",
        SchemaTypes.Array => "array",
        _ => "object",
    };

    private static SchemaTypes Parse(string name) => Array.Find(All, t => Name(t) == name);
}
